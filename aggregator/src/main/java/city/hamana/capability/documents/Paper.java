package city.hamana.capability.documents;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the parts of a document onto sheets. */
final class Paper {
    private static final float HEAD = 18;
    private static final float CHAPTER = 13;
    private static final float TEXT = 10;
    private static final float SMALL = 8.5f;
    private static final float HEADED = 100;
    private static final float QR_SIDE = 85;
    private static final List<Float> FACTS = List.of(0.35f, 0.65f);

    private final Sheets sheets;

    private Paper(Sheets sheets) {
        this.sheets = sheets;
    }

    /** How somebody who holds the paper verifies it: the address as squares, and words beside it. */
    record Verification(String address, List<String> words) {}

    /**
     * The file, not yet sealed.
     *
     * @throws PdfException if it cannot be made
     */
    static byte[] of(String title, List<Part> parts, List<Verification> verification, List<Path> moreFonts) {
        try (Sheets sheets = new Sheets(title, moreFonts)) {
            Paper paper = new Paper(sheets);
            if (parts.isEmpty() || !(parts.getFirst() instanceof Part.Window)) {
                sheets.text(title, HEAD);
                sheets.space(8);
            }
            for (Part part : parts) {
                paper.write(part);
            }
            for (Verification how : verification) {
                paper.write(how);
            }
            paper.missing();
            return sheets.bytes();
        } catch (IOException e) {
            throw PdfException.notMade(e);
        }
    }

    private void write(Part part) throws IOException {
        switch (part) {
            case Part.Heading(var text) -> {
                sheets.space(14);
                sheets.room(HEADED);
                sheets.text(text, CHAPTER);
                sheets.space(2);
            }
            case Part.Text(var text) -> {
                sheets.text(text, TEXT);
                sheets.space(3);
            }
            case Part.Small(var text) -> sheets.text(text, SMALL);
            case Part.Right(var text) -> sheets.right(text, TEXT);
            case Part.Facts(var facts) -> {
                for (Part.Fact fact : facts) {
                    sheets.row(List.of(fact.name(), fact.value()), FACTS, TEXT);
                }
            }
            case Part.Table table -> write(table);
            case Part.Blank(var label, var lines) -> sheets.blank(label, lines, TEXT);
            case Part.Window(var lines, var mark) -> {
                sheets.turnUnlessFresh();
                sheets.window(lines, TEXT, mark, SMALL);
            }
            case Part.Stubs(var stubs) -> write(stubs);
            case Part.Space() -> sheets.space(12);
        }
    }

    private void write(Part.Table table) throws IOException {
        sheets.row(table.head(), table.shares(), SMALL);
        for (List<String> row : table.rows()) {
            sheets.row(row, table.shares(), SMALL);
        }
    }

    private void write(List<Part.Stub> stubs) throws IOException {
        sheets.foot(stubs.size());
        for (int i = 0; i < stubs.size(); i++) {
            Part.Stub stub = stubs.get(i);
            sheets.stub(
                    i,
                    stubs.size(),
                    stub,
                    stub.squares().isEmpty() ? Optional.empty() : Optional.of(squares(stub.squares())));
        }
    }

    private void write(Verification how) throws IOException {
        sheets.space(18);
        sheets.squares(squares(how.address), QR_SIDE, how.words, SMALL);
    }

    /** A letter that could not be printed is named: a name is never changed in silence. */
    private void missing() throws IOException {
        if (!sheets.missing().isEmpty()) {
            sheets.space(10);
            sheets.text("〓・字形: " + String.join(" ", sheets.missing()), SMALL);
        }
    }

    private static BitMatrix squares(String address) throws IOException {
        try {
            Map<EncodeHintType, Object> hints =
                    Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, 0);
            return new QRCodeWriter().encode(address, BarcodeFormat.QR_CODE, 0, 0, hints);
        } catch (WriterException e) {
            throw new IOException("the address does not fit into a QR code", e);
        }
    }
}
