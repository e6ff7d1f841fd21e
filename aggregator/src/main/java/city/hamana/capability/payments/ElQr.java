package city.hamana.capability.payments;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * The fields of eL-QR (地方税統一QRコード) on a slip. Their layout is data, {@code el-qr.csv} beside this class: the
 * specification of 地方税共同機構 was not at hand, so the layout is a draft [K] and slips say so; another layout is another
 * version of the file.
 */
final class ElQr {
    /** Stands on slips with the code. */
    static final String VERSION = "K-1";

    private static final int CHECK_PRIME = 999_983;
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final List<Field> layout = new ArrayList<>();

    private record Field(String name, int length, String from) {}

    /** The numbers that people type in where they cannot scan (eL番号). */
    record Numbers(String body, String payment, String confirmation, String kind, String whole) {}

    ElQr() {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (InputStream bytes = ElQr.class.getResourceAsStream("el-qr.csv");
                InputStreamReader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            for (CSVRecord line : format.parse(text)) {
                layout.add(new Field(line.get("field"), Integer.parseInt(line.get("length")), line.get("from")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Numbers of(Collector city, long charge, LocalDate due, long yen) {
        StringBuilder whole = new StringBuilder();
        String[] shown = new String[4];
        for (int i = 0; i < layout.size(); i++) {
            Field field = layout.get(i);
            String digits = value(field.from, city, charge, due, yen);
            String full = "0".repeat(Math.max(0, field.length - digits.length())) + digits;
            whole.append(full);
            if (i < shown.length) {
                shown[i] = full;
            }
        }
        return new Numbers(shown[0], shown[1], shown[2], shown[3], whole.toString());
    }

    private static String value(String from, Collector city, long charge, LocalDate due, long yen) {
        return switch (from) {
            case "public-body" -> city.publicBody();
            case "charge" -> Long.toString(charge);
            // Somebody who mistypes a digit does not pay another's bill.
            case "check" -> "%06d".formatted((charge * 31 + yen) % CHECK_PRIME);
            case "service" -> "001";
            case "yen" -> Long.toString(yen);
            case "due" -> DAY.format(due);
            default -> throw PaymentsException.stored("el-qr.csv: " + from);
        };
    }
}
