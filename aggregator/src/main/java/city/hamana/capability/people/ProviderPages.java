package city.hamana.capability.people;

import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Signing in, and proving an identity, with the provider of identities. */
final class ProviderPages {
    static final String BACK = "/sign-in/provider/back";
    private static final String HERE = "city/hamana/capability/people/";

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Parties parties;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Steps steps;
    private final Entrance entrance;
    private final Optional<IdentityProvider> provider;
    private final URI site;

    ProviderPages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            Parties parties,
            Accounts accounts,
            Sessions sessions,
            Steps steps,
            Entrance entrance,
            Optional<IdentityProvider> provider,
            URI site) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.parties = parties;
        this.accounts = accounts;
        this.sessions = sessions;
        this.steps = steps;
        this.entrance = entrance;
        this.provider = provider;
        this.site = site;
    }

    void routes(Routes routes) {
        routes.get("/sign-in/prove", Role.PERSON, this::prove)
                .get("/sign-in/provider", Role.ANYONE, this::depart)
                .get(BACK, Role.ANYONE, this::arrive);
    }

    boolean open() {
        return provider.isPresent();
    }

    /** Says why more is asked for, and how to give it. */
    private Reply prove(Call call) {
        String to = Entrance.target(call.query("to"));
        if (call.person().proof().atLeast(Proof.IDENTITY)) {
            return Reply.seeOther(to);
        }
        return Reply.html(html.render(HERE + "prove", call.page(), new SignInForm(to, "", "", provider.isPresent())));
    }

    private Reply depart(Call call) {
        if (provider.isEmpty()) {
            return Reply.notFound();
        }
        Optional<IdentityProvider.Departure> departure = provider.get().depart();
        if (departure.isEmpty()) {
            return refused(call, "people.provider.away", 503);
        }
        OptionalLong user =
                call.caller() instanceof Caller.Person ? OptionalLong.of(sessions.user(call)) : OptionalLong.empty();
        String data = Entrance.target(call.query("to")) + "\n" + departure.get().kept();
        String secret = database.inTransaction(
                tx -> steps.begin(tx, call.cookie(Steps.COOKIE), Steps.Kind.PROVIDER, user, data));
        return Entrance.stepping(secret, departure.get().address().toString());
    }

    private Reply arrive(Call call) {
        Optional<Steps.Step> step = database.inTransaction(tx ->
                steps.step(tx, call.cookie(Steps.COOKIE), Steps.Kind.PROVIDER).filter(found -> steps.end(tx, found)));
        if (provider.isEmpty() || step.isEmpty()) {
            return refused(call, "people.provider.over", 400);
        }
        String[] data = step.get().data().split("\n", 2);
        IdentityProvider.Return result =
                provider.get().arrive(site.resolve(call.page().path()), data[1]);
        if (!(result instanceof IdentityProvider.Return.Proved)) {
            entrance.failed(step.get().user().isPresent() ? call.caller().actor() : "stranger", "provider");
        }
        return switch (result) {
            case IdentityProvider.Return.Proved(var identity) ->
                proved(call, identity, step.get().user(), data[0]);
            case IdentityProvider.Return.Declined() -> refused(call, "people.provider.declined", 401);
            case IdentityProvider.Return.Failed() -> refused(call, "people.provider.failed", 401);
        };
    }

    /** Somebody known by this identity is let in; who was signed in is known by it from now on; others may register. */
    private Reply proved(Call call, Identity identity, OptionalLong signedIn, String to) {
        OptionalLong known = database.inTransaction(tx -> accounts.byIdentity(tx, identity.subject()));
        if (known.isPresent() && (signedIn.isEmpty() || samePerson(known.getAsLong(), signedIn.getAsLong()))) {
            return entrance.enter(call, known.getAsLong(), Proof.IDENTITY, "provider", to);
        }
        if (known.isPresent()) {
            return refused(call, "people.provider.another", 403);
        }
        if (signedIn.isEmpty()) {
            return registering(identity, to);
        }
        boolean linked = database.inTransaction(tx -> linked(tx, identity, signedIn.getAsLong()));
        return linked
                ? entrance.enter(call, signedIn.getAsLong(), Proof.IDENTITY, "provider", to)
                : refused(call, "people.provider.another", 403);
    }

    private boolean samePerson(long one, long other) {
        return database.inTransaction(tx -> Parties.stays(tx, one) - Parties.stays(tx, other)) == 0;
    }

    private Reply registering(Identity identity, String to) {
        String data = new Newcomer("", to, Optional.of(identity)).data();
        String secret = database.inTransaction(
                tx -> steps.begin(tx, Optional.empty(), Steps.Kind.REGISTER, OptionalLong.empty(), data));
        return Entrance.stepping(secret, "/sign-in/register");
    }

    /** An account is one person's: not linked a second time, and not to somebody of another name and birthday. */
    private boolean linked(Handle tx, Identity identity, long user) {
        Optional<Party> party = parties.party(tx, Long.toString(user));
        if (party.isEmpty() || accounts.identified(tx, user) || !identity.fits(party.get())) {
            return false;
        }
        accounts.link(tx, user, identity.issuer(), identity.subject());
        String actor = "person:" + user;
        events.append(tx, new Event(real.instant(), "people.identity-proved", actor, actor, Map.of()));
        return true;
    }

    private Reply refused(Call call, String words, int status) {
        return Reply.html(html.render(HERE + "refused", call.page(), words)).withStatus(status);
    }
}
