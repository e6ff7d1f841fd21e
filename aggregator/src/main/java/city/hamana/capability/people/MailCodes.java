package city.hamana.capability.people;

import city.hamana.capability.people.Limits.Attempt;
import city.hamana.capability.people.Limits.Bucket;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.text.Language;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Codes of eight figures by mail. A code is good in the browser that asked for it only, for ten minutes, five tries and
 * once; a new one takes the place of the old. Whether anybody is known by the address shows only to who reads its mail.
 */
final class MailCodes {
    private static final int MOST_TRIES = 5;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MOST_TO_ADDRESS_FROM_NETWORK = 5;
    private static final int MOST_FROM_NETWORK = 60;
    /** So that nobody fills a mailbox; somebody known by the browser is not held up by it. */
    private static final int MOST_TO_ADDRESS = 20;

    private static final Duration DAY = Duration.ofDays(1);
    private static final int CODES = 100_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern MAIL = Pattern.compile(
            "[^\\s@<>\"(),:;\\\\\\[\\]\\p{Cntrl}]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){1,8}");

    private final Database database;
    private final Accounts accounts;
    private final KnownDevices devices;
    private final Steps steps;
    private final Limits limits;
    private final Teller teller;

    /** What came of a code that was typed. */
    sealed interface Answer {
        /** It is right; who it is, if somebody is known by the address. */
        record Right(String mail, OptionalLong user, String to) implements Answer {}

        /** It is wrong, but there are tries left. */
        record Wrong() implements Answer {}

        /** Time or tries are over, or this browser asked for none. */
        record Over() implements Answer {}
    }

    MailCodes(Database database, Accounts accounts, KnownDevices devices, Steps steps, Limits limits, Teller teller) {
        this.database = database;
        this.accounts = accounts;
        this.devices = devices;
        this.steps = steps;
        this.limits = limits;
        this.teller = teller;
    }

    static boolean isMail(String typed) {
        return typed.length() <= NewParty.LONGEST_MAIL && MAIL.matcher(typed).matches();
    }

    /**
     * Sends a code; gives the secret for the step's cookie, or nothing when too many were asked for.
     *
     * @param to path to go to afterwards
     */
    Optional<String> ask(String typed, String to, Language language, Visitor visitor) {
        String mail = Accounts.mail(typed);
        Optional<Attempt> attempt = limits.begin(buckets(mail, visitor));
        if (attempt.isEmpty()) {
            return Optional.empty();
        }
        String code = "%08d".formatted(RANDOM.nextInt(CODES));
        return Optional.of(database.inTransaction(tx -> {
            String data = String.join("\n", mail, Secret.hash(mail + code), to);
            String secret = steps.begin(tx, visitor.step(), Steps.Kind.MAIL, OptionalLong.empty(), data);
            String shown = code.substring(0, 4) + " " + code.substring(4);
            teller.tell(tx, new Teller.To.Mail(mail, language), "people.code-mail", List.of(shown), "");
            return secret;
        }));
    }

    /** Checks a code; with a right one the step is over. */
    Answer check(Visitor visitor, String typed) {
        return database.inTransaction(tx -> {
            Optional<Steps.Step> found = steps.attempt(tx, visitor.step(), Steps.Kind.MAIL, MOST_TRIES);
            if (found.isEmpty()) {
                return new Answer.Over();
            }
            String[] data = found.get().data().split("\n", 3);
            if (!data[1].equals(Secret.hash(data[0] + typed.replaceAll("\\D", "")))) {
                return found.get().tries() < MOST_TRIES ? new Answer.Wrong() : new Answer.Over();
            }
            return steps.end(tx, found.get())
                    ? new Answer.Right(data[0], accounts.byMail(tx, data[0]), data[2])
                    : new Answer.Over();
        });
    }

    private List<Bucket> buckets(String mail, Visitor visitor) {
        List<Bucket> buckets = new ArrayList<>();
        buckets.add(new Bucket("mail " + visitor.network() + " " + mail, MOST_TO_ADDRESS_FROM_NETWORK, WINDOW));
        buckets.add(new Bucket("mail " + visitor.network(), MOST_FROM_NETWORK, WINDOW));
        boolean known = database.inTransaction(tx -> {
            OptionalLong user = accounts.byMail(tx, mail);
            return user.isPresent() && devices.knows(tx, visitor.device(), user.getAsLong());
        });
        if (!known) {
            buckets.add(new Bucket("mail to " + mail, MOST_TO_ADDRESS, DAY));
        }
        return buckets;
    }
}
