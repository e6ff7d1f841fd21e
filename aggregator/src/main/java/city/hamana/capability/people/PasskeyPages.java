package city.hamana.capability.people;

import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Signing in with a passkey; adding, naming and removing one. */
final class PasskeyPages {
    private static final String HERE = "city/hamana/capability/people/";
    private static final int LONGEST_LABEL = 60;

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Accounts accounts;
    private final Steps steps;
    private final Sessions sessions;
    private final PasskeyStore store;
    private final Passkeys passkeys;
    private final Entrance entrance;
    private final boolean provider;

    PasskeyPages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            Accounts accounts,
            Steps steps,
            Sessions sessions,
            PasskeyStore store,
            Passkeys passkeys,
            Entrance entrance,
            boolean provider) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.accounts = accounts;
        this.steps = steps;
        this.sessions = sessions;
        this.store = store;
        this.passkeys = passkeys;
        this.entrance = entrance;
        this.provider = provider;
    }

    void routes(Routes routes) {
        routes.post("/sign-in/passkey/options", Role.ANYONE, this::ask)
                .post("/sign-in/passkey", Role.ANYONE, this::signIn)
                .post("/account/passkeys/options", Role.PERSON, this::askForNew)
                .post("/account/passkeys", Role.PERSON, this::add)
                .post("/account/passkeys/{id}/rename", Role.PERSON, this::rename)
                .get("/account/passkeys/{id}/remove", Role.PERSON, this::removeForm)
                .post("/account/passkeys/{id}/remove", Role.PERSON, this::remove);
    }

    private Reply ask(Call call) {
        Passkeys.Question question = passkeys.signIn();
        return asked(call, question, Steps.Kind.PASSKEY, OptionalLong.empty());
    }

    private Reply signIn(Call call) {
        String to = Entrance.target(Optional.of(call.field("to")));
        Optional<Steps.Step> step = once(call, Steps.Kind.PASSKEY);
        OptionalLong user = step.isEmpty()
                ? OptionalLong.empty()
                : passkeys.signedIn(step.get().data(), call.field("credential"));
        if (user.isEmpty()) {
            step.ifPresent(s -> entrance.failed("stranger", "passkey"));
            SignInForm form = new SignInForm(to, "", "people.passkey.refused", provider);
            return Reply.html(html.render(HERE + "sign-in", call.page(), form)).withStatus(401);
        }
        return entrance.enter(call, user.getAsLong(), Proof.TWO_FACTORS, "passkey", to);
    }

    private Reply askForNew(Call call) {
        long user = sessions.user(call);
        Account account =
                database.inTransaction(tx -> accounts.account(tx, user).orElseThrow());
        String handle = database.inTransaction(tx -> accounts.handle(tx, user));
        Passkeys.Question question = passkeys.newPasskey(account, handle);
        return asked(call, question, Steps.Kind.NEW_PASSKEY, OptionalLong.of(user));
    }

    private Reply add(Call call) {
        long user = sessions.user(call);
        boolean added = once(call, Steps.Kind.NEW_PASSKEY)
                .filter(step -> step.user().orElse(0) == user)
                .map(step -> passkeys.added(user, step.data(), call.field("credential"), label(call)))
                .orElse(false);
        if (!added) {
            return Reply.seeOther("/account?said=passkey-refused");
        }
        tell(call, "people.passkey-added");
        return better(call, user);
    }

    /** With a passkey just made one has shown as much as by signing in with it. */
    private Reply better(Call call, long user) {
        return call.person().proof() == Proof.ONE_FACTOR
                ? entrance.enter(call, user, Proof.TWO_FACTORS, "passkey", "/account?said=passkey-added")
                : Reply.seeOther("/account?said=passkey-added");
    }

    private Reply rename(Call call) {
        long id = Parties.number(call.part("id"));
        long user = sessions.user(call);
        boolean named = database.inTransaction(tx -> store.rename(tx, user, id, label(call)));
        return named ? Reply.seeOther("/account?said=passkey-named") : Reply.notFound();
    }

    private Reply removeForm(Call call) {
        return passkey(call)
                .map(key -> Reply.html(html.render(HERE + "passkey-remove", call.page(), key)))
                .orElseGet(Reply::notFound);
    }

    private Reply remove(Call call) {
        long id = Parties.number(call.part("id"));
        long user = sessions.user(call);
        if (!database.inTransaction(tx -> store.remove(tx, user, id))) {
            return Reply.notFound();
        }
        tell(call, "people.passkey-removed");
        return Reply.seeOther("/account?said=passkey-removed");
    }

    private Optional<Passkey> passkey(Call call) {
        long id = Parties.number(call.part("id"));
        long user = sessions.user(call);
        List<Passkey> own = database.inTransaction(tx -> store.list(tx, user));
        return own.stream().filter(key -> key.id() == id).findFirst();
    }

    private void tell(Call call, String kind) {
        String actor = call.caller().actor();
        database.inTransaction(tx -> events.append(tx, new Event(real.instant(), kind, actor, actor, Map.of())));
    }

    private Reply asked(Call call, Passkeys.Question question, Steps.Kind kind, OptionalLong user) {
        String secret =
                database.inTransaction(tx -> steps.begin(tx, call.cookie(Steps.COOKIE), kind, user, question.kept()));
        return Reply.json(question.forBrowser().getBytes(StandardCharsets.UTF_8))
                .withCookie(Steps.COOKIE, secret, Steps.LIFE);
    }

    /** The step of this browser, which is over with it: a challenge is answered once. */
    private Optional<Steps.Step> once(Call call, Steps.Kind kind) {
        return database.inTransaction(
                tx -> steps.step(tx, call.cookie(Steps.COOKIE), kind).filter(step -> steps.end(tx, step)));
    }

    /** As typed, or the browser's own description; what cannot be shown is left out. */
    private static String label(Call call) {
        String typed = call.field("label");
        boolean fits = !typed.isEmpty()
                && typed.length() <= LONGEST_LABEL
                && Names.complaint(typed).isEmpty();
        return fits ? typed : Browser.of(call.header("User-Agent").orElse(""));
    }
}
