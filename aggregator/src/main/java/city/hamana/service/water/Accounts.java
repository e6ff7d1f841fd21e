package city.hamana.service.water;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of installations. */
final class Accounts {
    private static final String COLUMNS =
            "SELECT meter, from_ms, from_ml, to_ms, to_ml, reason, entered_by FROM water_installation ";
    private static final long STILL_IN = -1;

    /** The account in which this meter is now; for one that was never exchanged, the account of this meter alone. */
    Account of(Handle tx, String meter) {
        return tx.createQuery("SELECT account FROM water_installation WHERE meter = :meter AND to_ms = -1")
                .bind("meter", meter)
                .mapTo(String.class)
                .findFirst()
                .map(number -> exchanged(tx, number))
                .orElseGet(() -> Account.of(meter));
    }

    /** The account of this number, which is its first meter's id. */
    Account numbered(Handle tx, String number) {
        Account exchanged = exchanged(tx, number);
        return exchanged.installations().isEmpty() ? Account.of(number) : exchanged;
    }

    private static Account exchanged(Handle tx, String number) {
        return new Account(
                number,
                tx.createQuery(COLUMNS + "WHERE account = :number ORDER BY from_ms")
                        .bind("number", number)
                        .map((row, context) -> installation(row))
                        .list());
    }

    /** Accounts in which this meter once was and no longer is; the number of each. */
    List<String> former(Handle tx, String meter) {
        return tx.createQuery(
                        "SELECT DISTINCT account FROM water_installation WHERE meter = :meter AND to_ms <> -1 ORDER BY account")
                .bind("meter", meter)
                .mapTo(String.class)
                .list();
    }

    /** The meter that is now in the account of this number. */
    Optional<String> meterOf(Handle tx, String account) {
        return tx.createQuery("SELECT meter FROM water_installation WHERE account = :account AND to_ms = -1")
                .bind("account", account)
                .mapTo(String.class)
                .findFirst();
    }

    /** The newest exchanges of the whole city: meters that came, the newest first. */
    List<Installation> newest(Handle tx, int most) {
        return tx.createQuery(COLUMNS
                        + "WHERE from_ms > 0 ORDER BY from_ms DESC, meter OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> installation(row))
                .list();
    }

    /** Takes the meter of an account out and puts another in; false if somebody else has exchanged it meanwhile. */
    boolean exchange(Handle tx, Account account, Installation ended, Installation begun) {
        if (!account.exchanged()) {
            insert(tx, account.number(), account.current());
        }
        boolean taken = tx.execute(
                        "UPDATE water_installation SET to_ms = ?, to_ml = ? WHERE account = ? AND meter = ? AND to_ms = -1",
                        ended.to().orElseThrow().toEpochMilli(),
                        ended.toMillilitres(),
                        account.number(),
                        ended.meter())
                == 1;
        if (taken) {
            insert(tx, account.number(), begun);
        }
        return taken;
    }

    /** Takes the newest exchange of an account back. */
    void takeBack(Handle tx, Account account) {
        Installation gone = account.current();
        Installation back = account.installations().get(account.installations().size() - 2);
        tx.execute(
                "DELETE FROM water_installation WHERE account = ? AND from_ms = ?",
                account.number(),
                gone.from().toEpochMilli());
        tx.execute(
                "UPDATE water_installation SET to_ms = -1, to_ml = 0 WHERE account = ? AND from_ms = ?",
                account.number(),
                back.from().toEpochMilli());
    }

    private static void insert(Handle tx, String account, Installation in) {
        tx.createUpdate("""
                INSERT INTO water_installation
                    (account, meter, from_ms, from_ml, to_ms, to_ml, reason, entered_by)
                VALUES (:account, :meter, :from, :fromMl, :to, :toMl, :reason, :by)
                """)
                .bind("account", account)
                .bind("meter", in.meter())
                .bind("from", in.from().toEpochMilli())
                .bind("fromMl", in.fromMillilitres())
                .bind("to", in.to().map(Instant::toEpochMilli).orElse(STILL_IN))
                .bind("toMl", in.toMillilitres())
                .bind("reason", in.reason())
                .bind("by", in.enteredBy())
                .execute();
    }

    private static Installation installation(ResultSet row) throws SQLException {
        long to = row.getLong(4);
        return new Installation(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getLong(3),
                to == STILL_IN ? Optional.empty() : Optional.of(Instant.ofEpochMilli(to)),
                row.getLong(5),
                row.getString(6),
                row.getString(7));
    }
}
