package city.hamana.capability.documents;

import com.google.zxing.common.BitMatrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * A4 pages filled from the top, as PDF/A-2b (ISO 19005-2): letters inside, colours defined, described in XMP. Lengths are
 * points.
 */
final class Sheets implements AutoCloseable {
    private static final float MARGIN = 50;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float LEADING = 1.55f;
    private static final float CELL_PADDING = 6;

    /** The window of 長形3号 and its kin over a sheet folded twice: left, top, width and where the letter goes on [K]. */
    private static final float WINDOW_LEFT = mm(25);

    private static final float WINDOW_TOP = mm(18);
    private static final float WINDOW_WIDTH = mm(78);
    private static final float BELOW_WINDOW = mm(70);

    private static final int MOST_PAGES = 500;
    private static final int LONGEST_WORD = 16;

    private final PDDocument document = new PDDocument();
    private final Letters letters;
    private PDPageContentStream page;
    private float y;

    Sheets(String title, List<Path> moreFonts) throws IOException {
        letters = Letters.of(document, moreFonts);
        Archive.describe(document, title);
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

    /** A line that ends at the right edge. */
    void right(String words, float size) throws IOException {
        for (String line : lines(words, size, WIDTH)) {
            room(size * LEADING);
            write(line, MARGIN + WIDTH - width(line, size), y - size, size);
            y -= size * LEADING;
        }
    }

    /** A frame to write in by hand, its label above. */
    void blank(String label, int count, float size) throws IOException {
        float height = count * size * 2;
        room(height + 2 * size * LEADING);
        text(label, size);
        page.setLineWidth(0.5f);
        page.addRect(MARGIN, y - height, WIDTH, height);
        page.stroke();
        y -= height + size;
    }

    /** Begins another sheet where something stands on this one. */
    void turnUnlessFresh() throws IOException {
        if (y < PDRectangle.A4.getHeight() - MARGIN) {
            page.close();
            turn();
        }
    }

    /** Lines where the envelope has its window, on a fresh sheet; long ones are broken. */
    void window(List<String> words, float size, String mark, float markSize) throws IOException {
        float lineY = PDRectangle.A4.getHeight() - WINDOW_TOP - size;
        for (String word : words) {
            for (String line : lines(word, size, WINDOW_WIDTH)) {
                write(line, WINDOW_LEFT, lineY, size);
                lineY -= size * LEADING;
            }
        }
        write(mark, WINDOW_LEFT, lineY - markSize, markSize);
        y = PDRectangle.A4.getHeight() - BELOW_WINDOW;
    }

    /** Dark squares at the right edge, {@code side} points wide, with words beside them. */
    void squares(BitMatrix code, float side, List<String> words, float size) throws IOException {
        room(side);
        float top = y;
        float unit = side / code.getWidth();
        for (int row = 0; row < code.getHeight(); row++) {
            for (int column = 0; column < code.getWidth(); column++) {
                if (code.get(column, row)) {
                    page.addRect(MARGIN + WIDTH - side + column * unit, top - (row + 1) * unit, unit, unit);
                }
            }
        }
        page.fill();
        for (String line : words) {
            for (String part : lines(line, size, WIDTH - side - 2 * CELL_PADDING)) {
                write(part, MARGIN, y - size, size);
                y -= size * LEADING;
            }
        }
        y = Math.min(y, top - side);
    }

    /** Letters so far that no font has, and those whose variant could not be shown, as code points. */
    List<String> missing() {
        return letters.missing();
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
        page.newLineAtOffset(x, lineY);
        for (Letters.Run run : letters.runs(line)) {
            page.setFont(run.font(), size);
            page.showText(run.text());
        }
        page.endText();
    }

    /** Japanese breaks anywhere, and so does a long id, which must not run off the page; others after a space. */
    private List<String> lines(String words, float size, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        float used = 0;
        for (int letter : words.codePoints().toArray()) {
            if (letter == '\n') {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
                continue;
            }
            String shown = letters.shown(letter);
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

    private static float mm(float length) {
        return length * 72 / 25.4f;
    }

    private float width(String text, float size) throws IOException {
        return letters.width(text) / 1000 * size;
    }
}
