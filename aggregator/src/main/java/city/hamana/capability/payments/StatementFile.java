package city.hamana.capability.payments;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A list of money that arrived, CSV in UTF-8. Of the provider: {@code payment,reference,method,paid_at,amount,fee,net}; of
 * the bank: {@code day,channel,amount,name,reference}, where the reference is a bill's number or a slip's 44 digits.
 */
final class StatementFile {
    static final int LONGEST_BYTES = 4 << 20;

    private static final int MOST_LINES = 20_000;
    private static final int MOST_SLIPS = 100;

    private final List<Slip> slips = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final ZoneId zone;

    private StatementFile(ZoneId zone) {
        this.zone = zone;
    }

    /** One line of it. */
    record Line(int number, Channel channel, LocalDate paid, long yen, long fee, String reference, String name) {}

    /** What came of it. */
    sealed interface Reading {
        record Whole(boolean ofProvider, List<Line> lines) implements Reading {}

        record Wrong(List<Slip> slips) implements Reading {}
    }

    static Reading read(byte[] bytes, ZoneId zone) {
        StatementFile file = new StatementFile(zone);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
        try (CSVParser csv = format.parse(new StringReader(text))) {
            List<String> head = csv.getHeaderNames();
            boolean provider = head.containsAll(List.of("payment", "method", "paid_at", "amount", "fee", "net"));
            if (!provider && !head.containsAll(List.of("day", "channel", "amount", "name", "reference"))) {
                return new Reading.Wrong(List.of(new Slip(1, "columns", "")));
            }
            for (CSVRecord record : csv) {
                file.add(record, provider);
            }
            return file.slips.isEmpty()
                    ? new Reading.Whole(provider, List.copyOf(file.lines))
                    : new Reading.Wrong(List.copyOf(file.slips));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            return new Reading.Wrong(List.of(new Slip(0, "columns", "")));
        }
    }

    private void add(CSVRecord record, boolean provider) {
        int number = (int) record.getRecordNumber() + 1;
        Optional<Line> line = lines.size() >= MOST_LINES || !record.isConsistent()
                ? Optional.empty()
                : provider ? ofProvider(record, number) : ofBank(record, number);
        line.ifPresent(lines::add);
        if (line.isEmpty() && slips.size() < MOST_SLIPS) {
            slips.add(new Slip(number, "columns", ""));
        }
    }

    private Optional<Line> ofProvider(CSVRecord record, int number) {
        try {
            LocalDate paid = Instant.parse(record.get("paid_at")).atZone(zone).toLocalDate();
            long yen = yen(record.get("amount"));
            long fee = yen(record.get("fee"));
            boolean sums = yen - fee == yen(record.get("net"));
            return Channel.ofCode(record.get("method"))
                    .filter(c -> sums && yen > 0 && record.get("payment").matches("[A-Za-z0-9_-]{1,100}"))
                    .map(c -> new Line(number, c, paid, yen, fee, record.get("payment"), ""));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Line> ofBank(CSVRecord record, int number) {
        try {
            LocalDate paid = LocalDate.parse(record.get("day"));
            long yen = yen(record.get("amount"));
            String name = record.get("name");
            return Channel.ofCode(record.get("channel"))
                    .filter(c -> c != Channel.CREDIT && c != Channel.CASH && yen > 0 && name.length() <= 100)
                    .filter(c -> record.get("reference").length() <= 100)
                    .map(c -> new Line(
                            number, c, paid, yen, 0, record.get("reference").strip(), name));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long yen(String text) {
        long yen = Long.parseLong(text);
        if (yen < 0 || yen > Charge.MOST_YEN) {
            throw new NumberFormatException(text);
        }
        return yen;
    }
}
