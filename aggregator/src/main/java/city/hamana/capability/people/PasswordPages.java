package city.hamana.capability.people;

import city.hamana.capability.people.Limits.Attempt;
import city.hamana.capability.people.Limits.Bucket;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Changing one's own password: with the old one, and nobody else stays signed in. */
final class PasswordPages {
    static final String PATH = "/account/password";
    private static final String HERE = "city/hamana/capability/people/";
    private static final int MOST_TRIES = 5;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Accounts accounts;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final Limits limits;
    private final Entrance entrance;
    private final Teller teller;
    private final PasswordRules rules = new PasswordRules();

    PasswordPages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            Accounts accounts,
            Sessions sessions,
            KnownDevices devices,
            Limits limits,
            Entrance entrance,
            Teller teller) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.accounts = accounts;
        this.sessions = sessions;
        this.devices = devices;
        this.limits = limits;
        this.entrance = entrance;
        this.teller = teller;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.PERSON, this::form).post(PATH, Role.PERSON, this::change);
    }

    private Reply form(Call call) {
        Account account = account(call);
        return account.password().isEmpty() ? Reply.seeOther("/account") : page(call, account, List.of());
    }

    private Reply change(Call call) {
        Account account = account(call);
        if (account.password().isEmpty()) {
            return Reply.seeOther("/account");
        }
        // Who sits before a browser that somebody left open must not find the old password by trying.
        Optional<Attempt> attempt =
                limits.begin(List.of(new Bucket("password change of " + account.id(), MOST_TRIES, WINDOW)));
        if (attempt.isEmpty()) {
            return page(call, account, List.of(FieldError.of("old", "people.password.too-many")))
                    .withStatus(429);
        }
        // Not stripped: a space may be part of a password.
        String old = call.form().text("old");
        if (!Passwords.matches(old, account.password())) {
            entrance.failed(account.actor(), "password-change");
            return page(call, account, List.of(FieldError.of("old", "people.password.old-wrong")))
                    .withStatus(400);
        }
        limits.takeBack(attempt.get());
        String fresh = call.form().text("new");
        List<FieldError> errors = errors(account, old, fresh, call.form().text("again"));
        if (!errors.isEmpty()) {
            return page(call, account, errors).withStatus(400);
        }
        String hash = Passwords.hash(fresh);
        database.inTransaction(tx -> changed(tx, account, hash));
        return entrance.enter(
                call, account.id(), call.person().proof(), "new-password", "/account?said=password-changed");
    }

    private List<FieldError> errors(Account account, String old, String fresh, String again) {
        List<FieldError> errors = new ArrayList<>();
        if (fresh.equals(old)) {
            errors.add(FieldError.of("new", "people.password.same"));
        } else {
            rules.complaint("new", fresh, account).ifPresent(errors::add);
        }
        if (!fresh.equals(again)) {
            errors.add(FieldError.of("again", "people.password.again-wrong"));
        }
        return errors;
    }

    private boolean changed(Handle tx, Account account, String hash) {
        accounts.password(tx, account.id(), hash, false);
        devices.forget(tx, account.id());
        sessions.endAll(tx, account.id(), account.actor());
        if (account.staff()) {
            // Staff are no parties; their division has an inbox, and colleagues may ask.
            account.post().map(Post::department).ifPresent(code -> tell(tx, new Teller.To.Division(code), account, ""));
        } else {
            tell(tx, new Teller.To.Party(Long.toString(account.id())), account, "/account");
        }
        String actor = account.actor();
        events.append(tx, new Event(real.instant(), "people.password-changed", actor, actor, Map.of()));
        return true;
    }

    private void tell(Handle tx, Teller.To to, Account account, String link) {
        teller.tell(tx, to, "people.password-changed", List.of(account.shown()), link);
    }

    private Account account(Call call) {
        long user = sessions.user(call);
        return database.inTransaction(tx -> accounts.account(tx, user).orElseThrow());
    }

    private Reply page(Call call, Account account, List<FieldError> errors) {
        Map<String, String> values = Map.of("temporary", account.temporary() ? "yes" : "");
        return Reply.html(html.render(HERE + "password", call.page(), new Typed("", values, errors)));
    }
}
