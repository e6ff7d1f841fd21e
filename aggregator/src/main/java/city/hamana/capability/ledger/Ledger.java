package city.hamana.capability.ledger;

import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The city's books. */
public final class Ledger implements ServiceModule {
    private static final int MOST_LISTED = 1_000;

    private final Chart chart = new Chart();
    private final Books books = new Books();
    private final InstantSource clock;

    /** @param clock the city's */
    public Ledger(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ledger";
    }

    /** The books are read and written by whoever takes money; they have no pages of their own. */
    @Override
    public void routes(Routes routes) {}

    /** All accounts, in the order of the chart. */
    public List<Account> accounts() {
        return chart.all();
    }

    /**
     * An account of the chart.
     *
     * @throws LedgerException if the chart has none of this code
     */
    public Account account(String code) {
        return chart.account(code);
    }

    /**
     * Writes an entry, in the caller's transaction; gives its number. A key that was there before gives the number of the
     * entry that it stands for.
     *
     * @throws LedgerException if the chart lacks an account, or the key stands for an entry of other postings
     */
    public long post(Handle tx, NewEntry entry) {
        return post(tx, List.of(entry)).getFirst();
    }

    /** Writes many at once, as {@link #post(Handle, NewEntry)} writes one; gives their numbers in the same order. */
    public List<Long> post(Handle tx, List<NewEntry> entries) {
        entries.forEach(entry -> entry.postings().forEach(posting -> chart.account(posting.account())));
        Map<String, Long> numbers = new HashMap<>(
                Books.KEYS.numbers(tx, entries.stream().map(NewEntry::once).toList()));
        Map<String, NewEntry> fresh = new HashMap<>();
        List<NewEntry> toWrite = new ArrayList<>();
        for (NewEntry entry : entries) {
            Long there = numbers.get(entry.once());
            List<Posting> before = there == null
                    ? Optional.ofNullable(fresh.putIfAbsent(entry.once(), entry))
                            .map(NewEntry::postings)
                            .orElseGet(() -> written(toWrite, entry))
                    : books.entry(tx, there).orElseThrow().postings();
            if (!before.equals(entry.postings())) {
                throw LedgerException.other(entry.once());
            }
        }
        if (!toWrite.isEmpty()) {
            numbers.putAll(books.write(tx, toWrite, clock.instant()));
        }
        return entries.stream().map(entry -> numbers.get(entry.once())).toList();
    }

    private static List<Posting> written(List<NewEntry> toWrite, NewEntry entry) {
        toWrite.add(entry);
        return entry.postings();
    }

    /**
     * Takes an entry back by one with the same postings to the other side; gives its number. Empty when it was taken back
     * before under another key, or takes one back itself: what was wrongly taken back is written anew.
     *
     * @param day of the books on which it is taken back
     * @throws LedgerException if there is no such entry
     */
    public OptionalLong reverse(Handle tx, long entry, LocalDate day, String reason, String actor, String once) {
        Entry wrong = books.entry(tx, entry).orElseThrow(() -> LedgerException.unknown(entry));
        if (wrong.reversedBy().isPresent()) {
            long by = wrong.reversedBy().getAsLong();
            boolean same = books.entry(tx, by).orElseThrow().once().equals(once);
            return same ? wrong.reversedBy() : OptionalLong.empty();
        }
        if (wrong.reverses().isPresent()) {
            return OptionalLong.empty();
        }
        List<Posting> back = wrong.postings().stream().map(Posting::opposite).toList();
        NewEntry reversal = new NewEntry("ledger.reversed", day, actor, reason, back, once);
        return OptionalLong.of(books.writeReversal(tx, reversal, entry, clock.instant()));
    }

    /** The entry of this number. */
    public Optional<Entry> entry(Handle tx, long id) {
        return books.entry(tx, id);
    }

    /** The number of the entry that was written under this key. */
    public OptionalLong find(Handle tx, String once) {
        Long number = Books.KEYS.numbers(tx, List.of(once)).get(once);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** Balance of one part of an account, in yen, above zero to the debit; the account's part without a name for "". */
    public long balance(Handle tx, String account, String sub) {
        return books.balance(tx, chart.account(account).code(), sub);
    }

    /** Balance of a whole account at the end of a day, in yen, above zero to the debit. */
    public long balance(Handle tx, String account, LocalDate until) {
        return books.balance(tx, chart.account(account).code(), until);
    }

    /** Every account of the chart with what was posted to it by the end of a day. */
    public List<TrialLine> trialBalance(Handle tx, LocalDate until) {
        Map<String, long[]> sums = books.sums(tx, until);
        long[] nothing = {0, 0};
        return chart.all().stream()
                .map(account -> {
                    long[] sum = sums.getOrDefault(account.code(), nothing);
                    return new TrialLine(account, sum[0], sum[1]);
                })
                .toList();
    }

    /** Entries that fit, the newest first, at most 1,000. */
    public List<Entry> entries(Handle tx, EntryQuery query, int most) {
        return books.list(tx, query, Math.clamp(most, 1, MOST_LISTED));
    }
}
