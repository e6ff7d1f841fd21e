package city.hamana.capability.cases;

import city.hamana.platform.http.Upload;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Looks into a PDF: it must open without a password and hold nothing that acts, and no file in it. */
final class Pdfs {
    private static final int MOST_PAGES = 200;
    private static final int MOST_OBJECTS = 200_000;

    /** Keys that make a document do something or carry something (ISO 32000-2, 7.11, 12.6, 12.7, 13), and the word for each. */
    private static final Map<String, String> FORBIDDEN = Map.of(
            "JS", "pdf-script",
            "JavaScript", "pdf-script",
            "Launch", "pdf-launch",
            "SubmitForm", "pdf-launch",
            "ImportData", "pdf-launch",
            "GoToE", "pdf-launch",
            "EmbeddedFiles", "pdf-files",
            "EF", "pdf-files",
            "XFA", "pdf-form",
            "RichMedia", "pdf-media");

    private Pdfs() {}

    static Checked check(Upload upload) {
        if (!PdfStreams.unpackToBearableLength(upload.bytes())) {
            return Checked.Refused.because("pdf-bomb");
        }
        try (PDDocument document = Loader.loadPDF(upload.bytes())) {
            if (document.isEncrypted()) {
                return Checked.Refused.because("pdf-locked");
            }
            int pages = document.getNumberOfPages();
            if (pages < 1 || pages > MOST_PAGES) {
                return Checked.Refused.because("pdf-pages", MOST_PAGES);
            }
            return forbidden(document.getDocument())
                    .<Checked>map(Checked.Refused::because)
                    .orElseGet(() ->
                            new Checked.Clean(upload.fileName(), "application/pdf", upload.bytes(), PhotoFacts.NONE));
        } catch (InvalidPasswordException e) {
            return Checked.Refused.because("pdf-locked");
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | ClassCastException e) {
            // The parser answers broken bytes with any of these.
            return Checked.Refused.because("broken");
        }
    }

    private static Optional<String> forbidden(COSDocument document) throws IOException {
        if (document.getXrefTable().size() > MOST_OBJECTS) {
            throw new IOException("it has too many objects");
        }
        for (COSObjectKey key : document.getXrefTable().keySet()) {
            COSObject object = document.getObjectFromPool(key);
            Optional<String> found = forbidden(object.getObject(), 0);
            if (found.isPresent()) {
                return found;
            }
        }
        return forbidden(document.getTrailer(), 0);
    }

    /** Looks at what stands in the object itself; what it points to is an object of its own. */
    private static Optional<String> forbidden(COSBase value, int depth) throws IOException {
        if (depth > 100) {
            throw new IOException("it is nested too deeply");
        }
        if (value instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                Optional<String> found = forbidden(array.get(i), depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return value instanceof COSDictionary dictionary ? forbidden(dictionary, depth) : Optional.empty();
    }

    private static Optional<String> forbidden(COSDictionary dictionary, int depth) throws IOException {
        for (Map.Entry<COSName, COSBase> entry : dictionary.entrySet()) {
            Optional<String> found = word(entry.getKey())
                    .or(() -> entry.getValue() instanceof COSName name && acts(entry.getKey())
                            ? word(name)
                            : Optional.empty());
            if (found.isEmpty()) {
                found = forbidden(entry.getValue(), depth + 1);
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The kind of an action or an annotation. */
    private static boolean acts(COSName key) {
        return key.equals(COSName.S) || key.equals(COSName.SUBTYPE);
    }

    private static Optional<String> word(COSName name) {
        return Optional.ofNullable(FORBIDDEN.get(name.getName()));
    }
}
