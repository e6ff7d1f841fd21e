package city.hamana.sensing.vee;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The tables of meters, doubts, late days and profiles. */
final class Store {
    private static final long IN_USE = -1;
    private static final int PROFILE_DAYS = 28;

    /** What is known of meters; one of which nothing was told is not there. */
    Map<String, MeterFacts> facts(Handle tx) {
        return facts(tx.createQuery("SELECT meter, bore_mm, customer, closed_ms FROM vee_meter"));
    }

    /** What is known of these meters, at most a slice's. */
    Map<String, MeterFacts> facts(Handle tx, List<String> meters) {
        return facts(
                tx.createQuery("SELECT meter, bore_mm, customer, closed_ms FROM vee_meter WHERE meter IN (<meters>)")
                        .bindList("meters", meters));
    }

    private static Map<String, MeterFacts> facts(Query query) {
        Map<String, MeterFacts> facts = new HashMap<>();
        query.map((row, context) -> facts(row)).forEach(one -> facts.put(one.meter(), one));
        return facts;
    }

    private static MeterFacts facts(ResultSet row) throws SQLException {
        long closed = row.getLong(4);
        return new MeterFacts(
                row.getString(1),
                row.getInt(2),
                Customer.ofCode(row.getString(3)),
                closed == IN_USE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(closed)));
    }

    void describe(Handle tx, MeterFacts facts) {
        long closed = facts.closed().map(Instant::toEpochMilli).orElse(IN_USE);
        String customer = facts.customer().code();
        int known = tx.execute(
                "UPDATE vee_meter SET bore_mm = ?, customer = ?, closed_ms = ? WHERE meter = ?",
                facts.boreMm(),
                customer,
                closed,
                facts.meter());
        if (known == 0) {
            tx.execute(
                    "INSERT INTO vee_meter (bore_mm, customer, closed_ms, meter) VALUES (?, ?, ?, ?)",
                    facts.boreMm(),
                    customer,
                    closed,
                    facts.meter());
        }
    }

    // --- Doubts ----------------------------------------------------------------------------------------------------

    void forget(Handle tx, Map<String, List<Integer>> days) {
        PreparedBatch batch = tx.prepareBatch("DELETE FROM vee_doubt WHERE day_no = ? AND meter = ?");
        days.forEach((meter, all) -> all.forEach(day -> batch.add(day, meter)));
        Stream.of(batch).filter(b -> b.size() > 0).forEach(PreparedBatch::execute);
    }

    void add(Handle tx, List<MeterDoubt> found) {
        PreparedBatch batch = tx.prepareBatch(
                "INSERT INTO vee_doubt (day_no, meter, code, at_ms, times, seen, bound) VALUES (?, ?, ?, ?, ?, ?, ?)");
        for (MeterDoubt one : found) {
            Doubt doubt = one.doubt();
            batch.add(
                    one.day(),
                    one.meter(),
                    doubt.code().code(),
                    doubt.at().toEpochMilli(),
                    doubt.times(),
                    doubt.value(),
                    doubt.limit());
        }
        Stream.of(batch).filter(b -> b.size() > 0).forEach(PreparedBatch::execute);
    }

    /** How many meters have each code on a day. */
    Map<Code, Integer> counts(Handle tx, int day) {
        Map<Code, Integer> counts = new HashMap<>();
        tx.createQuery("SELECT code, COUNT(*) FROM vee_doubt WHERE day_no = :day GROUP BY code")
                .bind("day", day)
                .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(row -> Code.ofCode(row.getKey()).ifPresent(code -> counts.put(code, row.getValue())));
        return counts;
    }

    /** The doubts of a day, by meter; of one code, or of all. */
    List<MeterDoubt> found(Handle tx, int day, Optional<Code> code, int most) {
        String where = code.isPresent() ? " AND code = :code" : "";
        Query query = tx.createQuery("""
                SELECT day_no, meter, code, at_ms, times, seen, bound FROM vee_doubt WHERE day_no = :day""" + where + " ORDER BY meter, code OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("day", day)
                .bind("most", most);
        code.ifPresent(c -> query.bind("code", c.code()));
        return query.map((row, context) -> found(row)).list();
    }

    /** One meter's doubts of a day. */
    List<Doubt> of(Handle tx, int day, String meter) {
        return tx.createQuery("""
                SELECT day_no, meter, code, at_ms, times, seen, bound FROM vee_doubt
                WHERE day_no = :day AND meter = :meter ORDER BY code
                """)
                .bind("day", day)
                .bind("meter", meter)
                .map((row, context) -> found(row).doubt())
                .list();
    }

    private static MeterDoubt found(ResultSet row) throws SQLException {
        Code code = Code.ofCode(row.getString(3)).orElseThrow();
        Doubt doubt =
                new Doubt(code, Instant.ofEpochMilli(row.getLong(4)), row.getInt(5), row.getLong(6), row.getLong(7));
        return new MeterDoubt(row.getInt(1), row.getString(2), doubt);
    }

    // --- Late days -------------------------------------------------------------------------------------------------

    void late(Handle tx, String meter, int day) {
        boolean known =
                tx.execute("UPDATE vee_late SET day_no = ? WHERE meter = ? AND day_no = ?", day, meter, day) == 1;
        if (!known) {
            tx.execute("INSERT INTO vee_late (meter, day_no) VALUES (?, ?)", meter, day);
        }
    }

    /** A meter with days to be done again. */
    record Late(String meter, int firstDay, int lastDay) {}

    List<Late> late(Handle tx, int most) {
        return tx.createQuery("""
                SELECT meter, MIN(day_no), MAX(day_no) FROM vee_late GROUP BY meter
                ORDER BY meter OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", most)
                .map((row, context) -> new Late(row.getString(1), row.getInt(2), row.getInt(3)))
                .list();
    }

    void done(Handle tx, Late late) {
        tx.execute(
                "DELETE FROM vee_late WHERE meter = ? AND day_no >= ? AND day_no <= ?",
                late.meter,
                late.firstDay,
                late.lastDay);
    }

    // --- Profiles --------------------------------------------------------------------------------------------------

    /** The profiles of the four weeks before a day. */
    Profiles profiles(Handle tx, int day) {
        Profiles profiles = new Profiles();
        tx.createQuery(
                        "SELECT day_no, customer, bore_mm, packed FROM vee_profile WHERE day_no >= :first AND day_no < :day")
                .bind("first", day - PROFILE_DAYS)
                .bind("day", day)
                .map((row, context) -> new Profiles.Kept(
                        row.getInt(1), row.getString(2), row.getInt(3), Profile.read(row.getBytes(4))))
                .forEach(profiles::add);
        return profiles;
    }

    /** Adds what a slice of meters gave to what its part of the run has gathered. */
    void gather(Handle tx, int part, Collection<Profiles.Kept> gathered) {
        for (Profiles.Kept kept : gathered) {
            Optional<byte[]> before = tx.createQuery("""
                    SELECT packed FROM vee_profile
                    WHERE day_no = :day AND customer = :customer AND bore_mm = :bore AND part = :part
                    """)
                    .bind("day", kept.day())
                    .bind("customer", kept.customer())
                    .bind("bore", kept.boreMm())
                    .bind("part", part)
                    .map((row, context) -> row.getBytes(1))
                    .findOne();
            Profile all =
                    before.map(bytes -> Profile.read(bytes).and(kept.profile())).orElse(kept.profile());
            String sql = before.isPresent()
                    ? "UPDATE vee_profile SET packed = ? WHERE day_no = ? AND customer = ? AND bore_mm = ? AND part = ?"
                    : "INSERT INTO vee_profile (packed, day_no, customer, bore_mm, part) VALUES (?, ?, ?, ?, ?)";
            tx.execute(sql, all.bytes(), kept.day(), kept.customer(), kept.boreMm(), part);
        }
    }
}
