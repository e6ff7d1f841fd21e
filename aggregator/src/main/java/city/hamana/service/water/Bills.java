package city.hamana.service.water;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of bills. A bill is written once; later only that it was reversed. */
final class Bills {
    private static final int LOOKED_BACK = 7;
    private static final int AVERAGED = 3;
    private static final int SAME_TIME_DAYS = 20;
    private static final String COLUMNS = """
            SELECT id, contract, from_day, until_day, correction, from_ml, until_ml, cubic_metres, plan, sheet, issued_day,
                due_day, party, charge, reversed FROM water_bill
            """;

    /** The newest that stands. */
    Optional<Bill> last(Handle tx, String contract) {
        return standing(tx, contract, 1).stream().findFirst();
    }

    /** Where the newest bills that stand ended: the day after, and the register then. */
    record End(LocalDate until, long millilitres) {}

    /**
     * Of each contract the end of its newest bill that stands; no entry where there is none.
     *
     * @param contracts at most a few hundred
     */
    Map<String, End> ends(Handle tx, List<String> contracts) {
        Map<String, End> ends = new HashMap<>();
        if (!contracts.isEmpty()) {
            // The newest comes last and stays.
            tx.createQuery("""
                    SELECT contract, until_day, until_ml FROM water_bill WHERE contract IN (<contracts>) AND reversed = ''
                    ORDER BY until_day, correction
                    """)
                    .bindList("contracts", contracts)
                    .map((row, context) ->
                            Map.entry(row.getString(1), new End(LocalDate.ofEpochDay(row.getLong(2)), row.getLong(3))))
                    .forEach(end -> ends.put(end.getKey(), end.getValue()));
        }
        return ends;
    }

    /** Those that stand, the newest first. */
    List<Bill> standing(Handle tx, String contract, int most) {
        return tx.createQuery(COLUMNS + """
                 WHERE contract = :contract AND reversed = '' ORDER BY until_day DESC, correction DESC
                OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("contract", contract)
                .bind("most", most)
                .map(Bills::bill)
                .list();
    }

    /** All of a period, the newest correction first. */
    List<Bill> ofPeriod(Handle tx, String contract, LocalDate until) {
        return tx.createQuery(COLUMNS + " WHERE contract = :contract AND until_day = :until ORDER BY correction DESC")
                .bind("contract", contract)
                .bind("until", until.toEpochDay())
                .map(Bills::bill)
                .list();
    }

    /** Those of a party that stand, the newest first. */
    List<Bill> of(Handle tx, List<String> parties, int most) {
        return tx.createQuery(COLUMNS + """
                 WHERE party IN (<parties>) AND reversed = '' ORDER BY until_day DESC, contract
                OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bindList("parties", parties)
                .bind("most", most)
                .map(Bills::bill)
                .list();
    }

    /** Cubic metres of the same time a year before, else the mean of the last three bills; 0 where there is none. */
    long usual(Handle tx, String contract, Period period) {
        List<Bill> before = standing(tx, contract, LOOKED_BACK).stream()
                .filter(bill -> !bill.period().until().isAfter(period.from()))
                .toList();
        LocalDate yearAgo = period.until().minusYears(1);
        return before.stream()
                .filter(bill -> Math.abs(bill.period().until().toEpochDay() - yearAgo.toEpochDay()) < SAME_TIME_DAYS)
                .mapToLong(Bill::cubicMetres)
                .findFirst()
                .orElseGet(() -> Math.round(before.stream()
                        .limit(AVERAGED)
                        .mapToLong(Bill::cubicMetres)
                        .average()
                        .orElse(0)));
    }

    void add(Handle tx, List<Bill> bills) {
        if (bills.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO water_bill (contract, from_day, until_day, correction, from_ml, until_ml, cubic_metres, plan, yen,
                    sheet, issued_day, due_day, party, charge, reversed, reversed_by)
                VALUES (:contract, :from, :until, :correction, :fromMl, :untilMl, :cubicMetres, :plan, :yen, :sheet, :issued,
                    :due, :party, :charge, '', '')
                """);
        for (Bill bill : bills) {
            batch.bind("contract", bill.contract())
                    .bind("from", bill.period().from().toEpochDay())
                    .bind("until", bill.period().until().toEpochDay())
                    .bind("correction", bill.correction())
                    .bind("fromMl", bill.fromMillilitres())
                    .bind("untilMl", bill.untilMillilitres())
                    .bind("cubicMetres", bill.cubicMetres())
                    .bind("plan", bill.plan().code())
                    .bind("yen", bill.yen())
                    .bind("sheet", SheetJson.write(bill.sheet()))
                    .bind("issued", bill.issued().toEpochDay())
                    .bind("due", bill.due().toEpochDay())
                    .bind("party", bill.party())
                    .bind("charge", bill.charge())
                    .add();
        }
        batch.execute();
    }

    /** Marks a bill as reversed; false if somebody else has done it meanwhile. */
    boolean reverse(Handle tx, Bill bill, String reason, String actor) {
        return tx.execute(
                        "UPDATE water_bill SET reversed = ?, reversed_by = ? WHERE id = ? AND reversed = ''",
                        reason,
                        actor,
                        bill.id())
                == 1;
    }

    private static Bill bill(ResultSet row, StatementContext context) throws SQLException {
        return new Bill(
                row.getLong(1),
                row.getString(2),
                new Period(LocalDate.ofEpochDay(row.getLong(3)), LocalDate.ofEpochDay(row.getLong(4))),
                row.getInt(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                Plan.ofCode(row.getString(9)).orElseThrow(),
                SheetJson.read(row.getString(10)),
                LocalDate.ofEpochDay(row.getLong(11)),
                LocalDate.ofEpochDay(row.getLong(12)),
                row.getString(13),
                row.getLong(14),
                row.getString(15));
    }
}
