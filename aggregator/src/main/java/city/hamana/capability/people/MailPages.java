package city.hamana.capability.people;

import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Signing in with a code by mail; and registering, for whoever has shown an address or an identity that is new. */
final class MailPages {
    private static final String HERE = "city/hamana/capability/people/";

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource clock;
    private final Lists lists;
    private final Parties parties;
    private final Accounts accounts;
    private final Steps steps;
    private final MailCodes codes;
    private final Entrance entrance;

    MailPages(
            Database database,
            Events events,
            Html html,
            InstantSource clock,
            Lists lists,
            Parties parties,
            Accounts accounts,
            Steps steps,
            MailCodes codes,
            Entrance entrance) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.lists = lists;
        this.parties = parties;
        this.accounts = accounts;
        this.steps = steps;
        this.codes = codes;
        this.entrance = entrance;
    }

    void routes(Routes routes) {
        routes.get("/sign-in/mail", Role.ANYONE, this::form)
                .post("/sign-in/mail", Role.ANYONE, this::ask)
                .get("/sign-in/mail/code", Role.ANYONE, this::codeForm)
                .post("/sign-in/mail/code", Role.ANYONE, this::code)
                .get("/sign-in/register", Role.ANYONE, this::registerForm)
                .post("/sign-in/register", Role.ANYONE, this::register);
    }

    private Reply form(Call call) {
        return page(call, "mail", Typed.empty(Entrance.target(call.query("to"))));
    }

    private Reply ask(Call call) {
        String to = Entrance.target(Optional.of(call.field("to")));
        String mail = call.field("mail");
        if (!MailCodes.isMail(mail)) {
            return refused(call, to, mail, "people.mail.wrong").withStatus(400);
        }
        return codes.ask(mail, to, call.page().language(), Visitor.of(call))
                .map(secret -> Entrance.stepping(secret, "/sign-in/mail/code"))
                .orElseGet(() -> refused(call, to, mail, "people.mail.too-many").withStatus(429));
    }

    private Reply refused(Call call, String to, String mail, String words) {
        return page(call, "mail", new Typed(to, Map.of("mail", mail), List.of(FieldError.of("mail", words))));
    }

    private Reply codeForm(Call call) {
        return step(call, Steps.Kind.MAIL)
                .map(step -> page(call, "mail-code", sentTo(step, List.of())))
                .orElseGet(() -> Reply.seeOther("/sign-in/mail"));
    }

    private Reply code(Call call) {
        Optional<Steps.Step> step = step(call, Steps.Kind.MAIL);
        return switch (codes.check(Visitor.of(call), call.field("code"))) {
            case MailCodes.Answer.Right(var mail, var user, var to) ->
                user.isPresent()
                        ? entrance.enter(call, user.getAsLong(), Proof.ONE_FACTOR, "mail", to)
                        : registering(call, mail, to);
            case MailCodes.Answer.Wrong() ->
                page(call, "mail-code", sentTo(step.orElseThrow(), wrong())).withStatus(401);
            case MailCodes.Answer.Over() ->
                refused(call, "/", "", "people.mail.over").withStatus(401);
        };
    }

    private Reply registering(Call call, String mail, String to) {
        String data = new Newcomer(mail, to, Optional.empty()).data();
        String secret = database.inTransaction(
                tx -> steps.begin(tx, call.cookie(Steps.COOKIE), Steps.Kind.REGISTER, OptionalLong.empty(), data));
        return Entrance.stepping(secret, "/sign-in/register");
    }

    private Reply registerForm(Call call) {
        return step(call, Steps.Kind.REGISTER)
                .map(Newcomer::of)
                .map(newcomer ->
                        registerPage(call, newcomer.prefilled(call.page().language()), List.of()))
                .orElseGet(() -> Reply.seeOther("/sign-in/mail"));
    }

    private Reply register(Call call) {
        Optional<Steps.Step> step = step(call, Steps.Kind.REGISTER);
        if (step.isEmpty()) {
            return refused(call, "/", "", "people.mail.over").withStatus(401);
        }
        Newcomer newcomer = Newcomer.of(step.get());
        Map<String, String> typed = PersonForm.typed(call);
        typed.put("mail", newcomer.mail());
        LocalDate today = LocalDate.ofInstant(clock.instant(), call.page().zone());
        PersonForm form = new PersonForm(lists);
        List<FieldError> errors = new ArrayList<>(form.errors(typed, today));
        if (!call.field("agreed").equals("yes")) {
            errors.add(FieldError.of("agreed", "people.register.agree-missing"));
        }
        if (!errors.isEmpty()) {
            return registerPage(call, typed, errors).withStatus(400);
        }
        NewParty facts = form.facts(Party.Kind.PERSON, typed, today);
        Optional<Long> user = database.inTransaction(tx -> registered(tx, step.get(), newcomer, facts));
        if (user.isEmpty()) {
            return refused(call, "/", "", "people.mail.over").withStatus(401);
        }
        Proof proof = newcomer.identity().isPresent() ? Proof.IDENTITY : Proof.ONE_FACTOR;
        return entrance.enter(call, user.get(), proof, "registration", newcomer.to());
    }

    /** Empty where the form was sent twice. */
    private Optional<Long> registered(Handle tx, Steps.Step step, Newcomer newcomer, NewParty facts) {
        if (!steps.end(tx, step)) {
            return Optional.empty();
        }
        String id = parties.add(tx, facts);
        accounts.addResident(tx, id);
        long user = Parties.number(id);
        if (!newcomer.mail().isEmpty()) {
            accounts.addMail(tx, user, newcomer.mail());
        }
        newcomer.identity().ifPresent(identity -> accounts.link(tx, user, identity.issuer(), identity.subject()));
        events.append(
                tx, new Event(clock.instant(), "people.registered", "person:" + user, Party.subject(id), Map.of()));
        return Optional.of(user);
    }

    private Optional<Steps.Step> step(Call call, Steps.Kind kind) {
        return database.inTransaction(tx -> steps.step(tx, call.cookie(Steps.COOKIE), kind));
    }

    private static Typed sentTo(Steps.Step step, List<FieldError> errors) {
        return new Typed("", Map.of("mail", step.data().split("\n", 2)[0]), errors);
    }

    private static List<FieldError> wrong() {
        return List.of(FieldError.of("code", "people.code.wrong"));
    }

    private Reply registerPage(Call call, Map<String, String> typed, List<FieldError> errors) {
        return Reply.html(html.render(
                HERE + "register", call.page(), new PersonPage("", new Typed("", typed, errors), lists.towns())));
    }

    private Reply page(Call call, String template, Typed typed) {
        return Reply.html(html.render(HERE + template, call.page(), typed));
    }
}
