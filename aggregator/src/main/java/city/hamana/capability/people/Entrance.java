package city.hamana.capability.people;

import city.hamana.platform.access.Proof;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Lets somebody in who has shown enough, whichever way: a new session, and a browser that is known from now on. */
final class Entrance {
    private record Secrets(String session, String device) {}

    private final Database database;
    private final Events events;
    private final InstantSource real;
    private final Accounts accounts;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final Steps steps;
    private final boolean staffNeedSecondFactor;

    Entrance(
            Database database,
            Events events,
            InstantSource real,
            Accounts accounts,
            Sessions sessions,
            KnownDevices devices,
            Steps steps,
            boolean staffNeedSecondFactor) {
        this.database = database;
        this.events = events;
        this.real = real;
        this.accounts = accounts;
        this.sessions = sessions;
        this.devices = devices;
        this.steps = steps;
        this.staffNeedSecondFactor = staffNeedSecondFactor;
    }

    /** @param with as in {@link Sessions#open} */
    Reply enter(Call call, long user, Proof proof, String with, String to) {
        Visitor visitor = Visitor.of(call);
        Secrets secrets = database.inTransaction(tx -> opened(tx, visitor, user, proof, with));
        return Reply.seeOther(destination(user, proof, to))
                .withCookie(Call.SESSION_COOKIE, secrets.session, Sessions.LIFE)
                .withCookie(KnownDevices.COOKIE, secrets.device, KnownDevices.LIFE)
                .withCookie(Steps.COOKIE, "", Duration.ZERO)
                .withCookie(Call.CSRF_COOKIE, "", Duration.ZERO);
    }

    /**
     * Notes a try that failed.
     *
     * @param whose as the event log names the account, or {@code stranger} when none is known
     */
    void failed(String whose, String with) {
        database.inTransaction(tx -> events.append(
                tx, new Event(real.instant(), "people.sign-in-failed", "stranger", whose, Map.of("with", with))));
    }

    /** Begins a step and sends the browser to the page where it goes on. */
    static Reply stepping(String secret, String path) {
        return Reply.seeOther(path).withCookie(Steps.COOKIE, secret, Steps.LIFE);
    }

    /** Only paths of this site. */
    static String target(Optional<String> to) {
        return to.filter(path -> path.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,500}"))
                .orElse("/");
    }

    private Secrets opened(Handle tx, Visitor visitor, long user, Proof proof, String with) {
        visitor.step().ifPresent(step -> steps.end(tx, step));
        String device = devices.remember(tx, visitor.device(), user);
        return new Secrets(sessions.open(tx, user, proof, visitor, with), device);
    }

    private String destination(long user, Proof proof, String to) {
        Optional<Account> account = database.inTransaction(tx -> accounts.account(tx, user));
        if (account.map(Account::temporary).orElse(false)) {
            return PasswordPages.PATH;
        }
        boolean staff = account.map(Account::staff).orElse(false);
        if (staff && staffNeedSecondFactor && proof == Proof.ONE_FACTOR) {
            return "/account/second-factor";
        }
        return staff && to.equals("/") ? "/staff/devices" : to;
    }
}
