package city.hamana.capability.payments;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * What a bank says of an account that it was to debit (振替結果コード), {@code debit-results.csv} beside this class. 0
 * debited, 1 not enough money, 2 no such account, 3 the payer's wish, 4 no mandate; 8 the collector's wish and 9 other
 * reasons [K].
 */
final class DebitResults {
    private final Map<String, Boolean> paid = new HashMap<>();

    DebitResults() {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (InputStream bytes = DebitResults.class.getResourceAsStream("debit-results.csv");
                InputStreamReader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            for (CSVRecord line : format.parse(text)) {
                paid.put(line.get("code"), line.get("paid").equals("yes"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean known(String code) {
        return paid.containsKey(code);
    }

    boolean paid(String code) {
        return paid.getOrDefault(code, false);
    }
}
