package city.hamana.service.water;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables of contracts and of their plans. */
final class Contracts {
    private static final String COLUMNS = """
            SELECT number, account, bore, sewer, scheme, odd_months, name, address, district, persons, e_bill, from_day,
                until_day, start_ml FROM water_contract
            """;
    private static final long GOES_ON = -1;

    Optional<Contract> numbered(Handle tx, String number) {
        return tx.createQuery(COLUMNS + " WHERE number = :number")
                .bind("number", number)
                .map(Contracts::contract)
                .findOne();
    }

    /** The contract of an account on a day. */
    Optional<Contract> of(Handle tx, String account, LocalDate day) {
        return tx.createQuery(COLUMNS + """
                 WHERE account = :account AND from_day <= :day AND (until_day = -1 OR until_day > :day)
                ORDER BY from_day DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
                """)
                .bind("account", account)
                .bind("day", day.toEpochDay())
                .map(Contracts::contract)
                .findOne();
    }

    /** Contracts of a cycle behind a number, in order of numbers: those that a closing day may bill. */
    List<Contract> due(Handle tx, boolean oddMonths, LocalDate closing, String after, int most) {
        return tx.createQuery(COLUMNS + """
                 WHERE odd_months = :odd AND number > :after AND from_day < :closing
                ORDER BY number OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("odd", oddMonths ? 1 : 0)
                .bind("after", after)
                .bind("closing", closing.toEpochDay())
                .bind("most", most)
                .map(Contracts::contract)
                .list();
    }

    long dueCount(Handle tx, boolean oddMonths, LocalDate closing) {
        return tx.createQuery("SELECT COUNT(*) FROM water_contract WHERE odd_months = :odd AND from_day < :closing")
                .bind("odd", oddMonths ? 1 : 0)
                .bind("closing", closing.toEpochDay())
                .mapTo(Long.class)
                .one();
    }

    /** Contracts whose number, name, address or account holds a text, in order of numbers. */
    List<Contract> search(Handle tx, String text, int most) {
        return tx.createQuery(COLUMNS + """
                 WHERE number LIKE :text ESCAPE '!' OR name LIKE :text ESCAPE '!' OR address LIKE :text ESCAPE '!'
                    OR account LIKE :text ESCAPE '!'
                ORDER BY number OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("text", "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%")
                .bind("most", most)
                .map(Contracts::contract)
                .list();
    }

    /** Of each meter that is in where somebody is supplied: its bore and how many live there. */
    Map<String, Neighbours.Kind> kinds(Handle tx) {
        Map<String, Neighbours.Kind> kinds = new HashMap<>();
        tx.createQuery("""
                SELECT COALESCE(i.meter, c.account), c.bore, c.persons FROM water_contract c
                LEFT JOIN water_installation i ON i.account = c.account AND i.to_ms = -1
                WHERE c.until_day = -1
                """)
                .map((row, context) -> Map.entry(row.getString(1), new Neighbours.Kind(row.getInt(2), row.getInt(3))))
                .forEach(entry -> kinds.put(entry.getKey(), entry.getValue()));
        return kinds;
    }

    /** All open ones with the meter that is in. */
    List<Supplied> supplied(Handle tx) {
        return tx.createQuery("""
                SELECT c.number, COALESCE(i.meter, c.account), c.district, c.e_bill FROM water_contract c
                LEFT JOIN water_installation i ON i.account = c.account AND i.to_ms = -1
                WHERE c.until_day = -1 ORDER BY c.number
                """)
                .map((row, context) ->
                        new Supplied(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)))
                .list();
    }

    /** The verification of a meter holds until the day before this one. */
    void seal(Handle tx, String meter, LocalDate until) {
        tx.execute("DELETE FROM water_seal WHERE meter = ?", meter);
        tx.execute("INSERT INTO water_seal (meter, until_day) VALUES (?, ?)", meter, until.toEpochDay());
    }

    /** The day on which most of the homes that are in a trial came into it; empty while none is. */
    Optional<LocalDate> trialBegan(Handle tx, LocalDate today) {
        return tx.createQuery("""
                SELECT from_day FROM water_plan WHERE plan = 'trial' AND from_day <= :today
                GROUP BY from_day ORDER BY COUNT(*) DESC, from_day DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
                """)
                .bind("today", today.toEpochDay())
                .mapTo(Long.class)
                .findOne()
                .map(LocalDate::ofEpochDay);
    }

    /** Those that came into the trial on a day and have not left it. */
    List<Contract> inTrial(Handle tx, LocalDate from) {
        return tx.createQuery(COLUMNS + """
                 WHERE until_day = -1 AND number IN (SELECT contract FROM water_plan WHERE plan = 'trial' AND from_day = :from)
                    AND number NOT IN (SELECT contract FROM water_plan WHERE from_day > :from)
                ORDER BY number
                """)
                .bind("from", from.toEpochDay())
                .map(Contracts::contract)
                .list();
    }

    /** Those in the same districts that were never in a trial. */
    List<Contract> besideTrial(Handle tx, LocalDate from, int most) {
        return tx.createQuery(COLUMNS + """
                 WHERE until_day = -1 AND number NOT IN (SELECT contract FROM water_plan) AND district IN
                    (SELECT district FROM water_contract WHERE number IN
                        (SELECT contract FROM water_plan WHERE plan = 'trial' AND from_day = :from))
                ORDER BY number OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("from", from.toEpochDay())
                .bind("most", most)
                .map(Contracts::contract)
                .list();
    }

    long count(Handle tx) {
        return tx.createQuery("SELECT COUNT(*) FROM water_contract")
                .mapTo(Long.class)
                .one();
    }

    void add(Handle tx, List<Contract> contracts) {
        if (contracts.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO water_contract (number, account, bore, sewer, scheme, odd_months, name, address, district, persons,
                    e_bill, from_day, until_day, start_ml)
                VALUES (:number, :account, :bore, :sewer, :scheme, :odd, :name, :address, :district, :persons, :eBill, :from,
                    :until, :start)
                """);
        for (Contract contract : contracts) {
            batch.bind("number", contract.number())
                    .bind("account", contract.account())
                    .bind("bore", contract.bore())
                    .bind("sewer", contract.sewer())
                    .bind("scheme", contract.scheme())
                    .bind("odd", contract.oddMonths() ? 1 : 0)
                    .bind("name", contract.name())
                    .bind("address", contract.address())
                    .bind("district", contract.district())
                    .bind("persons", contract.persons())
                    .bind("eBill", contract.electronic())
                    .bind("from", contract.from().toEpochDay())
                    .bind("until", contract.until().map(LocalDate::toEpochDay).orElse(GOES_ON))
                    .bind("start", contract.startMillilitres())
                    .add();
        }
        batch.execute();
    }

    /** Bills without paper, or with it. */
    void electronic(Handle tx, Contract contract, boolean wanted) {
        tx.execute("UPDATE water_contract SET e_bill = ? WHERE number = ?", wanted, contract.number());
    }

    void persons(Handle tx, Contract contract, int living) {
        tx.execute("UPDATE water_contract SET persons = ? WHERE number = ?", living, contract.number());
    }

    void scheme(Handle tx, Contract contract, String scheme) {
        tx.execute("UPDATE water_contract SET scheme = ? WHERE number = ?", scheme, contract.number());
    }

    /** Ends supply with a day, or lets it go on. */
    void end(Handle tx, Contract contract, Optional<LocalDate> until) {
        tx.execute(
                "UPDATE water_contract SET until_day = ? WHERE number = ?",
                until.map(LocalDate::toEpochDay).orElse(GOES_ON),
                contract.number());
    }

    /** The plan that holds on a day; the ordinary one where nothing was wished. */
    Plan plan(Handle tx, String number, LocalDate day) {
        return Plan.on(plans(tx, List.of(number)).getOrDefault(number, new TreeMap<>()), day);
    }

    /**
     * The plans of contracts by the day they hold from; no entry where nothing was wished.
     *
     * @param numbers at most a few hundred
     */
    Map<String, NavigableMap<LocalDate, Plan>> plans(Handle tx, List<String> numbers) {
        Map<String, NavigableMap<LocalDate, Plan>> plans = new HashMap<>();
        if (!numbers.isEmpty()) {
            tx.createQuery("SELECT contract, from_day, plan FROM water_plan WHERE contract IN (<numbers>)")
                    .bindList("numbers", numbers)
                    .map((row, context) -> Map.entry(
                            row.getString(1),
                            Map.entry(
                                    LocalDate.ofEpochDay(row.getLong(2)),
                                    Plan.ofCode(row.getString(3)).orElseThrow())))
                    .forEach(found -> plans.computeIfAbsent(found.getKey(), number -> new TreeMap<>())
                            .put(found.getValue().getKey(), found.getValue().getValue()));
        }
        return plans;
    }

    /** From a day on the contract is billed by this plan; what was to begin then or later does not. */
    void plan(Handle tx, String number, LocalDate from, Plan plan, Instant now) {
        tx.execute("DELETE FROM water_plan WHERE contract = ? AND from_day >= ?", number, from.toEpochDay());
        tx.execute(
                "INSERT INTO water_plan (contract, from_day, plan, wished_ms) VALUES (?, ?, ?, ?)",
                number,
                from.toEpochDay(),
                plan.code(),
                now.toEpochMilli());
    }

    private static Contract contract(ResultSet row, StatementContext context) throws SQLException {
        long until = row.getLong(13);
        return new Contract(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getBoolean(4),
                row.getString(5),
                row.getInt(6) == 1,
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getInt(10),
                row.getBoolean(11),
                LocalDate.ofEpochDay(row.getLong(12)),
                until == GOES_ON ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(until)),
                row.getLong(14));
    }
}
