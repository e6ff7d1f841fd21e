package city.hamana.capability.people;

import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Somebody's own sign-in: the second factor, the recovery codes, the sessions. */
final class AccountPages {
    private static final String HERE = "city/hamana/capability/people/";
    private static final int MOST_TRIES = 10;
    private static final Set<String> SAID = Set.of(
            "passkey-added",
            "passkey-named",
            "passkey-removed",
            "passkey-refused",
            "app-removed",
            "password-changed",
            "session-ended",
            "sessions-ended");

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Accounts accounts;
    private final Sessions sessions;
    private final SecondFactors factors;
    private final PasskeyStore passkeys;
    private final Steps steps;
    private final Entrance entrance;
    private final boolean staffNeedSecondFactor;

    AccountPages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            Accounts accounts,
            Sessions sessions,
            SecondFactors factors,
            PasskeyStore passkeys,
            Steps steps,
            Entrance entrance,
            boolean staffNeedSecondFactor) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.accounts = accounts;
        this.sessions = sessions;
        this.factors = factors;
        this.passkeys = passkeys;
        this.steps = steps;
        this.entrance = entrance;
        this.staffNeedSecondFactor = staffNeedSecondFactor;
    }

    void routes(Routes routes) {
        routes.get("/account", Role.PERSON, this::show)
                .get("/account/second-factor", Role.PERSON, this::setUp)
                .post("/account/second-factor", Role.PERSON, this::enrol)
                .get("/account/second-factor/remove", Role.PERSON, this::removeForm)
                .post("/account/second-factor/remove", Role.PERSON, this::remove)
                .post("/account/recovery-codes", Role.PERSON, this::newCodes)
                .post("/account/sessions/{id}/end", Role.PERSON, this::endSession)
                .post("/account/sessions/end", Role.PERSON, this::endSessions);
    }

    private Reply show(Call call) {
        if (unproved(call)) {
            return Reply.seeOther("/account/second-factor");
        }
        long user = sessions.user(call);
        String said = call.query("said").filter(SAID::contains).orElse("");
        AccountPage page = database.inTransaction(tx -> {
            Account account = accounts.account(tx, user).orElseThrow();
            return new AccountPage(
                    passkeys.list(tx, user),
                    factors.has(tx, user),
                    factors.recoveryCodes(tx, user),
                    staffNeedSecondFactor && account.staff(),
                    !account.password().isEmpty(),
                    sessions.list(tx, user, call.cookie(Call.SESSION_COOKIE).orElse("")),
                    said);
        });
        return Reply.html(html.render(HERE + "account", call.page(), page));
    }

    /** Begins with a new secret; one that is in use stays in use until the new one has been shown to work. */
    private Reply setUp(Call call) {
        long user = sessions.user(call);
        if (database.inTransaction(tx -> accounts.account(tx, user))
                .map(Account::temporary)
                .orElse(false)) {
            return Reply.seeOther(PasswordPages.PATH);
        }
        if (locked(call)) {
            return Reply.seeOther("/sign-in?to=/account/second-factor");
        }
        String secret = SecondFactors.newSecret();
        String step = database.inTransaction(
                tx -> steps.begin(tx, call.cookie(Steps.COOKIE), Steps.Kind.NEW_APP, OptionalLong.of(user), secret));
        return appPage(call, secret, List.of()).withCookie(Steps.COOKIE, step, Steps.LIFE);
    }

    private Reply enrol(Call call) {
        long user = sessions.user(call);
        Optional<Steps.Step> step = database.inTransaction(
                        tx -> steps.attempt(tx, call.cookie(Steps.COOKIE), Steps.Kind.NEW_APP, MOST_TRIES))
                .filter(found -> found.user().orElse(0) == user);
        if (step.isEmpty() || locked(call)) {
            return Reply.seeOther("/account/second-factor");
        }
        String secret = step.get().data();
        Optional<List<String>> codes = database.inTransaction(tx -> {
            Optional<List<String>> made = factors.enrol(tx, user, secret, call.field("code"));
            made.ifPresent(list -> tell(tx, call, "people.second-factor-set"));
            return made;
        });
        if (codes.isEmpty()) {
            return appPage(call, secret, List.of(FieldError.of("code", "people.code.wrong")))
                    .withStatus(400);
        }
        // The proof has risen: a new session, and its cookies on the page that shows the codes.
        Reply entered = entrance.enter(call, user, Proof.TWO_FACTORS, "code", "/");
        Reply page = codesPage(call, codes.get());
        for (Reply.Header header : entered.headers()) {
            if (header.name().equals("Set-Cookie")) {
                page = page.with(header.name(), header.value());
            }
        }
        return page;
    }

    private Reply removeForm(Call call) {
        return Reply.html(html.render(HERE + "app-remove", call.page(), ""));
    }

    private Reply remove(Call call) {
        if (locked(call) || (staffNeedSecondFactor && call.person().roles().contains(Role.STAFF))) {
            return Reply.problem(403, "Staff keep a second factor here.");
        }
        long user = sessions.user(call);
        database.inTransaction(tx -> {
            factors.remove(tx, user);
            tell(tx, call, "people.second-factor-removed");
            return true;
        });
        return Reply.seeOther("/account?said=app-removed");
    }

    private Reply newCodes(Call call) {
        long user = sessions.user(call);
        if (locked(call) || !database.inTransaction(tx -> factors.has(tx, user))) {
            return Reply.seeOther("/account");
        }
        List<String> codes = database.inTransaction(tx -> {
            List<String> made = factors.newRecoveryCodes(tx, user);
            tell(tx, call, "people.recovery-codes-made");
            return made;
        });
        return codesPage(call, codes);
    }

    private Reply endSession(Call call) {
        long id = Parties.number(call.part("id"));
        long user = sessions.user(call);
        database.inTransaction(tx -> {
            sessions.end(tx, user, id, call.caller().actor());
            return true;
        });
        return Reply.seeOther("/account?said=session-ended");
    }

    /** All of them, this one too: whoever holds the telephone that was lost is out, and one signs in anew. */
    private Reply endSessions(Call call) {
        long user = sessions.user(call);
        database.inTransaction(tx -> {
            sessions.endAll(tx, user, call.caller().actor());
            return true;
        });
        return Reply.seeOther("/sign-in").withCookie(Call.SESSION_COOKIE, "", Duration.ZERO);
    }

    /** Signed in with less than the city asks for. */
    private static boolean unproved(Call call) {
        return call.person().roles().isEmpty();
    }

    /** Who has an app changes it only after having shown it: a password alone must not put another in its place. */
    private boolean locked(Call call) {
        long user = sessions.user(call);
        return call.person().proof() == Proof.ONE_FACTOR && database.inTransaction(tx -> factors.has(tx, user));
    }

    private void tell(Handle tx, Call call, String kind) {
        String actor = call.caller().actor();
        events.append(tx, new Event(real.instant(), kind, actor, actor, Map.of()));
    }

    private Reply appPage(Call call, String secret, List<FieldError> errors) {
        Caller.Person person = call.person();
        AppPage page = AppPage.of(secret, Totp.uri(secret, person.id()), errors);
        return Reply.html(html.render(HERE + "app", call.page(), page));
    }

    private Reply codesPage(Call call, List<String> codes) {
        return Reply.html(html.render(HERE + "recovery-codes", call.page(), codes));
    }
}
