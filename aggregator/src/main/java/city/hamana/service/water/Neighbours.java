package city.hamana.service.water;

import city.hamana.platform.db.Database;
import city.hamana.sensing.vee.Use;
import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Once a month, what homes alike have used: of the same bore, and where people have said so of as many persons. */
final class Neighbours {
    /** A home counts where so many of a hundred hours of the month are known. */
    private static final int KNOWN_PERCENT = 90;

    private static final int HOURS = 24;

    private final Database database;
    private final Clock clock;
    private final Vee vee;
    private final Contracts contracts;

    Neighbours(Database database, Clock clock, Vee vee, Contracts contracts) {
        this.database = database;
        this.clock = clock;
        this.vee = vee;
        this.contracts = contracts;
    }

    /** What counts a home among its like. */
    record Kind(int bore, int persons) {}

    /** Reckons the last whole month, if that was not done before. */
    void reckon() {
        LocalDate month = LocalDate.now(clock).withDayOfMonth(1).minusMonths(1);
        if (database.holds(tx -> reckoned(tx, month))) {
            return;
        }
        Map<String, Kind> kinds = database.inTransaction(contracts::kinds);
        Map<Kind, List<Long>> groups = new HashMap<>();
        vee.each(month, month.plusMonths(1).minusDays(1), (meter, from, hours) -> add(groups, kinds.get(meter), hours));
        database.inTransaction(tx -> {
            tx.execute("DELETE FROM water_peer WHERE month_day = ?", month.toEpochDay());
            groups.forEach((kind, days) -> keep(tx, month, kind, days));
            // Where no kind has ten homes the month is done, too: it has a row that nobody is shown.
            tx.execute(
                    "INSERT INTO water_peer (month_day, bore, persons, homes, quarter_ml, half_ml, three_ml)"
                            + " VALUES (?, 0, 0, 0, 0, 0, 0)",
                    month.toEpochDay());
            return month;
        });
    }

    private static void add(Map<Kind, List<Long>> groups, Kind kind, List<Use> hours) {
        Total total = Total.of(hours);
        if (kind == null || total.known() * 100L < (long) hours.size() * KNOWN_PERCENT) {
            return;
        }
        long aDay = total.millilitres() * HOURS / total.known();
        groups.computeIfAbsent(new Kind(kind.bore, 0), k -> new ArrayList<>()).add(aDay);
        if (kind.persons > 0) {
            groups.computeIfAbsent(kind, k -> new ArrayList<>()).add(aDay);
        }
    }

    private static void keep(Handle tx, LocalDate month, Kind kind, List<Long> days) {
        if (days.size() < Peers.LEAST_HOMES) {
            return;
        }
        Collections.sort(days);
        tx.execute(
                "INSERT INTO water_peer (month_day, bore, persons, homes, quarter_ml, half_ml, three_ml)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                month.toEpochDay(),
                kind.bore,
                kind.persons,
                days.size(),
                days.get(days.size() / 4),
                days.get(days.size() / 2),
                days.get(days.size() * 3 / 4));
    }

    private static boolean reckoned(Handle tx, LocalDate month) {
        return tx.createQuery("SELECT COUNT(*) FROM water_peer WHERE month_day = :month")
                        .bind("month", month.toEpochDay())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Homes like that of a contract in a month; those of as many persons where there are ten. */
    Optional<Peers> of(Handle tx, Contract contract, LocalDate month) {
        return tx.createQuery("""
                SELECT bore, persons, homes, quarter_ml, half_ml, three_ml FROM water_peer
                WHERE month_day = :month AND bore = :bore AND persons IN (0, :persons) AND homes >= :least
                ORDER BY persons DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
                """)
                .bind("month", month.toEpochDay())
                .bind("bore", contract.bore())
                .bind("persons", contract.persons())
                .bind("least", Peers.LEAST_HOMES)
                .map((row, context) -> new Peers(
                        row.getInt(1), row.getInt(2), row.getInt(3), row.getLong(4), row.getLong(5), row.getLong(6)))
                .findOne();
    }
}
