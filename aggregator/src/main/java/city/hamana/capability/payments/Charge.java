package city.hamana.capability.payments;

import java.time.LocalDate;
import java.util.List;

/**
 * What somebody is to pay (調定).
 *
 * @param service that raises it, as its {@link Creditor} says
 * @param account the customer's number with that service, under which money paid too much is kept
 * @param party who pays; empty while the city does not know a party for the account
 * @param name that is printed on slips
 * @param title what it is for
 * @param period of use: {@code 2026-07/2026-08}; may be empty
 * @param items what it is made of; their sum is not below zero
 * @param issued day on which it is raised in the books
 * @param due last day on which it can be paid in time
 * @param link path of the service's page that explains it; may be empty
 * @param once the same twice is raised once; at most 150 characters
 */
public record Charge(
        String service,
        String account,
        String party,
        String name,
        Title title,
        String period,
        List<Item> items,
        LocalDate issued,
        LocalDate due,
        String link,
        String once) {
    /** No single charge is higher: a number on a slip has eight digits at most. */
    static final long MOST_YEN = 99_999_999;

    private static final int MOST_ITEMS = 40;
    private static final int LONGEST_ONCE = 150;

    /** @throws PaymentsException if it is none that can be raised */
    public Charge {
        items = List.copyOf(items);
        if (once.isEmpty() || once.length() > LONGEST_ONCE) {
            throw PaymentsException.charge(once, "its key is empty or too long");
        }
        if (!account.matches("[A-Za-z0-9._-]{1,40}") || name.length() > 200 || period.length() > 60) {
            throw PaymentsException.charge(once, "account, name or period");
        }
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw PaymentsException.charge(once, items.size() + " items");
        }
        long yen = items.stream().mapToLong(Item::yen).sum();
        if (yen < 0 || yen > MOST_YEN) {
            throw PaymentsException.charge(once, yen + " yen");
        }
        if (due.isBefore(issued) || !link.matches("(/[\\x21-\\x7e]{0,299})?")) {
            throw PaymentsException.charge(once, "due before it is issued, or a link that is none");
        }
    }

    /** What is to be paid, in yen. */
    public long yen() {
        return items.stream().mapToLong(Item::yen).sum();
    }
}
