package city.hamana.sensing.completeness;

import city.hamana.sensing.ingest.Account;
import city.hamana.sensing.ingest.Gap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The list page.
 *
 * @param accounts those that the filter lets through, the worst first
 * @param text part of a device's id; may be empty
 */
public record Overview(List<Account> accounts, Period period, String text) {
    private static final Comparator<Account> WORST_FIRST = Comparator.<Account>comparingLong(
                    a -> -a.blocks(Gap.Kind.MISSING))
            .thenComparingLong(a -> -a.setAside())
            .thenComparingLong(a -> -a.untimed())
            .thenComparingLong(a -> -a.lostSamples())
            .thenComparingLong(a -> -a.blocks(Gap.Kind.LOST))
            .thenComparingLong(a -> -a.blocks(Gap.Kind.PENDING))
            .thenComparing(Account::device);

    static Overview of(Collection<Account> all, Period period, String text) {
        List<Account> shown = all.stream()
                .filter(account -> account.device().contains(text))
                .sorted(WORST_FIRST)
                .toList();
        return new Overview(shown, period, text);
    }

    public long held() {
        return sum(Account::held);
    }

    public long blocks(Gap.Kind kind) {
        return sum(account -> account.blocks(kind));
    }

    public long missing() {
        return blocks(Gap.Kind.MISSING);
    }

    public long setAside() {
        return sum(Account::setAside);
    }

    public long untimed() {
        return sum(Account::untimed);
    }

    /** The same list as CSV. */
    public String query() {
        return period.query() + "&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private long sum(ToLongFunction<Account> count) {
        return accounts.stream().mapToLong(count).sum();
    }
}
