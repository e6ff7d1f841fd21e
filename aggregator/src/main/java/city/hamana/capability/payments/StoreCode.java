package city.hamana.capability.payments;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * The 44 digits under which a convenience store takes money (GS1-128 for 料金代理収納 [K]): application identifier 91, the
 * collecting company's 6 digits, 21 of the city's own, whether it was printed again, the due day as YYMMDD, whether a
 * revenue stamp is due, the amount in 6, and the check digit of GS1.
 */
final class StoreCode {
    /** More digits an amount does not have there. */
    static final long MOST_YEN = 999_999;

    private static final int LENGTH = 44;
    private static final int CHARGE_FROM = 8;
    private static final int CHARGE_TO = 23;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");

    private StoreCode() {}

    /**
     * The digits, without the FNC1 that the bars begin with.
     *
     * @param printings how often a slip of this charge was sent before
     */
    static String of(String company, long charge, int printings, LocalDate due, long yen) {
        if (yen <= 0 || yen > MOST_YEN) {
            throw PaymentsException.stored(yen + " yen in a bar code");
        }
        // A city's receipts need no revenue stamp (印紙税法5条).
        String stamp = "0";
        String again = printings > 0 ? "1" : "0";
        String open = "91" + company + "%015d%06d".formatted(charge, printings) + again + DAY.format(due) + stamp
                + "%06d".formatted(yen);
        return open + check(open);
    }

    /** The charge that the digits name; -1 where they are not such, or their check digit is wrong. */
    static long charge(String digits) {
        boolean good = digits.matches("91\\d{42}")
                && check(digits.substring(0, LENGTH - 1)) == digits.charAt(LENGTH - 1) - '0';
        return good ? Long.parseLong(digits.substring(CHARGE_FROM, CHARGE_TO)) : -1;
    }

    /** As it is read by people: grouped, the identifier in brackets. */
    static String readable(String digits) {
        return "(91)" + digits.substring(2, 8) + "-" + digits.substring(8, 29) + digits.substring(29, 30) + "\n"
                + digits.substring(30, 36) + "-" + digits.substring(36, 37) + "-" + digits.substring(37, 43) + "-"
                + digits.substring(43);
    }

    /** Modulus 10, weights 3 and 1 from the right (GS1 General Specifications 7.9). */
    static int check(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        return (10 - sum % 10) % 10;
    }
}
