package city.hamana.capability.documents;

import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What was issued, and the next numbers. */
final class Store {
    private static final String COLUMNS =
            "number, code, title, about, issuer, issued_ms, retention, until_day, revoked, sha256";

    private final Dialect dialect;

    Store(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The next number of a series; whoever asks meanwhile waits, so that none is left out when a story fails. */
    int next(Handle tx, String series, int year) {
        Optional<Integer> last = tx.createQuery(
                        "SELECT last_number FROM documents_series WHERE series = ? AND fiscal_year = ?"
                                + dialect.lockRows())
                .bind(0, series)
                .bind(1, year)
                .mapTo(Integer.class)
                .findOne();
        if (last.isEmpty()) {
            // Two at once: one meets the other's key, and its story is told again.
            tx.execute(
                    "INSERT INTO documents_series (series, fiscal_year, last_number) VALUES (?, ?, 1)", series, year);
            return 1;
        }
        tx.execute(
                "UPDATE documents_series SET last_number = ? WHERE series = ? AND fiscal_year = ?",
                last.get() + 1,
                series,
                year);
        return last.get() + 1;
    }

    void add(Handle tx, Issued issued, byte[] pdf) {
        tx.createUpdate("""
                INSERT INTO documents_issued (number, code, title, about, issuer, issued_ms, retention, until_day,
                    revoked, sha256, pdf)
                VALUES (:number, :code, :title, :about, :issuer, :issued, :retention, :until, :revoked, :sha256, :pdf)
                """)
                .bind("number", issued.number())
                .bind("code", issued.code())
                .bind("title", issued.title())
                .bind("about", issued.about())
                .bind("issuer", issued.issuer())
                .bind("issued", issued.at().toEpochMilli())
                .bind("retention", issued.retention().name())
                .bind("until", issued.until().map(LocalDate::toEpochDay).orElse(Long.MAX_VALUE))
                .bind("revoked", "")
                .bind("sha256", issued.sha256())
                .bind("pdf", pdf)
                .execute();
    }

    Optional<Issued> byNumber(Handle tx, String number) {
        return by(tx, "number", number);
    }

    Optional<Issued> byCode(Handle tx, String code) {
        return by(tx, "code", code);
    }

    Optional<byte[]> pdf(Handle tx, String number) {
        return tx.createQuery("SELECT pdf FROM documents_issued WHERE number = ?")
                .bind(0, number)
                .mapTo(byte[].class)
                .findOne();
    }

    /** Issued about the same thing, the oldest first, at most 200. */
    List<Issued> about(Handle tx, String about) {
        return tx.createQuery("SELECT " + COLUMNS + """
                 FROM documents_issued WHERE about = :about
                ORDER BY issued_ms, number OFFSET 0 ROWS FETCH NEXT 200 ROWS ONLY
                """)
                .bind("about", about)
                .map(Store::issued)
                .list();
    }

    /** One page of the list: of one issuer, with a text in number or title, kept until a day at the latest; the newest first. */
    List<Issued> list(Handle tx, String issuer, String text, long until, int from, int most) {
        return tx.createQuery("SELECT " + COLUMNS + """
                 FROM documents_issued
                WHERE (:issuer = '' OR issuer = :issuer) AND (number LIKE :text ESCAPE '!' OR title LIKE :text ESCAPE '!')
                    AND until_day <= :until
                ORDER BY issued_ms DESC, number DESC OFFSET :from ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("issuer", issuer)
                .bind("text", "%" + text.replaceAll("([!%_])", "!$1") + "%")
                .bind("until", until)
                .bind("from", from)
                .bind("most", most)
                .map(Store::issued)
                .list();
    }

    boolean revoke(Handle tx, String number, String reason) {
        return tx.execute("UPDATE documents_issued SET revoked = ? WHERE number = ? AND revoked = ''", reason, number)
                == 1;
    }

    private static Optional<Issued> by(Handle tx, String column, String value) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM documents_issued WHERE " + column + " = ?")
                .bind(0, value)
                .map(Store::issued)
                .findOne();
    }

    private static Issued issued(ResultSet row, StatementContext context) throws SQLException {
        long until = row.getLong(8);
        return new Issued(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Retention.valueOf(row.getString(7)),
                until == Long.MAX_VALUE ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(until)),
                Optional.of(row.getString(9)).filter(reason -> !reason.isEmpty()),
                row.getString(10));
    }
}
