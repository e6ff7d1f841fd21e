package city.hamana.capability.people;

import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import com.yubico.webauthn.data.exception.Base64UrlException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of passkeys, as the library asks for it. What the library calls a user name is the account's id. */
final class PasskeyStore implements CredentialRepository {
    static final int MOST = 20;
    private static final String SELECT = """
            SELECT k.credential, k.public_key, k.signatures, u.handle
            FROM people_passkey k JOIN people_user u ON u.id = k.user_id
            """;

    private final Database database;
    private final InstantSource real;

    PasskeyStore(Database database, InstantSource real) {
        this.database = database;
        this.real = real;
    }

    /** The newest first. */
    List<Passkey> list(Handle tx, long user) {
        return tx.createQuery("SELECT id, label, created_ms, used_ms FROM people_passkey WHERE user_id = :user"
                        + " ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("user", user)
                .bind("most", MOST)
                .map((row, context) -> new Passkey(
                        row.getLong("id"),
                        row.getString("label"),
                        Instant.ofEpochMilli(row.getLong("created_ms")),
                        Instant.ofEpochMilli(row.getLong("used_ms"))))
                .list();
    }

    void add(Handle tx, long user, RegistrationResult made, String label) {
        tx.createUpdate("""
                INSERT INTO people_passkey (credential_hash, credential, user_id, public_key, signatures, label, created_ms, used_ms)
                VALUES (:hash, :credential, :user, :key, :signatures, :label, :now, :now)
                """)
                .bind("hash", hash(made.getKeyId().getId()))
                .bind("credential", made.getKeyId().getId().getBase64Url())
                .bind("user", user)
                .bind("key", made.getPublicKeyCose().getBase64Url())
                .bind("signatures", made.getSignatureCount())
                .bind("label", label)
                .bind("now", real.millis())
                .execute();
    }

    void used(Handle tx, AssertionResult result) {
        tx.execute(
                "UPDATE people_passkey SET signatures = ?, used_ms = ? WHERE credential_hash = ?",
                result.getSignatureCount(),
                real.millis(),
                hash(result.getCredential().getCredentialId()));
    }

    boolean rename(Handle tx, long user, long id, String label) {
        return tx.execute("UPDATE people_passkey SET label = ? WHERE id = ? AND user_id = ?", label, id, user) > 0;
    }

    boolean remove(Handle tx, long user, long id) {
        return tx.execute("DELETE FROM people_passkey WHERE id = ? AND user_id = ?", id, user) > 0;
    }

    void removeAll(Handle tx, long user) {
        tx.execute("DELETE FROM people_passkey WHERE user_id = ?", user);
    }

    @Override
    public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String username) {
        return database.inTransaction(tx -> tx
                .createQuery(SELECT + " WHERE k.user_id = :user")
                .bind("user", Parties.number(username))
                .map(PasskeyStore::ofRow)
                .stream()
                .map(key -> PublicKeyCredentialDescriptor.builder()
                        .id(key.getCredentialId())
                        .build())
                .collect(Collectors.toSet()));
    }

    @Override
    public Optional<ByteArray> getUserHandleForUsername(String username) {
        return database.inTransaction(
                tx -> tx.createQuery("SELECT handle FROM people_user WHERE id = :user AND handle <> ''")
                        .bind("user", Parties.number(username))
                        .mapTo(String.class)
                        .findOne()
                        .map(PasskeyStore::bytes));
    }

    @Override
    public Optional<String> getUsernameForUserHandle(ByteArray userHandle) {
        return database.inTransaction(
                tx -> tx.createQuery("SELECT id FROM people_user WHERE handle = :handle AND handle <> ''")
                        .bind("handle", userHandle.getBase64Url())
                        .mapTo(String.class)
                        .findOne());
    }

    @Override
    public Optional<RegisteredCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
        return database.inTransaction(
                tx -> tx.createQuery(SELECT + " WHERE k.credential_hash = :hash AND u.handle = :handle")
                        .bind("hash", hash(credentialId))
                        .bind("handle", userHandle.getBase64Url())
                        .map(PasskeyStore::ofRow)
                        .findOne());
    }

    @Override
    public Set<RegisteredCredential> lookupAll(ByteArray credentialId) {
        return database.inTransaction(tx -> tx.createQuery(SELECT + " WHERE k.credential_hash = :hash")
                .bind("hash", hash(credentialId))
                .map(PasskeyStore::ofRow)
                .set());
    }

    private static RegisteredCredential ofRow(ResultSet row, StatementContext context) throws SQLException {
        return RegisteredCredential.builder()
                .credentialId(bytes(row.getString("credential")))
                .userHandle(bytes(row.getString("handle")))
                .publicKeyCose(bytes(row.getString("public_key")))
                .signatureCount(row.getLong("signatures"))
                .build();
    }

    private static String hash(ByteArray credentialId) {
        return Secret.hash(credentialId.getBase64Url());
    }

    private static ByteArray bytes(String base64Url) {
        try {
            return ByteArray.fromBase64Url(base64Url);
        } catch (Base64UrlException e) {
            throw new IllegalStateException("what was written as base64url is none", e);
        }
    }
}
