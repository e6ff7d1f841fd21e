package city.hamana.sensing.completeness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** A4 pages filled from the top, with a font for Japanese that travels inside the file. Lengths are points. */
final class Sheets implements AutoCloseable {
    private static final String FONT = "font/MPLUS1p-Regular.ttf";
    private static final float MARGIN = 50;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float LEADING = 1.55f;
    private static final float CELL_PADDING = 6;
    private static final int MOST_PAGES = 500;
    private static final int LONGEST_WORD = 16;
    private static final String FOREIGN = "〓";

    private final PDDocument document = new PDDocument();
    private final PDFont font;
    private final CmapLookup letters;
    private PDPageContentStream page;
    private float y;

    Sheets(String title) throws IOException {
        try (InputStream file = Sheets.class.getResourceAsStream(FONT)) {
            TrueTypeFont parsed = new TTFParser().parse(new RandomAccessReadBuffer(file));
            letters = parsed.getUnicodeCmapLookup();
            font = PDType0Font.load(document, parsed, true);
        }
        document.getDocumentInformation().setTitle(title);
        document.getDocumentInformation().setCreator("Hamana");
        document.getDocumentCatalog().setLanguage("ja-JP");
        turn();
    }

    /** A paragraph, broken where the line is full. */
    void text(String words, float size) throws IOException {
        for (String line : lines(words, size, WIDTH)) {
            room(size * LEADING);
            write(line, MARGIN, y - size, size);
            y -= size * LEADING;
        }
    }

    void space(float height) {
        y -= height;
    }

    /** Turns the page where less is left than this, so that a heading does not stand alone. */
    void room(float height) throws IOException {
        if (y - height < MARGIN) {
            page.close();
            turn();
        }
    }

    /** A row of a table with a line below; each cell as wide as its share, broken where it is full. */
    void row(List<String> cells, List<Float> shares, float size) throws IOException {
        List<List<String>> columns = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            columns.add(lines(cells.get(i), size, WIDTH * shares.get(i) - CELL_PADDING));
        }
        int height = columns.stream().mapToInt(List::size).max().orElse(1);
        room((height + 0.5f) * size * LEADING);
        float x = MARGIN;
        for (int i = 0; i < columns.size(); i++) {
            float lineY = y - size;
            for (String line : columns.get(i)) {
                write(line, x, lineY, size);
                lineY -= size * LEADING;
            }
            x += WIDTH * shares.get(i);
        }
        y -= (height + 0.3f) * size * LEADING;
        rule();
    }

    /** The finished file, every page numbered. */
    byte[] bytes() throws IOException {
        page.close();
        int count = document.getNumberOfPages();
        for (int i = 0; i < count; i++) {
            String number = (i + 1) + " / " + count;
            try (PDPageContentStream foot =
                    new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true)) {
                page = foot;
                write(number, MARGIN + WIDTH - width(number, 8), 30, 8);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        document.close();
    }

    private void turn() throws IOException {
        if (document.getNumberOfPages() >= MOST_PAGES) {
            throw new IOException("more than " + MOST_PAGES + " pages");
        }
        PDPage next = new PDPage(PDRectangle.A4);
        document.addPage(next);
        page = new PDPageContentStream(document, next);
        y = PDRectangle.A4.getHeight() - MARGIN;
    }

    private void rule() throws IOException {
        page.setLineWidth(0.5f);
        page.moveTo(MARGIN, y + 3);
        page.lineTo(MARGIN + WIDTH, y + 3);
        page.stroke();
    }

    private void write(String line, float x, float lineY, float size) throws IOException {
        page.beginText();
        page.setFont(font, size);
        page.newLineAtOffset(x, lineY);
        page.showText(line);
        page.endText();
    }

    /** Japanese breaks anywhere, and so does a long id, which must not run off the page; others after a space. */
    private List<String> lines(String words, float size, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        float used = 0;
        for (int letter : words.codePoints().toArray()) {
            String shown = shown(letter);
            float wide = width(shown, size);
            if (used + wide > width && !line.isEmpty()) {
                int end = lineEnd(line);
                lines.add(line.substring(0, end).stripTrailing());
                line.delete(0, end);
                used = width(line.toString(), size);
            }
            line.append(shown);
            used += wide;
        }
        lines.add(line.toString());
        return lines;
    }

    /** Behind the last space where that is near the end, else the end. */
    private static int lineEnd(StringBuilder line) {
        int space = line.lastIndexOf(" ") + 1;
        return space > 0 && line.length() - space < LONGEST_WORD ? space : line.length();
    }

    private float width(String text, float size) throws IOException {
        return font.getStringWidth(text) / 1000 * size;
    }

    /** What devices say may hold letters that the font has none for. */
    private String shown(int letter) {
        return letters.getGlyphId(letter) == 0 ? FOREIGN : Character.toString(letter);
    }
}
