package city.hamana.capability.people;

import city.hamana.capability.people.Limits.Attempt;
import city.hamana.capability.people.Limits.Bucket;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names and passwords. Guessing is slowed where it comes from, and at last for the name, too; but never for a browser from
 * which the owner has signed in before, and never for passkeys and mail codes, so that nobody can lock out somebody else.
 */
final class PasswordSignIn {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int MOST_FROM_DEVICE = 10;
    private static final int MOST_FOR_NAME_FROM_NETWORK = 5;
    /** Behind one IPv4 address a whole provider may stand (RFC 6888); an IPv6 network of 64 bits is one home. */
    private static final int MOST_FROM_IPV4 = 100;

    private static final int MOST_FROM_IPV6 = 30;
    /** Against guessing from many networks at once. */
    private static final int MOST_FOR_NAME = 100;

    private static final Duration LONG_WINDOW = Duration.ofHours(1);
    private static final int LONGEST_NAME = 254;

    /** Matched against when the name is unknown, so that both answers take the same time. */
    private static final String NOBODY = Passwords.hash("nobody");

    private final Database database;
    private final Accounts accounts;
    private final KnownDevices devices;
    private final SecondFactors factors;
    private final Limits limits;
    private final Entrance entrance;

    PasswordSignIn(
            Database database,
            Accounts accounts,
            KnownDevices devices,
            SecondFactors factors,
            Limits limits,
            Entrance entrance) {
        this.database = database;
        this.accounts = accounts;
        this.devices = devices;
        this.factors = factors;
        this.limits = limits;
        this.entrance = entrance;
    }

    SignIn tried(String typedName, String password, Visitor visitor) {
        String name = typedName.length() > LONGEST_NAME ? typedName.substring(0, LONGEST_NAME) : typedName;
        Optional<Account> account = database.inTransaction(tx -> accounts.named(tx, name));
        Optional<Attempt> attempt = limits.begin(buckets(name, account, visitor));
        if (attempt.isEmpty()) {
            return new SignIn.TooMany();
        }
        String stored = account.map(Account::password).filter(p -> !p.isEmpty()).orElse(NOBODY);
        boolean right = Passwords.matches(password, stored);
        if (account.isEmpty() || !right || stored.equals(NOBODY)) {
            entrance.failed(account.map(Account::actor).orElse("stranger"), "password");
            return new SignIn.Wrong();
        }
        limits.takeBack(attempt.get());
        return new SignIn.Right(account.get());
    }

    private List<Bucket> buckets(String name, Optional<Account> account, Visitor visitor) {
        boolean known = account.isPresent()
                && database.inTransaction(
                        tx -> devices.knows(tx, visitor.device(), account.get().id()));
        if (known) {
            String device = Secret.hash(visitor.device().orElseThrow());
            return List.of(new Bucket("password device " + device + " " + name, MOST_FROM_DEVICE, WINDOW));
        }
        List<Bucket> buckets = new ArrayList<>();
        String network = visitor.network();
        buckets.add(new Bucket("password " + network + " " + name, MOST_FOR_NAME_FROM_NETWORK, WINDOW));
        buckets.add(new Bucket("password " + network, network.contains(":") ? MOST_FROM_IPV6 : MOST_FROM_IPV4, WINDOW));
        // Where a second factor stands behind it, a guessed password opens nothing, and a shut door would only harm.
        boolean guarded = account.isPresent()
                && database.inTransaction(tx -> factors.has(tx, account.get().id()));
        if (!guarded) {
            buckets.add(new Bucket("password of " + name, MOST_FOR_NAME, LONG_WINDOW));
        }
        return buckets;
    }
}
