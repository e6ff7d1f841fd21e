package city.hamana.service.water;

import city.hamana.messages.DeviceId;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Contracts as the waterworks' own system gives them out: UTF-8 CSV with the head {@code
 * number,meter,bore,sewer,scheme,months,name,address,district,from,until,start-m3}. Taken whole or not at all.
 */
final class ContractFile {
    static final int LONGEST = 12 << 20;
    static final String HEAD = "number,meter,bore,sewer,scheme,months,name,address,district,from,until,start-m3";

    private static final int MOST_LINES = 100_000;
    private static final int MOST_SLIPS = 50;
    private static final Set<String> BORES = Set.of("13", "20", "25", "30", "40", "50", "75", "100", "150");
    static final Set<String> SCHEMES = Set.of("none", "leak", "welfare", "disaster");

    private final List<Contract> contracts = new ArrayList<>();
    private final List<FileSlip> slips = new ArrayList<>();
    private final Set<String> numbers = new HashSet<>();

    /** A file read: contracts, or what is wrong; of many slips the first 50. */
    record Content(List<Contract> contracts, List<FileSlip> slips) {}

    private ContractFile() {}

    static Content read(String text) {
        ContractFile file = new ContractFile();
        file.lines(text.startsWith("\ufeff") ? text.substring(1) : text);
        return new Content(file.slips.isEmpty() ? file.contracts : List.of(), file.slips);
    }

    private void lines(String text) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        try (CSVParser parser = format.parse(new StringReader(text))) {
            if (!String.join(",", parser.getHeaderNames()).equals(HEAD)) {
                slips.add(new FileSlip(0, "head", HEAD));
                return;
            }
            for (CSVRecord line : parser) {
                if (slips.size() >= MOST_SLIPS || contracts.size() >= MOST_LINES) {
                    return;
                }
                line(line);
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            slips.add(new FileSlip(0, "csv", String.valueOf(e.getMessage())));
        }
    }

    private void line(CSVRecord line) {
        int before = slips.size();
        if (!line.isConsistent()) {
            slips.add(new FileSlip(line.getRecordNumber() + 1, "length", Integer.toString(line.size())));
            return;
        }
        check(line, "number", line.get("number").matches(Contract.NUMBERS));
        check(line, "meter", DeviceId.valid(line.get("meter")));
        check(line, "bore", BORES.contains(line.get("bore")));
        check(line, "sewer", line.get("sewer").matches("yes|no"));
        check(line, "scheme", SCHEMES.contains(line.get("scheme")));
        check(line, "months", line.get("months").matches("odd|even"));
        check(line, "name", fits(line.get("name"), 200));
        check(line, "address", fits(line.get("address"), 300));
        check(line, "district", fits(line.get("district"), 60));
        Optional<LocalDate> from = MyBills.day(line.get("from"));
        Optional<LocalDate> until = MyBills.day(line.get("until"));
        check(line, "from", from.isPresent());
        check(
                line,
                "until",
                line.get("until").isEmpty()
                        || until.filter(day -> from.filter(day::isAfter).isPresent())
                                .isPresent());
        check(line, "start-m3", line.get("start-m3").matches("\\d{1,9}(\\.\\d{1,6})?"));
        check(line, "twice", numbers.add(line.get("number")));
        if (slips.size() == before) {
            contracts.add(contract(line, from.orElseThrow(), until));
        }
    }

    private static boolean fits(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
    }

    private void check(CSVRecord line, String column, boolean right) {
        if (!right) {
            String value = line.isMapped(column) ? line.get(column) : line.get("number");
            slips.add(
                    new FileSlip(line.getRecordNumber() + 1, column, value.substring(0, Math.min(60, value.length()))));
        }
    }

    private static Contract contract(CSVRecord line, LocalDate from, Optional<LocalDate> until) {
        return new Contract(
                line.get("number"),
                line.get("meter"),
                Integer.parseInt(line.get("bore")),
                line.get("sewer").equals("yes"),
                line.get("scheme"),
                line.get("months").equals("odd"),
                line.get("name"),
                line.get("address"),
                line.get("district"),
                0,
                false,
                from,
                until,
                new BigDecimal(line.get("start-m3")).movePointRight(6).longValueExact());
    }
}
