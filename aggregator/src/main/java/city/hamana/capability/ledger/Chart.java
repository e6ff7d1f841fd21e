package city.hamana.capability.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The chart of accounts, {@code accounts.csv} beside this class. */
final class Chart {
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    Chart() {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (InputStream bytes = Chart.class.getResourceAsStream("accounts.csv");
                InputStreamReader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            for (CSVRecord line : format.parse(text)) {
                add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(CSVRecord line) {
        String code = line.get("code");
        Kind kind = Arrays.stream(Kind.values())
                .filter(k -> k.code().equals(line.get("kind")))
                .findFirst()
                .orElseThrow(() -> LedgerException.chart(line.toString()));
        if (!code.matches("[a-z][a-z-]{1,39}") || accounts.put(code, new Account(code, kind)) != null) {
            throw LedgerException.chart(line.toString());
        }
    }

    List<Account> all() {
        return List.copyOf(accounts.values());
    }

    Account account(String code) {
        Account account = accounts.get(code);
        if (account == null) {
            throw LedgerException.account(code);
        }
        return account;
    }
}
