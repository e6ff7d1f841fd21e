package city.hamana.capability.payments;

import city.hamana.platform.db.Dialect;
import city.hamana.platform.db.Keys;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables of charges and of the money that came for them. */
final class ChargeStore {
    static final Keys KEYS = new Keys("payments_charge");

    /** From so many on, all that is new is read in one go. */
    private static final int MANY = 50;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = """
            SELECT id, once, service, account, party, name, title_words, title_values, period, items, paid, issued_day,
                due_day, link, state, reminders
            FROM payments_charge
            """;

    private final Dialect dialect;

    ChargeStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Adds charges that are not there yet; gives the number of each by its key, and perhaps those of others. */
    Map<String, Long> add(Handle tx, List<Charge> charges) {
        long last = charges.size() < MANY ? 0 : KEYS.last(tx);
        PreparedBatch rows = tx.prepareBatch("""
                INSERT INTO payments_charge (once, service, account, party, name, title_words, title_values, period, items,
                    yen, paid, issued_day, due_day, link, state, reminders, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        for (Charge charge : charges) {
            rows.add(
                    charge.once(),
                    charge.service(),
                    charge.account(),
                    charge.party(),
                    charge.name(),
                    charge.title().words(),
                    json(charge.title().values()),
                    charge.period(),
                    json(charge.items()),
                    charge.yen(),
                    0L,
                    charge.issued().toEpochDay(),
                    charge.due().toEpochDay(),
                    charge.link(),
                    (charge.yen() == 0 ? State.PAID : State.OPEN).code(),
                    0,
                    "");
        }
        rows.execute();
        return charges.size() < MANY
                ? KEYS.numbers(tx, charges.stream().map(Charge::once).toList())
                : KEYS.since(tx, last);
    }

    Optional<ChargeState> one(Handle tx, long id) {
        return tx.createQuery(COLUMNS + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> charge(row))
                .findOne()
                .map(bare -> with(bare, payments(tx, id)));
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<ChargeState> locked(Handle tx, long id) {
        return tx.createQuery(COLUMNS + "WHERE id = :id" + dialect.lockRows())
                .bind("id", id)
                .map((row, context) -> charge(row))
                .findOne();
    }

    /** The newest first. */
    List<ChargeState> of(Handle tx, String service, String account, int most) {
        return tx
                .createQuery(COLUMNS + """
                WHERE service = :service AND account = :account ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("service", service)
                .bind("account", account)
                .bind("most", most)
                .map((row, context) -> charge(row))
                .list()
                .stream()
                .map(bare -> with(bare, payments(tx, bare.id())))
                .toList();
    }

    /** What is owed, was due by a day and had so many reminders. */
    List<ChargeState> overdue(Handle tx, LocalDate dueBy, int reminders, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE state IN ('open', 'partly-paid') AND due_day <= :due AND reminders = :reminders
                ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("due", dueBy.toEpochDay())
                .bind("reminders", reminders)
                .bind("most", most)
                .map((row, context) -> charge(row))
                .list();
    }

    /** Open charges with a number above this whose customers have no bank account debited: they get slips. */
    List<ChargeState> forSlips(Handle tx, String service, long after, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE service = :service AND id > :after AND state IN ('open', 'partly-paid')
                    AND NOT EXISTS (SELECT 1 FROM payments_debit d WHERE d.service = payments_charge.service
                        AND d.account = payments_charge.account AND d.state = 'active')
                ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("service", service)
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> charge(row))
                .list();
    }

    void reminded(Handle tx, long id, int reminders, LocalDate today) {
        tx.execute("""
                UPDATE payments_charge SET reminders = ?,
                    reminded_day = CASE WHEN reminded_day = 0 THEN ? ELSE reminded_day END
                WHERE id = ?
                """, reminders, today.toEpochDay(), id);
    }

    /** Day of the first reminder; the beginning of 1970 where there was none. */
    LocalDate remindedOn(Handle tx, long id) {
        return LocalDate.ofEpochDay(tx.createQuery("SELECT reminded_day FROM payments_charge WHERE id = ?")
                .bind(0, id)
                .mapTo(Long.class)
                .one());
    }

    /** What is owed and was due before a day, the longest ago first, with its payments. */
    List<ChargeState> oldest(Handle tx, List<String> services, LocalDate before, int most) {
        if (services.isEmpty()) {
            return List.of();
        }
        return tx
                .createQuery(COLUMNS + """
                WHERE service IN (<services>) AND state IN ('open', 'partly-paid') AND due_day < :before
                ORDER BY due_day, id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bindList("services", services)
                .bind("before", before.toEpochDay())
                .bind("most", most)
                .map((row, context) -> charge(row))
                .list()
                .stream()
                .map(bare -> with(bare, payments(tx, bare.id())))
                .toList();
    }

    /** Of those who pay, the newest first. */
    List<ChargeState> ofParties(Handle tx, List<String> parties, int most) {
        return tx
                .createQuery(COLUMNS + """
                WHERE party IN (<parties>) ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bindList("parties", parties)
                .bind("most", most)
                .map((row, context) -> charge(row))
                .list()
                .stream()
                .map(bare -> with(bare, payments(tx, bare.id())))
                .toList();
    }

    void move(Handle tx, long id, State to, long paid) {
        tx.execute("UPDATE payments_charge SET state = ?, paid = ? WHERE id = ?", to.code(), paid, id);
    }

    void reason(Handle tx, long id, String reason) {
        tx.execute("UPDATE payments_charge SET reason = ? WHERE id = ?", reason, id);
    }

    Optional<Long> payment(Handle tx, String once) {
        return tx.createQuery("SELECT id FROM payments_payment WHERE once = :once")
                .bind("once", once)
                .mapTo(Long.class)
                .findOne();
    }

    /** Gives the number of the payment. */
    long addPayment(Handle tx, Money money, long used, LocalDate day) {
        return tx.createUpdate("""
                INSERT INTO payments_payment (once, charge, channel, yen, used, at_ms, book_day, reference)
                VALUES (:once, :charge, :channel, :yen, :used, :at, :day, :reference)
                """)
                .bind("once", money.once())
                .bind("charge", money.charge())
                .bind("channel", money.channel().code())
                .bind("yen", money.yen())
                .bind("used", used)
                .bind("at", money.at().toEpochMilli())
                .bind("day", day.toEpochDay())
                .bind("reference", money.reference())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    /** What an account has to its credit, locked until the transaction ends. */
    long credit(Handle tx, String service, String account) {
        return tx.createQuery("SELECT yen FROM payments_credit WHERE service = :service AND account = :account"
                        + dialect.lockRows())
                .bind("service", service)
                .bind("account", account)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** Which accounts of a service have something to their credit. */
    List<String> inCredit(Handle tx, String service) {
        return tx.createQuery("SELECT account FROM payments_credit WHERE service = :service AND yen > 0")
                .bind("service", service)
                .mapTo(String.class)
                .list();
    }

    /** Adds to the credit of an account; takes away what is below zero. It is as old as what is left of it. */
    void addCredit(Handle tx, String service, String account, long yen, Instant now) {
        int updated = tx.execute("""
                UPDATE payments_credit SET since_ms = CASE WHEN yen <= 0 THEN ? ELSE since_ms END, yen = yen + ?
                WHERE service = ? AND account = ?
                """, now.toEpochMilli(), yen, service, account);
        if (updated == 0) {
            tx.execute(
                    "INSERT INTO payments_credit (service, account, yen, since_ms) VALUES (?, ?, ?, ?)",
                    service,
                    account,
                    yen,
                    now.toEpochMilli());
        }
    }

    private static List<Payment> payments(Handle tx, long charge) {
        return tx.createQuery(
                        "SELECT channel, at_ms, used, id FROM payments_payment WHERE charge = :charge AND reversed_by = '' ORDER BY id")
                .bind("charge", charge)
                .map((row, context) -> new Payment(
                        Channel.ofCode(row.getString(1)).orElseThrow(),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getLong(3),
                        receipt(row.getLong(4))))
                .list();
    }

    /** The number of a payment as it stands on its receipt. */
    static String receipt(long payment) {
        return "R-%08d".formatted(payment);
    }

    private static ChargeState with(ChargeState bare, List<Payment> payments) {
        return new ChargeState(bare.id(), bare.charge(), bare.paid(), bare.state(), bare.reminders(), payments);
    }

    private static ChargeState charge(ResultSet row) throws SQLException {
        Charge charge = new Charge(
                row.getString("service"),
                row.getString("account"),
                row.getString("party"),
                row.getString("name"),
                new Title(row.getString("title_words"), read(row.getString("title_values"), new TypeReference<>() {})),
                row.getString("period"),
                read(row.getString("items"), new TypeReference<>() {}),
                LocalDate.ofEpochDay(row.getLong("issued_day")),
                LocalDate.ofEpochDay(row.getLong("due_day")),
                row.getString("link"),
                row.getString("once"));
        return new ChargeState(
                row.getLong("id"),
                charge,
                row.getLong("paid"),
                State.ofCode(row.getString("state")).orElseThrow(),
                row.getInt("reminders"),
                List.of());
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw PaymentsException.stored(text);
        }
    }
}
