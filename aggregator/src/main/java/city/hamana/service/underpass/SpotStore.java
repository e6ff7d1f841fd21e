package city.hamana.service.underpass;

import city.hamana.capability.maps.Maps;
import city.hamana.messages.v1.SignState;
import com.google.protobuf.InvalidProtocolBufferException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of signs, as each last told of itself. */
final class SpotStore {
    private static final int MOST = 500;
    private static final String COLUMNS = "SELECT id, device, reached, state, heard_ms FROM underpass_sign ";

    private final Maps maps;

    SpotStore(Maps maps) {
        this.maps = maps;
    }

    /** By id; the first 500. */
    List<Spot> all(Handle tx) {
        return tx.createQuery(COLUMNS + "ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", MOST)
                .map((row, context) -> spot(tx, row))
                .list();
    }

    Optional<Spot> one(Handle tx, String id) {
        return tx.createQuery(COLUMNS + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> spot(tx, row))
                .findOne();
    }

    /** Writes what a sign says now; what is as it was is written too where its moment is newer. */
    void put(Handle tx, Spot spot) {
        int updated = tx.createUpdate("""
                UPDATE underpass_sign SET device = :device, reached = :reached, state = :state, heard_ms = :heard
                WHERE id = :id
                """)
                .bind("device", spot.device())
                .bind("reached", spot.reached())
                .bind("state", spot.state().toByteArray())
                .bind("heard", spot.heard().toEpochMilli())
                .bind("id", spot.id())
                .execute();
        if (updated == 0) {
            tx.execute(
                    "INSERT INTO underpass_sign (id, device, reached, state, heard_ms) VALUES (?, ?, ?, ?, ?)",
                    spot.id(),
                    spot.device(),
                    spot.reached(),
                    spot.state().toByteArray(),
                    spot.heard().toEpochMilli());
        }
    }

    private Spot spot(Handle tx, ResultSet row) throws SQLException {
        String id = row.getString(1);
        return new Spot(
                id,
                row.getString(2),
                row.getBoolean(3),
                state(row.getBytes(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                maps.feature(tx, id));
    }

    private static SignState state(byte[] bytes) {
        try {
            return SignState.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored state that is none", e);
        }
    }
}
