package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of parties, and the words by which they are found. */
final class Parties {
    private static final int MOST_WORDS_TYPED = 3;
    private static final int MOST_HOPS = 10;
    private static final int MOST_JOINED = 50;
    private static final int AT_ONCE = 500;
    private static final String SELECT = """
            SELECT p.id, p.kind, p.written, p.kana, p.latin, p.born, p.town_id, p.town, p.address_rest, p.phone, p.mail,
                   p.language
            FROM people_party p
            """;

    private final InstantSource clock;

    Parties(InstantSource clock) {
        this.clock = clock;
    }

    String add(Handle tx, NewParty facts) {
        Instant now = clock.instant();
        long id = bound(tx.createUpdate("""
                INSERT INTO people_party (kind, written, kana, latin, born, town_id, town, address_rest, phone, mail,
                                          language, created_ms, changed_ms)
                VALUES (:kind, :written, :kana, :latin, :born, :townId, :town, :rest, :phone, :mail,
                        :language, :now, :now)
                """), facts, now)
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
        index(tx, id, facts);
        return Long.toString(id);
    }

    /** Writes other facts over a party's; true if the party is there. */
    boolean change(Handle tx, String id, NewParty facts) {
        long number = number(id);
        int changed = bound(tx.createUpdate("""
                UPDATE people_party SET kind = :kind, written = :written, kana = :kana, latin = :latin, born = :born,
                    town_id = :townId, town = :town, address_rest = :rest, phone = :phone, mail = :mail,
                    language = :language, changed_ms = :now
                WHERE id = :id AND erased_ms IS NULL
                """), facts, clock.instant())
                .bind("id", number)
                .execute();
        if (changed > 0) {
            index(tx, number, facts);
        }
        return changed > 0;
    }

    /** The party, or the one with which it was joined; empty for what is no id, too. */
    Optional<Party> party(Handle tx, String id) {
        return entry(tx, Long.toString(stays(tx, number(id))));
    }

    /** The entry as it stands by itself, also if it was joined with another or erased. */
    Optional<Party> entry(Handle tx, String id) {
        long number = number(id);
        return number == 0
                ? Optional.empty()
                : tx.createQuery(SELECT + " WHERE p.id = :id")
                        .bind("id", number)
                        .map(Parties::ofRow)
                        .findOne();
    }

    /** The entry where it is neither joined with another nor erased. */
    Optional<Party> itself(Handle tx, String id) {
        return tx.createQuery(SELECT + " WHERE p.id = :id AND p.merged_into IS NULL AND p.erased_ms IS NULL")
                .bind("id", number(id))
                .map(Parties::ofRow)
                .findOne();
    }

    boolean erased(Handle tx, String id) {
        return itself(tx, id).isEmpty();
    }

    /** The id under which a party is kept now: its own, or that of the entry with which it was joined. */
    static long stays(Handle tx, long id) {
        long at = id;
        for (int hops = 0; hops < MOST_HOPS; hops++) {
            Optional<Long> next = tx.createQuery(
                            "SELECT merged_into FROM people_party WHERE id = ? AND merged_into > 0")
                    .bind(0, at)
                    .mapTo(Long.class)
                    .findOne();
            if (next.isEmpty()) {
                return at;
            }
            at = next.get();
        }
        throw PeopleException.unknownParty(Long.toString(id));
    }

    static String stays(Handle tx, String id) {
        return Long.toString(stays(tx, number(id)));
    }

    /** The id itself, and those of the entries that were joined with it; at most 50. */
    static List<String> ids(Handle tx, String id) {
        List<String> all = new ArrayList<>(List.of(id));
        for (int i = 0; i < all.size() && all.size() < MOST_JOINED; i++) {
            all.addAll(tx.createQuery("SELECT id FROM people_party WHERE merged_into = ? ORDER BY id")
                    .bind(0, number(all.get(i)))
                    .mapTo(String.class)
                    .list());
        }
        return all;
    }

    /** Those with greater ids, in the order of their ids. */
    List<Party> after(Handle tx, long after, int most) {
        return tx.createQuery(SELECT + """
                 WHERE p.id > :after AND p.erased_ms IS NULL AND p.merged_into IS NULL
                ORDER BY p.id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("after", after)
                .bind("most", most)
                .map(Parties::ofRow)
                .list();
    }

    /**
     * Those in whose names or telephone number each typed word begins a word, at most three words, in order of their
     * kana.
     */
    List<Party> search(Handle tx, String text, int most) {
        List<String> words = Folded.typed(text, MOST_WORDS_TYPED);
        if (words.isEmpty()) {
            return List.of();
        }
        StringBuilder sql = new StringBuilder(SELECT).append(" WHERE p.erased_ms IS NULL AND p.merged_into IS NULL");
        for (int i = 0; i < words.size(); i++) {
            sql.append(" AND p.id IN (SELECT party_id FROM people_word WHERE word LIKE :word")
                    .append(i)
                    .append(" ESCAPE '!')");
        }
        Query query = tx.createQuery(sql + " ORDER BY p.kana, p.written, p.id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most);
        for (int i = 0; i < words.size(); i++) {
            query.bind("word" + i, words.get(i).replaceAll("([!%_])", "!$1") + "%");
        }
        return query.map(Parties::ofRow).list();
    }

    /** 0 for what is no id. */
    static long number(String id) {
        return id.matches("[1-9]\\d{0,17}") ? Long.parseLong(id) : 0;
    }

    static Party ofRow(ResultSet row, StatementContext context) throws SQLException {
        String born = row.getString("born");
        String town = row.getString("town");
        return new Party(
                Long.toString(row.getLong("id")),
                Party.Kind.ofCode(row.getString("kind")),
                new Names(row.getString("written"), row.getString("kana"), row.getString("latin")),
                born.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(born)),
                town.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Address(row.getString("town_id"), town, row.getString("address_rest"))),
                row.getString("phone"),
                row.getString("mail"),
                Language.ofCode(row.getString("language")).orElse(Language.JA));
    }

    private static <S extends SqlStatement<S>> S bound(S statement, NewParty facts, Instant now) {
        return statement
                .bind("kind", facts.kind().code())
                .bind("written", facts.names().written())
                .bind("kana", facts.names().kana())
                .bind("latin", facts.names().latin())
                .bind("born", facts.born().map(LocalDate::toString).orElse(""))
                .bind("townId", facts.address().map(Address::townId).orElse(""))
                .bind("town", facts.address().map(Address::town).orElse(""))
                .bind("rest", facts.address().map(Address::rest).orElse(""))
                .bind("phone", facts.phone())
                .bind("mail", facts.mail())
                .bind("language", facts.language().code())
                .bind("now", now.toEpochMilli());
    }

    /** Writes by what parties are compared, where a version before did not. */
    void compareAll(Handle tx) {
        if (!Alike.empty(tx)) {
            return;
        }
        long last = 0;
        for (List<Party> some = after(tx, last, AT_ONCE); !some.isEmpty(); some = after(tx, last, AT_ONCE)) {
            some.forEach(party -> Alike.index(tx, number(party.id()), party.facts()));
            last = number(some.getLast().id());
        }
    }

    private static void index(Handle tx, long id, NewParty facts) {
        Alike.index(tx, id, facts);
        tx.execute("DELETE FROM people_word WHERE party_id = ?", id);
        Names names = facts.names();
        PreparedBatch batch = tx.prepareBatch("INSERT INTO people_word (party_id, word) VALUES (?, ?)");
        Folded.words(List.of(
                        names.written(),
                        names.kana(),
                        names.latin(),
                        facts.phone().replaceAll("\\D", "")))
                .forEach(word -> batch.add(id, word));
        batch.execute();
    }
}
