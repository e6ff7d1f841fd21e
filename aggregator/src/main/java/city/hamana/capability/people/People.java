package city.hamana.capability.people;

import city.hamana.capability.rules.Rules;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.PartyColumn;
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
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
    private static final Duration MANDATES_EVERY = Duration.ofMinutes(15);
    private static final int MOST_METERS = 100;
    private static final int MOST_FOUND = 50;

    private final Database database;
    private final Events events;
    private final InstantSource clock;
    private final Lists lists;
    private final Parties parties;
    private final Mandates mandates;
    private final Mandating mandating;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final Steps steps;
    private final Limits limits;
    private final SignInPages signInPages;
    private final MailPages mailPages;
    private final PasskeyPages passkeyPages;
    private final ProviderPages providerPages;
    private final AccountPages accountPages;
    private final PasswordPages passwordPages;
    private final SecondFactors factors;
    private final TokenPages tokenPages;
    private final Consents consents;
    private final Readings readings;
    private final MePages mePages;
    private final MandatePages mandatePages;
    private final DataPages dataPages;
    private final StaffPages staffPages;
    private final StaffMandatePages staffMandatePages;
    private final Merges merges;
    private final MergePages mergePages;
    private final StaffAccountPages staffAccountPages;
    private List<ServiceModule> modules = List.of();

    /**
     * @param clock the city's, on which facts about people stand
     * @param real real time: sessions, codes and tokens do not run on the city's clock
     * @param rules by which the right of a guardian ends
     * @throws PeopleException if a file that the settings name cannot be read
     */
    public People(
            Database database,
            Events events,
            Html html,
            InstantSource clock,
            InstantSource real,
            SignInSettings settings,
            Rules rules,
            Teller teller) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        Lists own = Lists.own();
        lists = settings.townsFile().map(own::withTowns).orElse(own);
        parties = new Parties(clock);
        mandates = new Mandates(clock);
        mandating = new Mandating(parties, mandates, events, teller, clock);
        accounts = new Accounts(real);
        tokens = new Tokens(database, events, real);
        devices = new KnownDevices(real);
        steps = new Steps(real);
        limits = new Limits(database, real);
        boolean strict = settings.staffFactor() == SignInSettings.SecondFactor.REQUIRED;
        sessions = new Sessions(
                database,
                events,
                strict,
                real,
                (tx, person) -> modules.forEach(module -> module.signedOutEverywhere(tx, person)));
        factors = new SecondFactors(real, KeyRing.of(settings.keysFile()));
        PasskeyStore store = new PasskeyStore(database, real);
        Passkeys passkeys = new Passkeys(database, store, settings.publicAddress());
        Optional<IdentityProvider> provider = settings.provider()
                .map(p -> new IdentityProvider(p, settings.publicAddress().resolve(ProviderPages.BACK), real));
        Entrance entrance = new Entrance(database, events, real, accounts, sessions, devices, steps, strict);
        PasswordSignIn passwords = new PasswordSignIn(database, accounts, devices, factors, limits, entrance);
        MailCodes codes = new MailCodes(database, accounts, devices, steps, limits, teller);
        signInPages = new SignInPages(
                database, html, sessions, passwords, factors, steps, limits, entrance, provider.isPresent());
        mailPages = new MailPages(database, events, html, clock, lists, parties, accounts, steps, codes, entrance);
        passkeyPages = new PasskeyPages(
                database,
                events,
                html,
                real,
                accounts,
                steps,
                sessions,
                store,
                passkeys,
                entrance,
                provider.isPresent());
        providerPages = new ProviderPages(
                database,
                events,
                html,
                real,
                parties,
                accounts,
                sessions,
                steps,
                entrance,
                provider,
                settings.publicAddress());
        accountPages = new AccountPages(
                database, events, html, real, accounts, sessions, factors, store, steps, entrance, strict);
        passwordPages =
                new PasswordPages(database, events, html, real, accounts, sessions, devices, limits, entrance, teller);
        tokenPages = new TokenPages(html, real, tokens);
        consents = new Consents(clock);
        Erasures erasures = new Erasures(clock);
        readings = new Readings(events, accounts);
        mePages = new MePages(database, events, html, clock, lists, parties, accounts, consents, readings, erasures);
        mandatePages = new MandatePages(
                database,
                events,
                html,
                clock,
                parties,
                mandates,
                mandating,
                new Invitations(clock),
                settings.publicAddress());
        dataPages = new DataPages(database, events, html, clock, erasures, () -> modules);
        Counters counters = new Counters();
        staffPages = new StaffPages(
                database, events, html, clock, lists, parties, mandates, mandating, counters, accounts, this);
        merges = new Merges(parties, events, teller, clock, () -> modules);
        mergePages = new MergePages(database, html, parties, accounts, mandates, merges, counters, this);
        rules.table(People.class, Granting.TABLE);
        staffMandatePages = new StaffMandatePages(
                database, html, parties, mandates, mandating, new Granting(parties, mandates, rules), counters, this);
        staffAccountPages = new StaffAccountPages(
                database,
                events,
                html,
                real,
                lists,
                accounts,
                new StaffAccounts(real),
                sessions,
                factors,
                store,
                devices);
    }

    /** A browser in words that its owner knows again: {@code Chrome, Android}. */
    public static String browser(String userAgent) {
        return Browser.of(userAgent);
    }

    /** Tells which modules may hold something about a person; once, before anybody calls. */
    public People asking(List<ServiceModule> all) {
        modules = List.copyOf(all);
        return this;
    }

    @Override
    public String name() {
        return "people";
    }

    @Override
    public void routes(Routes routes) {
        signInPages.routes(routes);
        mailPages.routes(routes);
        passkeyPages.routes(routes);
        providerPages.routes(routes);
        accountPages.routes(routes);
        passwordPages.routes(routes);
        mePages.routes(routes);
        mandatePages.routes(routes);
        dataPages.routes(routes);
        mergePages.routes(routes);
        staffPages.routes(routes);
        staffMandatePages.routes(routes);
        staffAccountPages.routes(routes);
        tokenPages.routes(routes);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/me", "people.me", Role.RESIDENT, Door.Group.MINE),
                new Door("/account", "people.account", Role.STAFF, Door.Group.MINE),
                new Door("/staff/people", "people.search", Role.STAFF, Door.Group.WORK),
                new Door("/staff/accounts", "people.staff", Role.ADMIN, Door.Group.HOUSE),
                new Door("/staff/tokens", "people.tokens", Role.ADMIN, Door.Group.HOUSE));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(SWEEP_EVERY, "people-sweep", this::sweep);
        jobs.schedule("people-mandates", MANDATES_EVERY, this::tellOfMandates);
    }

    @Override
    public void begin(Handle tx) {
        factors.sealAll(tx);
        parties.compareAll(tx);
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
     * The next parties by their ids, without a trace: for the program's own needs, as to find for whom a notice is.
     *
     * @param after id of the last one seen; 0 to begin
     */
    public List<Party> after(Handle tx, long after, int most) {
        return parties.after(tx, after, most);
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
        String now = Parties.stays(tx, party);
        return person.roles().contains(Role.RESIDENT)
                && (person.id().equals(now) || mandates.valid(tx, now, person.id()));
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
        mandating.give(tx, actor, NewMandate.ofOwnWord(principal, agent, kind, clock.instant(), Optional.empty()));
    }

    /** Whether the party has agreed to this purpose, has not withdrawn, and the time is not over. */
    public boolean consents(Handle tx, String party, String purposeCode) {
        return consents.valid(tx, Parties.stays(tx, party), purposeCode);
    }

    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        return new PersonalFacts(parties, mandates, consents, readings, accounts).of(tx, party);
    }

    /** Whether the city has a provider of identities: then {@code /sign-in/prove?to=PATH} proves one and comes back. */
    public boolean provesIdentities() {
        return providerPages.open();
    }

    /** The id under which a party is kept now; another than this one where two entries of one person were joined. */
    public String idNow(Handle tx, String party) {
        return Parties.stays(tx, party);
    }

    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(
                new PartyColumn("people_mandate", "id", "principal_id", PartyColumn.Form.NUMBER, "agent_id"),
                new PartyColumn("people_mandate", "id", "agent_id", PartyColumn.Form.NUMBER, "principal_id"));
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
                SELECT DISTINCT meter FROM people_meter WHERE user_id IN (<ids>)
                ORDER BY meter OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bindList(
                        "ids",
                        Parties.ids(tx, person.id()).stream().map(Long::valueOf).toList())
                .bind("most", MOST_METERS)
                .mapTo(String.class)
                .list());
    }

    /** The meters of a party, at most 100. */
    public List<String> metersOf(Handle tx, String party) {
        return tx.createQuery("""
                SELECT DISTINCT meter FROM people_meter WHERE user_id = :party
                ORDER BY meter OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("party", Long.valueOf(party))
                .bind("most", MOST_METERS)
                .mapTo(String.class)
                .list();
    }

    /** Whether a meter is anybody's. */
    public boolean isSomebodys(Handle tx, String meter) {
        return tx.createQuery("SELECT COUNT(*) FROM people_meter WHERE meter = :meter")
                        .bind("meter", meter)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** The party whose meter it is, of several the one that had it first; empty when it is nobody's. */
    public Optional<String> holder(Handle tx, String meter) {
        return tx.createQuery("SELECT MIN(user_id) FROM people_meter WHERE meter = :meter")
                .bind("meter", meter)
                .mapTo(Long.class)
                .findOne()
                .filter(id -> id > 0)
                .map(id -> Parties.stays(tx, Long.toString(id)));
    }

    /** Whoever had the one meter has the other from now on. */
    public void meterExchanged(Handle tx, String old, String now) {
        tx.execute("UPDATE people_meter SET meter = ? WHERE meter = ?", now, old);
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

    /** Takes out what is over. */
    private void sweep() {
        database.inTransaction(tx -> {
            sessions.sweep(tx);
            devices.sweep(tx);
            steps.sweep(tx);
            limits.sweep(tx);
            merges.sweep(tx);
            return true;
        });
    }

    private void tellOfMandates() {
        database.inTransaction(tx -> {
            mandating.tellWhatIsNew(tx);
            return true;
        });
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
}
