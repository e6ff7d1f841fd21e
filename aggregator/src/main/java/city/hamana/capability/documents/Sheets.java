package city.hamana.capability.documents;

import com.google.zxing.common.BitMatrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The foot of a slip's page, its parts, and the bars on them: a module of 0.19 mm, bars of 12 mm. */
    private static final float FOOT = mm(14);

    private static final float STUB_MARGIN = mm(7);
    private static final float STUB_HEIGHT = mm(118);
    private static final float STUB_SQUARES = mm(24);
    private static final float SMALLEST = 6.5f;
    private static final float BAR = mm(0.19f);
    private static final float BAR_HEIGHT = mm(12);

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
        draw(code, MARGIN + WIDTH - side, top, side);
        for (String line : words) {
            for (String part : lines(line, size, WIDTH - side - 2 * CELL_PADDING)) {
                write(part, MARGIN, y - size, size);
                y -= size * LEADING;
            }
        }
        y = Math.min(y, top - side);
    }

    private void draw(BitMatrix code, float left, float top, float side) throws IOException {
        float unit = side / code.getWidth();
        for (int row = 0; row < code.getHeight(); row++) {
            for (int column = 0; column < code.getWidth(); column++) {
                if (code.get(column, row)) {
                    page.addRect(left + column * unit, top - (row + 1) * unit, unit, unit);
                }
            }
        }
        page.fill();
    }

    /** Turns the page where the foot is taken, and draws the lines along which the foot is cut into so many stubs. */
    void foot(int count) throws IOException {
        if (y < FOOT + STUB_HEIGHT) {
            page.close();
            turn();
        }
        page.setLineWidth(0.5f);
        page.setLineDashPattern(new float[] {3, 2}, 0);
        page.moveTo(0, FOOT + STUB_HEIGHT);
        page.lineTo(PDRectangle.A4.getWidth(), FOOT + STUB_HEIGHT);
        for (int i = 1; i < count; i++) {
            float x = STUB_MARGIN + i * stubWidth(count);
            page.moveTo(x, FOOT);
            page.lineTo(x, FOOT + STUB_HEIGHT);
        }
        page.stroke();
        page.setLineDashPattern(new float[0], 0);
        y = FOOT;
    }

    /** One of the stubs at the foot. */
    void stub(int number, int count, Part.Stub stub, Optional<BitMatrix> squares) throws IOException {
        float width = stubWidth(count) - 2 * CELL_PADDING;
        float x = STUB_MARGIN + number * stubWidth(count) + CELL_PADDING;
        float top = FOOT + STUB_HEIGHT - CELL_PADDING;
        top = column(stub.title(), x, top, width, 10);
        top = column(stub.amount(), x, top - 4, width, 16);
        for (Part.Fact fact : stub.facts()) {
            top = column(fact.name(), x, top - 1, width, 6);
            top = column(fact.value(), x, top, width, 8);
        }
        float low = FOOT + 3 * SMALLEST * LEADING;
        float textY = low;
        if (!stub.bars().isEmpty()) {
            bars(GsBars.of(stub.bars()), x + (width - GsBars.MODULES_OF_44_DIGITS * BAR) / 2, low);
        }
        for (String line : stub.barsText()) {
            textY = column(line, x, textY, width, SMALLEST);
        }
        if (squares.isPresent()) {
            draw(squares.get(), x, FOOT + STUB_SQUARES + CELL_PADDING, STUB_SQUARES);
        }
        if (stub.bars().isEmpty()) {
            column(stub.stamp(), x + width / 2, low, width / 2, SMALLEST);
        }
    }

    private float column(String words, float x, float top, float width, float size) throws IOException {
        float lineY = top;
        for (String line : lines(words, size, width)) {
            write(line, x, lineY - size, size);
            lineY -= size * 1.3f;
        }
        return lineY;
    }

    /** Black bars, each a whole number of modules wide, from a lower left corner. */
    private void bars(boolean[] dark, float x, float low) throws IOException {
        int from = 0;
        while (from < dark.length) {
            int to = from;
            while (to < dark.length && dark[to] == dark[from]) {
                to++;
            }
            if (dark[from]) {
                page.addRect(x + from * BAR, low, (to - from) * BAR, BAR_HEIGHT);
            }
            from = to;
        }
        page.fill();
    }

    private static float stubWidth(int count) {
        return (PDRectangle.A4.getWidth() - 2 * STUB_MARGIN) / count;
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
