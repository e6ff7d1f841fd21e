package city.hamana.capability.payments;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads files of direct debits in the format of 全銀協. A file is taken as a whole or not at all; what is wrong with it is
 * named line by line.
 */
final class ZenginReader {
    /** More accounts than a city of this size debits at once. */
    static final int MOST_LINES = 60_000;

    static final int LONGEST_BYTES = (MOST_LINES + 4) * (ZenginWriter.LENGTH + 2);

    private static final int MOST_SLIPS = 100;
    private static final int EOF = 0x1A;

    private final List<Slip> slips = new ArrayList<>();

    private ZenginReader() {}

    /** What came of it. */
    sealed interface Reading {
        record Whole(DebitFile file) implements Reading {}

        record Wrong(List<Slip> slips) implements Reading {}
    }

    static Reading read(byte[] bytes) {
        ZenginReader reader = new ZenginReader();
        Optional<DebitFile> file = reader.records(bytes).flatMap(reader::file);
        return file.isPresent() && reader.slips.isEmpty()
                ? new Reading.Whole(file.get())
                : new Reading.Wrong(List.copyOf(reader.slips));
    }

    /** Lines of 120 letters; empty where the file cannot be cut into such. */
    private Optional<List<String>> records(byte[] bytes) {
        int end = bytes.length > 0 && bytes[bytes.length - 1] == EOF ? bytes.length - 1 : bytes.length;
        int step = ZenginWriter.LENGTH;
        boolean crlf = end > step + 1 && bytes[step] == '\r' && bytes[step + 1] == '\n';
        if (end > step && bytes[step] == '\n') {
            return wrong(0, "line-feed");
        }
        if (end > LONGEST_BYTES) {
            return wrong(0, "too-long");
        }
        int width = crlf ? step + 2 : step;
        if (end == 0 || (end % width != 0 && !(crlf && (end + 2) % width == 0))) {
            return wrong(0, "length");
        }
        List<String> records = new ArrayList<>();
        for (int from = 0; from < end; from += width) {
            int line = records.size() + 1;
            boolean ended =
                    !crlf || from + step == end || (bytes[from + step] == '\r' && bytes[from + step + 1] == '\n');
            if (!ended) {
                return wrong(line, "length");
            }
            records.add(text(bytes, from, line));
        }
        return Optional.of(records);
    }

    private String text(byte[] bytes, int from, int line) {
        StringBuilder text = new StringBuilder(ZenginWriter.LENGTH);
        for (int i = from; i < from + ZenginWriter.LENGTH; i++) {
            int letter = ZenginWriter.letter(bytes[i] & 0xFF);
            if (letter < 0) {
                slip(line, "letter", "0x%02X".formatted(bytes[i] & 0xFF));
            }
            text.append((char) Math.max(letter, ' '));
        }
        return text.toString();
    }

    private Optional<DebitFile> file(List<String> records) {
        if (records.size() < 3) {
            return wrong(0, "records");
        }
        List<String> data = records.subList(1, records.size() - 2);
        String header = records.getFirst();
        String trailer = records.get(records.size() - 2);
        boolean order = header.startsWith("1910")
                && trailer.startsWith("8")
                && records.getLast().equals("9" + " ".repeat(119))
                && data.stream().allMatch(r -> r.startsWith("2"));
        if (!order) {
            return wrong(0, "records");
        }
        List<DebitLine> lines = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            lines.add(line(data.get(i), i + 2));
        }
        digits(header, 4, 14, 1);
        digits(header, 58, 62, 1);
        digits(header, 77, 80, 1);
        digits(header, 96, 103, 1);
        Optional<MonthDay> day = day(header.substring(54, 58));
        return day.map(d -> checked(
                new DebitFile(
                        header.substring(4, 14),
                        header.substring(14, 54).stripTrailing(),
                        d,
                        header.substring(58, 62),
                        header.substring(62, 77).stripTrailing(),
                        header.substring(77, 80),
                        header.substring(80, 95).stripTrailing(),
                        header.substring(96, 103),
                        lines,
                        number(trailer, 19, 25, records.size() - 1) + number(trailer, 37, 43, records.size() - 1) > 0),
                trailer,
                records.size() - 1));
    }

    private DebitLine line(String record, int line) {
        digits(record, 1, 5, line);
        digits(record, 20, 23, line);
        digits(record, 43, 50, line);
        digits(record, 91, 111, line);
        if (!Kana.taken(record.substring(50, 80))) {
            slip(line, "holder", record.substring(50, 80).strip());
        }
        return new DebitLine(
                record.substring(1, 5),
                record.substring(20, 23),
                record.substring(42, 43),
                record.substring(43, 50),
                record.substring(50, 80).stripTrailing(),
                number(record, 80, 90, line),
                record.charAt(90) == '1',
                record.substring(91, 111),
                record.substring(111, 112));
    }

    /** The trailer's sums are those of the lines. */
    private DebitFile checked(DebitFile file, String trailer, int line) {
        List<DebitLine> debited = file.answered() ? file.debited() : List.of();
        List<DebitLine> failed = file.answered() ? file.failed() : List.of();
        same(number(trailer, 1, 7, line), file.lines().size(), "count", line);
        same(number(trailer, 7, 19, line), file.yen(), "sum", line);
        same(number(trailer, 19, 25, line), debited.size(), "count-debited", line);
        same(number(trailer, 25, 37, line), DebitFile.sum(debited), "sum-debited", line);
        same(number(trailer, 37, 43, line), failed.size(), "count-failed", line);
        same(number(trailer, 43, 55, line), DebitFile.sum(failed), "sum-failed", line);
        return file;
    }

    private void same(long said, long counted, String why, int line) {
        if (said != counted) {
            slip(line, why, said + " / " + counted);
        }
    }

    private Optional<MonthDay> day(String text) {
        try {
            return Optional.of(
                    MonthDay.of(Integer.parseInt(text.substring(0, 2)), Integer.parseInt(text.substring(2))));
        } catch (DateTimeException | NumberFormatException e) {
            return wrong(1, "day");
        }
    }

    private long number(String record, int from, int to, int line) {
        return digits(record, from, to, line) ? Long.parseLong(record.substring(from, to)) : 0;
    }

    private boolean digits(String record, int from, int to, int line) {
        String field = record.substring(from, to);
        boolean good = field.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!good) {
            slip(line, "digits", field);
        }
        return good;
    }

    private <T> Optional<T> wrong(int line, String why) {
        slip(line, why, "");
        return Optional.empty();
    }

    private void slip(int line, String why, String value) {
        if (slips.size() < MOST_SLIPS) {
            slips.add(new Slip(line, why, value));
        }
    }
}
