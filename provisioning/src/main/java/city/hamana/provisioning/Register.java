package city.hamana.provisioning;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceSubject;
import city.hamana.link.Role;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;

/**
 * The CA's memory: open codes, every certificate ever issued, revocations and revocation lists. An SQLite file, so
 * that the command line and the running server may use it at the same time; every commit reaches the disk.
 */
final class Register {
    private static final int BUSY_TIMEOUT_MS = 15_000;

    private static final List<String> SCHEMA = List.of("""
            create table if not exists code (
                number integer primary key,
                device text not null,
                role text not null,
                names text not null,
                hash text not null,
                expires_ms integer not null,
                tries_left integer not null,
                used_ms integer
            )""", """
            create table if not exists issued (
                serial text primary key,
                device text not null,
                role text not null,
                keyid text not null,
                issued_ms integer not null,
                not_after_ms integer not null,
                revoked_ms integer,
                certificate blob not null,
                predecessor text,
                expired_days integer
            )""", """
            create table if not exists crl (
                number integer primary key,
                issued_ms integer not null,
                revocations integer not null,
                der blob not null
            )""");

    /** What {@code issued} lacks in a register made before renewals were traced. */
    private static final Map<String, String> ADDED = Map.of("predecessor", "text", "expired_days", "integer");

    private static final String COLUMNS =
            "serial, device, role, keyid, issued_ms, not_after_ms, revoked_ms, predecessor, expired_days";

    /** A revocation list as kept; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record StoredCrl(long number, Instant issued, int revocations, byte[] der) {}

    private interface Work<T> {
        T on(Connection db) throws SQLException;
    }

    private final Path file;
    private final SQLiteConfig config;

    /**
     * Opens the file, or makes it.
     *
     * @throws ProvisioningException if it is no such file
     */
    Register(Path file) {
        this.file = file;
        this.config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        inTransaction(db -> {
            try (Statement statement = db.createStatement()) {
                for (String table : SCHEMA) {
                    statement.execute(table);
                }
            }
            return addColumns(db);
        });
    }

    private static boolean addColumns(Connection db) throws SQLException {
        for (Map.Entry<String, String> column : ADDED.entrySet()) {
            try (PreparedStatement query =
                            statement(db, "select 1 from pragma_table_info('issued') where name = ?", column.getKey());
                    ResultSet found = query.executeQuery();
                    Statement statement = db.createStatement()) {
                if (!found.next()) {
                    statement.execute("alter table issued add column " + column.getKey() + " " + column.getValue());
                }
            }
        }
        return true;
    }

    /** Keeps a new code; codes still open for the same device end with it. */
    void addCode(OneTimeCode code) {
        inTransaction(db -> {
            update(db, "delete from code where device = ? and used_ms is null", code.device());
            return update(
                    db,
                    """
                    insert into code (device, role, names, hash, expires_ms, tries_left)
                    values (?, ?, ?, ?, ?, ?)""",
                    code.device(),
                    code.role().word(),
                    String.join(",", code.names()),
                    code.hash(),
                    code.expires().toEpochMilli(),
                    OneTimeCode.TRIES);
        });
    }

    /** The code that is open for a device: neither used, nor expired, nor tried too often. */
    Optional<OneTimeCode> openCode(String device, Instant now) {
        return inTransaction(db -> {
            try (PreparedStatement query = statement(db, """
                            select number, device, role, names, hash, expires_ms from code
                            where device = ? and used_ms is null and expires_ms > ? and tries_left > 0""", device, now.toEpochMilli());
                    ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(code(row)) : Optional.empty();
            }
        });
    }

    void countWrongTry(OneTimeCode code) {
        inTransaction(db -> update(
                db, "update code set tries_left = tries_left - 1 where number = ? and tries_left > 0", code.number()));
    }

    /**
     * Uses up a code and keeps the certificate issued for it, in one transaction: of many that try at once, one wins.
     *
     * @param issue makes the certificate; called only by the winner
     * @return empty if the code was used up meanwhile
     */
    Optional<X509Certificate> redeem(
            OneTimeCode code, DeviceSubject subject, Instant now, Supplier<X509Certificate> issue) {
        return inTransaction(db -> {
            int won = update(
                    db,
                    "update code set used_ms = ? where number = ? and used_ms is null and expires_ms > ?",
                    now.toEpochMilli(),
                    code.number(),
                    now.toEpochMilli());
            if (won == 0) {
                return Optional.empty();
            }
            X509Certificate certificate = issue.get();
            insert(db, certificate, IssuedCertificate.of(certificate, subject, now));
            return Optional.of(certificate);
        });
    }

    /** Keeps a certificate issued without a code and without another one: the server's own. */
    void add(X509Certificate certificate, DeviceSubject subject, Instant now) {
        inTransaction(db -> insert(db, certificate, IssuedCertificate.of(certificate, subject, now)));
    }

    /** Keeps the successor of a certificate that is still valid. */
    void addRenewed(X509Certificate certificate, DeviceSubject subject, IssuedCertificate shown, Instant now) {
        IssuedCertificate line = IssuedCertificate.of(certificate, subject, now).after(shown, OptionalInt.empty());
        inTransaction(db -> insert(db, certificate, line));
    }

    /**
     * Keeps the successor of an expired certificate if that is the last one of its device, in one transaction.
     *
     * @param keyid of the key that is asked for: where the last one was issued for the expired one and for this key
     *     already, and the answer was lost on the way, it is given once more
     * @param issue makes the certificate; called only if one is to be issued
     * @return empty if a newer one was issued to the device
     */
    Optional<X509Certificate> succeedExpired(
            IssuedCertificate shown, String keyid, int expiredDays, Instant now, Supplier<X509Certificate> issue) {
        return inTransaction(db -> {
            IssuedCertificate last = certificates(db, "where device = ? order by rowid desc limit 1", shown.device())
                    .getFirst();
            if (last.serial().equals(shown.serial())) {
                X509Certificate certificate = issue.get();
                DeviceSubject subject = new DeviceSubject(shown.device(), shown.role());
                insert(
                        db,
                        certificate,
                        IssuedCertificate.of(certificate, subject, now).after(shown, OptionalInt.of(expiredDays)));
                return Optional.of(certificate);
            }
            boolean repeated = last.predecessor().equals(Optional.of(shown.serial()))
                    && last.revoked().isEmpty()
                    && last.keyid().equals(keyid);
            return repeated ? Optional.of(stored(db, last.serial())) : Optional.empty();
        });
    }

    private static X509Certificate stored(Connection db, String serial) throws SQLException {
        try (PreparedStatement query = statement(db, "select certificate from issued where serial = ?", serial);
                ResultSet row = query.executeQuery()) {
            row.next();
            return Certificates.parse(row.getBytes(1));
        }
    }

    Optional<IssuedCertificate> find(BigInteger serial) {
        return certificates("where serial = ?", serial.toString(16)).stream().findFirst();
    }

    /** Every certificate, oldest first. */
    List<IssuedCertificate> certificates() {
        return certificates("order by issued_ms, serial");
    }

    /** Revokes by serial number in hex or, all at once, by device id; gives the number of certificates it ended. */
    int revoke(String serialOrDevice, Instant now) {
        return inTransaction(db -> update(
                db,
                "update issued set revoked_ms = ? where revoked_ms is null and (serial = ? or device = ?)",
                now.toEpochMilli(),
                serialOrDevice,
                serialOrDevice));
    }

    /** Serial numbers with the instant of revocation, for a list. */
    Map<BigInteger, Instant> revocations() {
        Map<BigInteger, Instant> found = new LinkedHashMap<>();
        certificates("where revoked_ms is not null order by revoked_ms, serial")
                .forEach(one -> one.revoked().ifPresent(at -> found.put(new BigInteger(one.serial(), 16), at)));
        return found;
    }

    Optional<StoredCrl> latestCrl() {
        return inTransaction(db -> {
            try (PreparedStatement query = statement(
                            db, "select number, issued_ms, revocations, der from crl order by number desc limit 1");
                    ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new StoredCrl(
                                row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getInt(3), row.getBytes(4)))
                        : Optional.empty();
            }
        });
    }

    void addCrl(StoredCrl crl) {
        inTransaction(db -> update(
                db,
                "insert into crl (number, issued_ms, revocations, der) values (?, ?, ?, ?)",
                crl.number(),
                crl.issued().toEpochMilli(),
                crl.revocations(),
                crl.der()));
    }

    private List<IssuedCertificate> certificates(String which, Object... values) {
        return inTransaction(db -> certificates(db, which, values));
    }

    private static List<IssuedCertificate> certificates(Connection db, String which, Object... values)
            throws SQLException {
        List<IssuedCertificate> found = new ArrayList<>();
        try (PreparedStatement query = statement(db, "select " + COLUMNS + " from issued " + which, values);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(issued(row));
            }
        }
        return found;
    }

    private static IssuedCertificate issued(ResultSet row) throws SQLException {
        long revoked = row.getLong(7);
        return new IssuedCertificate(
                row.getString(1),
                row.getString(2),
                Role.of(row.getString(3)).orElseThrow(),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                revoked == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(revoked)),
                Optional.ofNullable(row.getString(8)),
                row.getObject(9) == null ? OptionalInt.empty() : OptionalInt.of(row.getInt(9)));
    }

    private static OneTimeCode code(ResultSet row) throws SQLException {
        String names = row.getString(4);
        return new OneTimeCode(
                row.getLong(1),
                row.getString(2),
                Role.of(row.getString(3)).orElseThrow(),
                names.isEmpty() ? List.of() : List.of(names.split(",")),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)));
    }

    private static int insert(Connection db, X509Certificate certificate, IssuedCertificate line) throws SQLException {
        return update(
                db,
                """
                insert into issued (serial, device, role, keyid, issued_ms, not_after_ms, certificate,
                    predecessor, expired_days)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                line.serial(),
                line.device(),
                line.role().word(),
                line.keyid(),
                line.issued().toEpochMilli(),
                line.notAfter().toEpochMilli(),
                Certificates.der(certificate),
                line.predecessor().orElse(null),
                line.expiredDays().isPresent() ? line.expiredDays().getAsInt() : null);
    }

    private static int update(Connection db, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = statement(db, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement statement(Connection db, String sql, Object... values) throws SQLException {
        PreparedStatement statement = db.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection db = config.createConnection("jdbc:sqlite:" + file)) {
            db.setAutoCommit(false);
            T result = work.on(db);
            db.commit();
            return result;
        } catch (SQLException e) {
            throw ProvisioningException.of(file, "the register cannot be used", e);
        }
    }
}
