package city.hamana.capability.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The fonts of one file: the city's own first, then those that the machine offers for rare letters of names
 * (IPAmj明朝). A letter that none of them has becomes 〓 and is remembered; a variation selector is not drawn and is
 * remembered too.
 */
final class Letters {
    private static final String FONT = "font/MPLUS1p-Regular.ttf";
    private static final String FOREIGN = "〓";
    private static final int MOST_MISSING = 100;

    private final List<Face> faces = new ArrayList<>();
    private final Set<String> missing = new TreeSet<>();

    private record Face(PDFont font, CmapLookup map) {}

    /** Letters of one line that one font draws. */
    record Run(PDFont font, String text) {}

    private Letters() {}

    static Letters of(PDDocument document, List<Path> more) throws IOException {
        Letters letters = new Letters();
        try (InputStream file = Letters.class.getResourceAsStream(FONT)) {
            letters.add(document, new RandomAccessReadBuffer(file));
        }
        for (Path file : more) {
            letters.add(document, new RandomAccessReadBufferedFile(file));
        }
        return letters;
    }

    private void add(PDDocument document, RandomAccessRead bytes) throws IOException {
        TrueTypeFont parsed = new TTFParser().parse(bytes);
        faces.add(new Face(PDType0Font.load(document, parsed, true), parsed.getUnicodeCmapLookup()));
    }

    /** What is drawn for a letter; nothing for what only says how the one before looks. */
    String shown(int letter) {
        if (variation(letter) || Character.getType(letter) == Character.CONTROL) {
            remember(letter);
            return "";
        }
        if (face(letter).isEmpty()) {
            remember(letter);
            return FOREIGN;
        }
        return Character.toString(letter);
    }

    /** In thousandths of the letters' size, of what {@link #shown} gave. */
    float width(String text) throws IOException {
        float width = 0;
        for (Run run : runs(text)) {
            width += run.font.getStringWidth(run.text);
        }
        return width;
    }

    List<Run> runs(String text) {
        List<Run> runs = new ArrayList<>();
        text.codePoints().forEach(letter -> {
            PDFont font = face(letter).orElseGet(faces::getFirst).font;
            String one = Character.toString(letter);
            if (!runs.isEmpty() && runs.getLast().font.equals(font)) {
                runs.add(new Run(font, runs.removeLast().text + one));
            } else {
                runs.add(new Run(font, one));
            }
        });
        return runs;
    }

    List<String> missing() {
        return List.copyOf(missing);
    }

    private Optional<Face> face(int letter) {
        return faces.stream().filter(face -> face.map.getGlyphId(letter) != 0).findFirst();
    }

    private void remember(int letter) {
        if (missing.size() < MOST_MISSING && Character.getType(letter) != Character.CONTROL) {
            missing.add("U+%04X".formatted(letter));
        }
    }

    private static boolean variation(int letter) {
        return (letter >= 0xFE00 && letter <= 0xFE0F) || (letter >= 0xE0100 && letter <= 0xE01EF);
    }
}
