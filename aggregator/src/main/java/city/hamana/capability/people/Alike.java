package city.hamana.capability.people;

import city.hamana.platform.access.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Entries that may be one person's: of name, day of birth, telephone and mail, two agree. A telephone and a mail address
 * alone do not count, for families share both. What is compared is folded, so that neither a space nor a form of a
 * character hides anybody.
 */
final class Alike {
    /** Each pair that is shown leaves its trace with both. */
    private static final int MOST = 60;

    /** Two entries, and what agrees: {@code name-born}. */
    record Pair(String one, String other, Set<String> facts) {}

    private Alike() {}

    /** Keeps by what a party is compared, instead of what was kept before. */
    static void index(Handle tx, long id, NewParty facts) {
        tx.execute("DELETE FROM people_alike WHERE party_id = ?", id);
        PreparedBatch batch = tx.prepareBatch("INSERT INTO people_alike (party_id, facts, hash) VALUES (?, ?, ?)");
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String name : List.of(facts.names().written(), facts.names().kana())) {
            String folded = Folded.fold(name).replaceAll("[\\s\\p{Z}\\p{P}]", "");
            put(hashes, facts, "name-born", folded, born(facts));
            put(hashes, facts, "name-phone", folded, phone(facts));
            put(hashes, facts, "name-mail", folded, Accounts.mail(facts.mail()));
        }
        put(hashes, facts, "born-phone", born(facts), phone(facts));
        put(hashes, facts, "born-mail", born(facts), Accounts.mail(facts.mail()));
        if (!hashes.isEmpty()) {
            hashes.forEach((hash, kind) -> batch.add(id, kind, hash));
            batch.execute();
        }
    }

    /** Pairs that nobody has decided about yet, at most 60 agreements. */
    static List<Pair> pairs(Handle tx) {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        tx.createQuery("""
                SELECT a.party_id AS one, b.party_id AS other, a.facts
                FROM people_alike a
                JOIN people_alike b ON b.hash = a.hash AND a.party_id < b.party_id
                JOIN people_party p ON p.id = a.party_id AND p.merged_into IS NULL AND p.erased_ms IS NULL
                JOIN people_party q ON q.id = b.party_id AND q.merged_into IS NULL AND q.erased_ms IS NULL
                WHERE NOT EXISTS (SELECT 1 FROM people_merge m WHERE m.state IN ('asked', 'apart', 'undone')
                    AND ((m.gone_id = a.party_id AND m.stays_id = b.party_id)
                      OR (m.gone_id = b.party_id AND m.stays_id = a.party_id)))
                ORDER BY a.party_id, b.party_id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", MOST)
                .map((row, context) -> List.of(row.getString(1), row.getString(2), row.getString(3)))
                .forEach(row -> pairs.computeIfAbsent(
                                row.get(0) + "-" + row.get(1), key -> new Pair(row.get(0), row.get(1), new TreeSet<>()))
                        .facts
                        .add(row.get(2)));
        return new ArrayList<>(pairs.values());
    }

    static boolean empty(Handle tx) {
        return tx.createQuery("SELECT COUNT(*) FROM people_alike")
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    private static void put(Map<String, String> hashes, NewParty facts, String kind, String one, String other) {
        if (!one.isEmpty() && !other.isEmpty()) {
            hashes.putIfAbsent(Secret.hash(facts.kind().code() + "\n" + kind + "\n" + one + "\n" + other), kind);
        }
    }

    private static String born(NewParty facts) {
        return facts.born().map(Object::toString).orElse("");
    }

    private static String phone(NewParty facts) {
        return facts.phone().replaceAll("\\D", "");
    }
}
