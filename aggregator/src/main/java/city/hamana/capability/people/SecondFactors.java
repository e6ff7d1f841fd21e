package city.hamana.capability.people;

import city.hamana.platform.access.Secret;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.bouncycastle.util.encoders.Base32;
import org.jdbi.v3.core.Handle;

/** Authenticator apps, and the codes for the day on which the telephone is lost. */
final class SecondFactors {
    private static final int CODES = 10;
    /** 80 bits: nobody guesses them from the hashes. */
    private static final int CODE_BYTES = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private record App(byte[] secret, long lastStep) {
        @Override
        public String toString() {
            return "App";
        }
    }

    private record Kept(long user, String plain, String sealed) {
        @Override
        public String toString() {
            return "Kept";
        }
    }

    private final InstantSource real;
    private final KeyRing keys;

    SecondFactors(InstantSource real, KeyRing keys) {
        this.real = real;
        this.keys = keys;
    }

    boolean has(Handle tx, long user) {
        return tx.createQuery("SELECT COUNT(*) FROM people_totp WHERE user_id = ?")
                        .bind(0, user)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /**
     * Seals what a version before kept open, and what an older key sealed, by the key that seals now.
     *
     * @throws PeopleException if a key is missing that a secret needs
     */
    void sealAll(Handle tx) {
        List<Kept> all = tx.createQuery("SELECT user_id, secret, sealed FROM people_totp")
                .map((row, context) -> new Kept(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
        for (Kept kept : all) {
            if (!keys.newest(kept.sealed)) {
                byte[] secret =
                        kept.sealed.isEmpty() ? Totp.ofBase32(kept.plain) : keys.open(kept.sealed, owner(kept.user));
                tx.execute(
                        "UPDATE people_totp SET secret = '', sealed = ? WHERE user_id = ?",
                        keys.seal(secret, owner(kept.user)),
                        kept.user);
            }
        }
    }

    /** A new secret for an app, base32; nothing is kept yet. */
    static String newSecret() {
        byte[] secret = new byte[Totp.SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return Totp.base32(secret);
    }

    /**
     * Keeps the secret if the code shows that the app has it; gives the recovery codes, which are shown this once. Empty
     * where the code is wrong.
     */
    Optional<List<String>> enrol(Handle tx, long user, String secret, String code) {
        OptionalLong step = Totp.matching(Totp.ofBase32(secret), digits(code), real.instant(), 0);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        remove(tx, user);
        tx.execute(
                "INSERT INTO people_totp (user_id, secret, sealed, last_step) VALUES (?, '', ?, ?)",
                user,
                keys.seal(Totp.ofBase32(secret), owner(user)),
                step.getAsLong());
        return Optional.of(newRecoveryCodes(tx, user));
    }

    /** Whether it is a code of the app, or one of the recovery codes; either is used up by it. */
    boolean takes(Handle tx, long user, String typed) {
        return takesApp(tx, user, digits(typed)) || takesRecovery(tx, user, typed);
    }

    int recoveryCodes(Handle tx, long user) {
        return tx.createQuery("SELECT COUNT(*) FROM people_recovery WHERE user_id = ?")
                .bind(0, user)
                .mapTo(Integer.class)
                .one();
    }

    /** Ten new ones instead of those of before. */
    List<String> newRecoveryCodes(Handle tx, long user) {
        tx.execute("DELETE FROM people_recovery WHERE user_id = ?", user);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < CODES; i++) {
            byte[] bytes = new byte[CODE_BYTES];
            RANDOM.nextBytes(bytes);
            String code = Base32.toBase32String(bytes).toLowerCase(Locale.ROOT);
            tx.execute("INSERT INTO people_recovery (code_hash, user_id) VALUES (?, ?)", hash(user, code), user);
            codes.add(code.replaceAll("(.{4})(?=.)", "$1-"));
        }
        return codes;
    }

    void remove(Handle tx, long user) {
        tx.execute("DELETE FROM people_totp WHERE user_id = ?", user);
        tx.execute("DELETE FROM people_recovery WHERE user_id = ?", user);
    }

    /** Two requests with the same code meet in the update: one of them changes no row. */
    private boolean takesApp(Handle tx, long user, String code) {
        Optional<App> app = app(tx, user);
        OptionalLong step = app.isEmpty()
                ? OptionalLong.empty()
                : Totp.matching(app.get().secret, code, real.instant(), app.get().lastStep);
        return step.isPresent()
                && tx.execute(
                                "UPDATE people_totp SET last_step = ? WHERE user_id = ? AND last_step < ?",
                                step.getAsLong(),
                                user,
                                step.getAsLong())
                        > 0;
    }

    private static boolean takesRecovery(Handle tx, long user, String typed) {
        String code = typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
        return tx.execute("DELETE FROM people_recovery WHERE code_hash = ? AND user_id = ?", hash(user, code), user)
                > 0;
    }

    private Optional<App> app(Handle tx, long user) {
        return tx.createQuery("SELECT sealed, last_step FROM people_totp WHERE user_id = ?")
                .bind(0, user)
                .map((row, context) -> new App(keys.open(row.getString(1), owner(user)), row.getLong(2)))
                .findOne();
    }

    /** A sealed secret that is put into another's row does not open there. */
    private static String owner(long user) {
        return "people_totp:" + user;
    }

    private static String hash(long user, String code) {
        return Secret.hash(user + ":" + code);
    }

    private static String digits(String typed) {
        return typed.replaceAll("\\s", "");
    }
}
