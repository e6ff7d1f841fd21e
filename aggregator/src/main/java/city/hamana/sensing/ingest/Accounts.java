package city.hamana.sensing.ingest;

import city.hamana.messages.Ranges;
import city.hamana.messages.v1.SequenceRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Adds up what is held, and says of all else where it is. Every block that is known to exist falls into one heap. */
final class Accounts {
    private static final int MOST_CHAINS = 20_000;
    private static final int MOST_GAPS = 1_000;
    private static final int MOST_LOSSES = 2_000;

    private static final List<String> KNOWING = List.of("ingest_stream", "ingest_quarantine", "ingest_loss");

    private final Books books;

    /** A chain of which not all is held. */
    private record Partial(ChainId chain, long highest, Instant highestBy, Optional<Instant> asked) {}

    /** What of a device is not held: all of it counted, so much of it listed. */
    private static final class Heap {
        private final Map<Gap.Kind, Long> blocks = new EnumMap<>(Gap.Kind.class);
        private final Map<Gap.Kind, Integer> listed = new EnumMap<>(Gap.Kind.class);
        private final List<Gap> gaps = new ArrayList<>();

        void add(Gap gap) {
            blocks.merge(gap.kind(), gap.blocks(), Long::sum);
            if (listed.merge(gap.kind(), 1, Integer::sum) <= MOST_GAPS) {
                gaps.add(gap);
            }
        }
    }

    Accounts(Books books) {
        this.books = books;
    }

    boolean knows(Handle tx, String device) {
        return KNOWING.stream()
                .anyMatch(table -> tx.createQuery("SELECT device FROM " + table
                                + " WHERE device = :device OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY")
                        .bind("device", device)
                        .mapTo(String.class)
                        .findOne()
                        .isPresent());
    }

    /** Of one device. */
    Account of(Handle tx, String device, Span span, List<Said> said) {
        return accounts(tx, Optional.of(device), span, Map.of(device, said)).getOrDefault(device, Account.none(device));
    }

    /** Of every device that ever sent anything, by its id. */
    Map<String, Account> all(Handle tx, Span span, Map<String, List<Said>> said) {
        return accounts(tx, Optional.empty(), span, said);
    }

    private Map<String, Account> accounts(Handle tx, Optional<String> device, Span span, Map<String, List<Said>> said) {
        Map<String, Long> held = counts(tx, device, """
                SELECT device, COUNT(*) FROM ingest_block WHERE made_ms >= :from AND made_ms < :to
                """, span.from(), span.to());
        Map<String, Long> setAside = counts(tx, device, """
                SELECT device, COUNT(*) FROM ingest_quarantine WHERE seen_ms >= :from AND seen_ms < :to
                """, span.realFrom(), span.realTo());
        Map<String, Long> untimed = books.clocks().untimed(tx);
        Map<String, List<SignedLoss>> losses = losses(tx, device, span);
        Map<String, Heap> heaps = heaps(tx, device, span, said);
        Map<String, Account> accounts = new TreeMap<>();
        for (String id : device.map(Set::of).orElseGet(() -> devices(tx))) {
            Heap heap = heaps.getOrDefault(id, new Heap());
            accounts.put(
                    id,
                    new Account(
                            id,
                            held.getOrDefault(id, 0L),
                            Map.copyOf(heap.blocks),
                            List.copyOf(heap.gaps),
                            losses.getOrDefault(id, List.of()),
                            setAside.getOrDefault(id, 0L),
                            untimed.getOrDefault(id, 0L)));
        }
        return accounts;
    }

    private static Set<String> devices(Handle tx) {
        Set<String> devices = new TreeSet<>();
        for (String table : KNOWING) {
            devices.addAll(tx.createQuery("SELECT DISTINCT device FROM " + table)
                    .mapTo(String.class)
                    .list());
        }
        return devices;
    }

    private static Map<String, Long> counts(Handle tx, Optional<String> device, String sql, Instant from, Instant to) {
        Map<String, Long> counts = new HashMap<>();
        ofDevice(tx, sql, device, " GROUP BY device")
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private static Map<String, List<SignedLoss>> losses(Handle tx, Optional<String> device, Span span) {
        Map<String, List<SignedLoss>> losses = new HashMap<>();
        ofDevice(tx, """
                SELECT device, signer, reason, samples, first_ms, last_ms, detail, made_ms, block_hash FROM ingest_loss
                WHERE COALESCE(last_ms, made_ms) >= :from AND COALESCE(first_ms, made_ms) < :to
                """, device, " ORDER BY made_ms DESC, id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("from", span.from().toEpochMilli())
                .bind("to", span.to().toEpochMilli())
                .bind("most", device.isPresent() ? MOST_LOSSES : MOST_CHAINS)
                .map((row, context) -> loss(row))
                .forEach(loss -> losses.computeIfAbsent(loss.device(), d -> new ArrayList<>())
                        .add(loss));
        return losses;
    }

    private static SignedLoss loss(ResultSet row) throws SQLException {
        return new SignedLoss(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                instant(row, 5),
                instant(row, 6),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)),
                row.getString(9));
    }

    private Map<String, Heap> heaps(Handle tx, Optional<String> device, Span span, Map<String, List<Said>> said) {
        Map<String, Heap> heaps = new HashMap<>();
        for (Partial partial : partials(tx, device)) {
            String id = partial.chain.device();
            Heap heap = heaps.computeIfAbsent(id, d -> new Heap());
            gaps(tx, partial, said.getOrDefault(id, List.of())).stream()
                    .filter(gap -> gap.touches(span.from(), span.to()))
                    .forEach(heap::add);
        }
        return heaps;
    }

    /** Those first that lack more than what is explained for good. */
    private static List<Partial> partials(Handle tx, Optional<String> device) {
        return ofDevice(
                        tx,
                        """
                SELECT s.device, s.chain_id, s.highest, s.highest_ms, o.asked_ms FROM ingest_stream s
                LEFT JOIN ingest_open o ON o.device = s.device AND o.chain_id = s.chain_id
                WHERE s.highest > s.held
                """,
                        device,
                        " ORDER BY o.asked_ms NULLS LAST, s.seen_ms, s.chain_id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", MOST_CHAINS)
                .map((row, context) -> new Partial(
                        new ChainId(row.getString(1), row.getString(2)),
                        row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        instant(row, 5).filter(asked -> asked.toEpochMilli() > 0)))
                .list();
    }

    /** The gaps of a chain, each range in the first heap that it belongs to. */
    private List<Gap> gaps(Handle tx, Partial partial, List<Said> said) {
        Ranges held = books.chains().held(tx, partial.chain);
        Map<Gap.Kind, Ranges> heaps = sorted(tx, partial, held, said);
        Map<Long, Instant> made = made(tx, partial.chain, held);
        List<Gap> gaps = new ArrayList<>();
        heaps.forEach((kind, heap) -> heap.list().forEach(range -> {
            Optional<Instant> after = Optional.ofNullable(made.get(before(held, range.getFirst())));
            Instant before = made.getOrDefault(after(held, range.getLast()), partial.highestBy);
            gaps.add(new Gap(
                    kind, partial.chain.boot(), range.getFirst(), range.getLast(), after, before, partial.asked));
        }));
        return gaps;
    }

    private Map<Gap.Kind, Ranges> sorted(Handle tx, Partial partial, Ranges held, List<Said> said) {
        Ranges rest = Ranges.between(1, partial.highest).without(held);
        Ranges pending = new Ranges();
        said.forEach(s -> pending.addAll(Pending.of(s.status(), partial.chain)));
        Map<Gap.Kind, Ranges> heaps = new EnumMap<>(Gap.Kind.class);
        heaps.put(Gap.Kind.PENDING, rest.and(pending));
        rest = rest.without(pending);
        Ranges aside = books.ledger().setAside(tx, partial.chain);
        heaps.put(Gap.Kind.SET_ASIDE, rest.and(aside));
        rest = rest.without(aside);
        Ranges lost = books.gaps().lost(tx, partial.chain);
        heaps.put(Gap.Kind.LOST, rest.and(lost));
        heaps.put(Gap.Kind.MISSING, rest.without(lost));
        return heaps;
    }

    /** When the blocks at the edges of what is held were made. */
    private Map<Long, Instant> made(Handle tx, ChainId chain, Ranges held) {
        Set<Long> edges = new HashSet<>();
        for (SequenceRange range : held.list()) {
            edges.add(range.getFirst());
            edges.add(range.getLast());
        }
        Map<Long, Instant> made = new HashMap<>();
        books.chains().links(tx, chain, edges).forEach((sequence, link) -> made.put(sequence, link.made()));
        return made;
    }

    private static long before(Ranges held, long first) {
        return held.and(Ranges.between(1, first)).highest();
    }

    /** The first held block behind; 0 where there is none. */
    private static long after(Ranges held, long last) {
        List<SequenceRange> behind =
                held.and(Ranges.between(last, Claims.HIGHEST_SEQUENCE)).list();
        return behind.isEmpty() ? 0 : behind.getFirst().getFirst();
    }

    private static Query ofDevice(Handle tx, String sql, Optional<String> device, String end) {
        String alias = sql.contains("ingest_stream s") ? "s." : "";
        Query query = tx.createQuery(
                sql + device.map(d -> " AND " + alias + "device = :device").orElse("") + end);
        device.ifPresent(d -> query.bind("device", d));
        return query;
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
    }
}
