package city.hamana.capability.people;

import city.hamana.capability.people.Limits.Attempt;
import city.hamana.capability.people.Limits.Bucket;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Signing in with a password, and with the code that stands behind it; signing out. */
final class SignInPages {
    private static final String HERE = "city/hamana/capability/people/";
    private static final int MOST_TRIES = 5;
    private static final int MOST_CODES = 20;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final Database database;
    private final Html html;
    private final Sessions sessions;
    private final PasswordSignIn passwords;
    private final SecondFactors factors;
    private final Steps steps;
    private final Limits limits;
    private final Entrance entrance;
    private final boolean provider;

    SignInPages(
            Database database,
            Html html,
            Sessions sessions,
            PasswordSignIn passwords,
            SecondFactors factors,
            Steps steps,
            Limits limits,
            Entrance entrance,
            boolean provider) {
        this.database = database;
        this.html = html;
        this.sessions = sessions;
        this.passwords = passwords;
        this.factors = factors;
        this.steps = steps;
        this.limits = limits;
        this.entrance = entrance;
        this.provider = provider;
    }

    void routes(Routes routes) {
        routes.get("/sign-in", Role.ANYONE, this::form)
                .post("/sign-in", Role.ANYONE, this::signIn)
                .get("/sign-in/code", Role.ANYONE, this::codeForm)
                .post("/sign-in/code", Role.ANYONE, this::code)
                .post("/sign-out", Role.ANYONE, this::signOut);
    }

    private Reply form(Call call) {
        return page(call, Entrance.target(call.query("to")), "", "");
    }

    private Reply signIn(Call call) {
        String name = call.field("name");
        String to = Entrance.target(Optional.of(call.field("to")));
        // Not stripped: a space may be part of a password.
        String password = call.form().text("password");
        Visitor visitor = Visitor.of(call);
        return switch (passwords.tried(name, password, visitor)) {
            case SignIn.Right(var account) -> right(call, account, visitor, to);
            case SignIn.Wrong() -> page(call, to, name, "people.wrong").withStatus(401);
            case SignIn.TooMany() -> page(call, to, name, "people.too-many").withStatus(429);
        };
    }

    private Reply right(Call call, Account account, Visitor visitor, String to) {
        if (!database.inTransaction(tx -> factors.has(tx, account.id()))) {
            return entrance.enter(call, account.id(), Proof.ONE_FACTOR, "password", to);
        }
        String secret = database.inTransaction(
                tx -> steps.begin(tx, visitor.step(), Steps.Kind.CODE, OptionalLong.of(account.id()), to));
        return Entrance.stepping(secret, "/sign-in/code");
    }

    private Reply codeForm(Call call) {
        Optional<Steps.Step> step =
                database.inTransaction(tx -> steps.step(tx, call.cookie(Steps.COOKIE), Steps.Kind.CODE));
        return step.isEmpty() ? Reply.seeOther("/sign-in") : codePage(call, List.of());
    }

    private Reply code(Call call) {
        Optional<Steps.Step> step =
                database.inTransaction(tx -> steps.attempt(tx, call.cookie(Steps.COOKIE), Steps.Kind.CODE, MOST_TRIES));
        if (step.isEmpty()) {
            return page(call, "/", "", "people.code.over").withStatus(401);
        }
        long user = step.get().user().orElseThrow();
        // Who gets so far knows the password: the owner is slowed here by nobody else.
        Optional<Attempt> attempt = limits.begin(List.of(new Bucket("code of " + user, MOST_CODES, WINDOW)));
        if (attempt.isEmpty()) {
            return page(call, "/", "", "people.too-many").withStatus(429);
        }
        if (!database.inTransaction(tx -> factors.takes(tx, user, call.field("code")))) {
            entrance.failed("person:" + user, "code");
            return codePage(call, List.of(FieldError.of("code", "people.code.wrong")))
                    .withStatus(401);
        }
        limits.takeBack(attempt.get());
        return entrance.enter(call, user, Proof.TWO_FACTORS, "code", step.get().data());
    }

    private Reply signOut(Call call) {
        call.cookie(Call.SESSION_COOKIE)
                .ifPresent(secret -> sessions.signOut(secret, call.caller().actor()));
        return Reply.seeOther("/")
                .withCookie(Call.SESSION_COOKIE, "", Duration.ZERO)
                .withCookie(Call.CSRF_COOKIE, "", Duration.ZERO);
    }

    private Reply page(Call call, String to, String name, String wrong) {
        return Reply.html(html.render(HERE + "sign-in", call.page(), new SignInForm(to, name, wrong, provider)));
    }

    private Reply codePage(Call call, List<FieldError> errors) {
        return Reply.html(html.render(HERE + "code", call.page(), new Typed("", Map.of(), errors)));
    }
}
