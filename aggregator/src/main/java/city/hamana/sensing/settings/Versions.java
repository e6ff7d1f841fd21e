package city.hamana.sensing.settings;

import city.hamana.sensing.settings.Version.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** The table of versions. */
final class Versions {
    private static final int MOST_IN_LIST = 200;
    private static final int LONGEST_REASON = 300;
    private static final String COLUMNS =
            "SELECT device, version, issued_ms, issued_by, confirm_within_ms, settings, state, told_ms, reason"
                    + " FROM settings_version ";

    /** The next number for a device. */
    long next(Handle tx, String device) {
        return tx.createQuery("SELECT COALESCE(MAX(version), 0) + 1 FROM settings_version WHERE device = :device")
                .bind("device", device)
                .mapTo(Long.class)
                .one();
    }

    /** Adds a version; those before it that were still on their way are superseded. */
    void add(Handle tx, Version version) {
        tx.createUpdate("UPDATE settings_version SET state = 'superseded', told_ms = :now"
                        + " WHERE device = :device AND state = 'sent'")
                .bind("device", version.device())
                .bind("now", version.issued().toEpochMilli())
                .execute();
        tx.createUpdate("""
                INSERT INTO settings_version
                    (device, version, issued_ms, issued_by, confirm_within_ms, settings, state, told_ms, reason)
                VALUES (:device, :version, :issued, :by, :within, :settings, 'sent', :issued, '')
                """)
                .bind("device", version.device())
                .bind("version", version.number())
                .bind("issued", version.issued().toEpochMilli())
                .bind("by", version.issuedBy())
                .bind("within", version.confirmWithin().toMillis())
                .bind("settings", version.text())
                .execute();
    }

    /** Notes what became of a version that was on its way; false if another aggregator was quicker. */
    boolean told(Handle tx, Version version, State state, String reason, Instant now) {
        return tx.createUpdate("""
                UPDATE settings_version SET state = :state, told_ms = :now, reason = :reason
                WHERE device = :device AND version = :version AND state = 'sent'
                """)
                        .bind("state", state.code())
                        .bind("now", now.toEpochMilli())
                        .bind("reason", reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason)
                        .bind("device", version.device())
                        .bind("version", version.number())
                        .execute()
                == 1;
    }

    /** Those on their way to these devices. */
    List<Version> sent(Handle tx, Collection<String> devices) {
        List<Version> sent = new ArrayList<>();
        List<String> all = List.copyOf(devices);
        for (int from = 0; from < all.size(); from += MOST_IN_LIST) {
            sent.addAll(tx.createQuery(COLUMNS + "WHERE state = 'sent' AND device IN (<devices>)")
                    .bindList("devices", all.subList(from, Math.min(all.size(), from + MOST_IN_LIST)))
                    .map((row, context) -> version(row))
                    .list());
        }
        return sent;
    }

    /** Of one device, the newest first. */
    List<Version> of(Handle tx, String device, int most) {
        return tx.createQuery(COLUMNS
                        + "WHERE device = :device ORDER BY version DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("device", device)
                .bind("most", most)
                .map((row, context) -> version(row))
                .list();
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getString(1),
                row.getLong(2),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4),
                Duration.ofMillis(row.getLong(5)),
                Version.values(row.getString(6)),
                State.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong(8)),
                row.getString(9));
    }
}
