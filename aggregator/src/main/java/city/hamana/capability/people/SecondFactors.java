package city.hamana.capability.people;

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

    private record App(String secret, long lastStep) {}

    private final InstantSource real;

    SecondFactors(InstantSource real) {
        this.real = real;
    }

    boolean has(Handle tx, long user) {
        return app(tx, user).isPresent();
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
                "INSERT INTO people_totp (user_id, secret, last_step) VALUES (?, ?, ?)",
                user,
                secret,
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
                : Totp.matching(Totp.ofBase32(app.get().secret), code, real.instant(), app.get().lastStep);
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

    private static Optional<App> app(Handle tx, long user) {
        return tx.createQuery("SELECT secret, last_step FROM people_totp WHERE user_id = ?")
                .bind(0, user)
                .map((row, context) -> new App(row.getString(1), row.getLong(2)))
                .findOne();
    }

    private static String hash(long user, String code) {
        return Secret.hash(user + ":" + code);
    }

    private static String digits(String typed) {
        return typed.replaceAll("\\s", "");
    }
}
