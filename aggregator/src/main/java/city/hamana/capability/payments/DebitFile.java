package city.hamana.capability.payments;

import java.time.MonthDay;
import java.util.List;

/**
 * A file of direct debits (口座振替), as it is asked for or as it comes back.
 *
 * @param code of the city as a collector, 10 digits
 * @param day on which accounts are debited
 * @param answered whether it comes from the bank, with a result on every line
 */
record DebitFile(
        String code,
        String name,
        MonthDay day,
        String bank,
        String bankName,
        String branch,
        String branchName,
        String account,
        List<DebitLine> lines,
        boolean answered) {
    /** The result of a line that was debited. */
    static final String DEBITED = "0";

    DebitFile {
        lines = List.copyOf(lines);
    }

    /** What is asked for. */
    static DebitFile request(Collector city, MonthDay day, List<DebitLine> lines) {
        return new DebitFile(
                city.code(),
                city.name(),
                day,
                city.bank(),
                city.bankName(),
                city.branch(),
                city.branchName(),
                city.account(),
                lines,
                false);
    }

    long yen() {
        return lines.stream().mapToLong(DebitLine::yen).sum();
    }

    List<DebitLine> debited() {
        return lines.stream().filter(line -> line.result().equals(DEBITED)).toList();
    }

    List<DebitLine> failed() {
        return lines.stream().filter(line -> !line.result().equals(DEBITED)).toList();
    }

    static long sum(List<DebitLine> some) {
        return some.stream().mapToLong(DebitLine::yen).sum();
    }
}
