package city.hamana.capability.people;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.ServiceModule;
import city.hamana.platform.text.Language;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The people and programs of the city. */
public final class People implements ServiceModule {
    private static final Logger LOG = LoggerFactory.getLogger(People.class);
    private static final String HERE = "city/hamana/capability/people/";
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
    private static final int MOST_METERS = 100;
    private static final int MOST_FOUND = 50;

    private final Database database;
    private final Html html;
    private final Events events;
    private final InstantSource clock;
    private final InstantSource real;
    private final Lists lists;
    private final Parties parties;
    private final Mandates mandates;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Tokens tokens;

    /**
     * @param clock the city's, on which facts about people stand
     * @param real real time: sessions and tokens do not run on the city's clock
     */
    public People(Database database, Events events, Html html, InstantSource clock, InstantSource real) {
        this.database = database;
        this.html = html;
        this.events = events;
        this.clock = clock;
        this.real = real;
        this.lists = Lists.own();
        this.parties = new Parties(clock);
        this.mandates = new Mandates(clock);
        this.accounts = new Accounts(real);
        this.sessions = new Sessions(database, events, real);
        this.tokens = new Tokens(database, events, real);
    }

    @Override
    public String name() {
        return "people";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/sign-in", Role.ANYONE, this::form)
                .post("/sign-in", Role.ANYONE, this::signIn)
                .post("/sign-out", Role.ANYONE, this::signOut)
                .get("/staff/tokens", Role.ADMIN, call -> tokenList(call, "", ""))
                .post("/staff/tokens", Role.ADMIN, this::makeToken)
                .post("/staff/tokens/{id}/revoke", Role.ADMIN, this::revokeToken);
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/tokens", "people.tokens", Role.ADMIN, Door.Group.HOUSE));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(SWEEP_EVERY, "people-sweep", sessions::sweep);
    }

    @Override
    public void seed(Handle tx) {
        new Samples(lists, parties, mandates).add(tx);
    }

    /**
     * A party, without a trace: for the program's own needs, as to address a notice. What a person gets to see is read by
     * {@link #read}.
     */
    public Optional<Party> party(Handle tx, String id) {
        return parties.party(tx, id);
    }

    /**
     * A party for somebody to look at. It leaves an event, {@code people.read}, unless the reader is the party itself or
     * may act for it; so it is called last in a transaction.
     *
     * @throws PeopleException if there is no such party
     */
    public Party read(Handle tx, Caller reader, String id, Purpose purpose) {
        Party party = parties.party(tx, id).orElseThrow(() -> PeopleException.unknownParty(id));
        boolean own = reader instanceof Caller.Person person && mayActFor(tx, person, id);
        if (!own) {
            trace(tx, "people.read", reader, party, purpose);
        }
        return party;
    }

    /**
     * The parties in whose names or telephone number each of the typed words begins a word, at most 50 and three words.
     * Kana, accents and forms of characters make no difference. Every party found leaves an event, {@code people.found}.
     */
    public List<Party> search(Handle tx, Caller.Person staff, String text, Purpose purpose) {
        List<Party> found = parties.search(tx, text, MOST_FOUND);
        found.forEach(party -> trace(tx, "people.found", staff, party, purpose));
        return found;
    }

    /** Registers somebody who has come to the counter, or called; gives the new party's id. */
    public String add(Handle tx, Caller.Person staff, NewParty facts) {
        String id = parties.add(tx, facts);
        events.append(tx, new Event(clock.instant(), "people.registered", staff.actor(), Party.subject(id), Map.of()));
        return id;
    }

    /** Whether the person is this party, or is its guardian, proxy or representative now. */
    public boolean mayActFor(Handle tx, Caller.Person person, String party) {
        return person.roles().contains(Role.RESIDENT)
                && (person.id().equals(party) || mandates.valid(tx, party, person.id()));
    }

    /** For whom the person may act now: the person first, then others by name, at most 51. */
    public List<Party> principals(Handle tx, Caller.Person person) {
        if (!person.roles().contains(Role.RESIDENT)) {
            return List.of();
        }
        return Stream.concat(parties.party(tx, person.id()).stream(), mandates.principals(tx, person.id()).stream())
                .toList();
    }

    /**
     * Lets one party act for another from now on.
     *
     * @param actor as the event log names who decided it
     */
    public void permit(Handle tx, String actor, String principal, String agent, Mandate.Kind kind) {
        mandates.add(tx, principal, agent, kind, Optional.empty());
        Map<String, String> detail = Map.of("agent", Party.subject(agent), "kind", kind.code());
        events.append(tx, new Event(clock.instant(), "people.mandate-given", actor, Party.subject(principal), detail));
    }

    /** City hall's divisions, in the order of its own list. */
    public List<Department> departments() {
        return lists.departments();
    }

    /** The city's towns (町字). */
    public List<Town> towns() {
        return lists.towns();
    }

    /** The person of a session; empty when it has ended. */
    public Optional<Caller.Person> person(String sessionSecret) {
        return sessions.person(sessionSecret);
    }

    /** The program of a token; empty when the token is unknown, has ended or was revoked. */
    public Optional<Caller.Program> program(String token) {
        return tokens.program(token);
    }

    /** The meters that are this person's, in order of their names, at most 100. */
    public List<String> meters(Caller.Person person) {
        return database.inTransaction(tx -> tx.createQuery("""
                SELECT meter FROM people_meter WHERE user_id = :id
                ORDER BY meter OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("id", Long.parseLong(person.id()))
                .bind("most", MOST_METERS)
                .mapTo(String.class)
                .list());
    }

    /**
     * Adds the people and tokens of a file, if there is nobody yet; otherwise the file is not opened.
     *
     * @throws InitialUsersException if others may read the file, or a line cannot be read
     */
    public void addInitial(Path file) {
        if (database.inTransaction(People::someoneIsThere)) {
            return;
        }
        List<InitialUsers.Line> lines = InitialUsers.read(file);
        database.inTransaction(tx -> {
            lines.forEach(line -> add(tx, line));
            return lines.size();
        });
        LOG.info("{} people and tokens added from {}", lines.size(), file);
    }

    private void trace(Handle tx, String kind, Caller reader, Party party, Purpose purpose) {
        Map<String, String> why = Map.of("purpose", purpose.code(), "reference", purpose.reference());
        events.append(tx, new Event(clock.instant(), kind, reader.actor(), party.subject(), why));
    }

    private static boolean someoneIsThere(Handle tx) {
        return tx.createQuery("SELECT COUNT(*) FROM people_user")
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private void add(Handle tx, InitialUsers.Line line) {
        if (line.program()) {
            tokens.add(tx, line.name(), line.secret(), String.join(",", line.last()), "system");
            return;
        }
        if (line.staff()) {
            accounts.addStaff(tx, line);
        } else {
            String id = parties.add(tx, NewParty.person(line.names(), Language.JA));
            accounts.addResident(tx, id, line);
        }
    }

    private Reply form(Call call) {
        return signInPage(call, new SignInForm(target(call.query("to")), "", ""));
    }

    private Reply signIn(Call call) {
        String name = call.field("name");
        String to = target(Optional.of(call.field("to")));
        // Not stripped: a space may be part of a password.
        String password = call.form().text("password");
        return switch (sessions.signIn(name, password, call.address(), call.cookie(Call.SESSION_COOKIE))) {
            case SignIn.Done(var secret, var staff) ->
                Reply.seeOther(to.equals("/") && staff ? "/staff/devices" : to)
                        .withCookie(Call.SESSION_COOKIE, secret, Sessions.LIFE)
                        .withCookie(Call.CSRF_COOKIE, "", Duration.ZERO);
            case SignIn.Wrong() ->
                signInPage(call, new SignInForm(to, name, "people.wrong")).withStatus(401);
            case SignIn.TooMany() ->
                signInPage(call, new SignInForm(to, name, "people.too-many")).withStatus(429);
        };
    }

    private Reply signOut(Call call) {
        call.cookie(Call.SESSION_COOKIE)
                .ifPresent(secret -> sessions.signOut(secret, call.caller().actor()));
        return Reply.seeOther("/")
                .withCookie(Call.SESSION_COOKIE, "", Duration.ZERO)
                .withCookie(Call.CSRF_COOKIE, "", Duration.ZERO);
    }

    private Reply signInPage(Call call, SignInForm form) {
        return Reply.html(html.render(HERE + "sign-in", call.page(), form));
    }

    private Reply makeToken(Call call) {
        List<String> scopes = Tokens.SCOPES.stream()
                .filter(scope -> call.field("scope-" + scope).equals("yes"))
                .toList();
        if (!call.field("name").matches("[A-Za-z0-9._-]{1,64}") || scopes.isEmpty()) {
            return tokenList(call, "", "people.token-wrong").withStatus(400);
        }
        String made = tokens.create(
                call.field("name"), String.join(",", scopes), call.caller().actor());
        return tokenList(call, made, "");
    }

    private Reply revokeToken(Call call) {
        if (!call.part("id").matches("\\d{1,18}")) {
            return Reply.notFound();
        }
        tokens.revoke(Long.parseLong(call.part("id")), call.caller().actor());
        return Reply.seeOther("/staff/tokens");
    }

    private Reply tokenList(Call call, String made, String wrong) {
        TokenList list = new TokenList(tokens.list(), Tokens.SCOPES, made, wrong, real.instant());
        return Reply.html(html.render(HERE + "tokens", call.page(), list));
    }

    /** Only paths of this site. */
    private static String target(Optional<String> to) {
        return to.filter(path -> path.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,500}"))
                .orElse("/");
    }
}
