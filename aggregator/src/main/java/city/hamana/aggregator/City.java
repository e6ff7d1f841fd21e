package city.hamana.aggregator;

import city.hamana.capability.broadcasts.Broadcasts;
import city.hamana.capability.cases.Cases;
import city.hamana.capability.documents.Documents;
import city.hamana.capability.forms.Forms;
import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.oversight.Oversight;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.people.People;
import city.hamana.capability.people.Teller;
import city.hamana.capability.rules.Rules;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.link.TrustException;
import city.hamana.platform.db.Database;
import city.hamana.platform.db.Schema;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Frame;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Gate;
import city.hamana.platform.http.Routes;
import city.hamana.platform.http.Site;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.metrics.Metrics;
import city.hamana.platform.module.Panel;
import city.hamana.platform.module.ServiceModule;
import city.hamana.platform.text.Words;
import city.hamana.sensing.commands.Commands;
import city.hamana.sensing.completeness.Completeness;
import city.hamana.sensing.devices.Devices;
import city.hamana.sensing.equipment.Inventory;
import city.hamana.sensing.household.Household;
import city.hamana.sensing.inflow.OffDays;
import city.hamana.sensing.ingest.Ingest;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.settings.DeviceConfiguration;
import city.hamana.sensing.settings.Fleet;
import city.hamana.sensing.vee.Vee;
import city.hamana.service.network.Network;
import city.hamana.service.procedures.Procedures;
import city.hamana.service.quality.WaterQuality;
import city.hamana.service.roads.Roads;
import city.hamana.service.underpass.Underpasses;
import city.hamana.service.watchover.Watchover;
import city.hamana.service.water.Water;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one list of modules, and what they are built from. */
public final class City implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(City.class);
    private static final String VERSION = "0.1.0";

    private static final Duration REVOKED_EVERY = Duration.ofMinutes(10);

    private final Metrics metrics = new Metrics();
    private final Html html = new Html();
    private final Jobs jobs;
    private final Routes routes = new Routes();
    private final Database database;
    private final Events events;
    private final Devices devices;
    private final Notices notices;
    private final List<ServiceModule> modules;
    private final Site site;
    private final Vouched vouched;
    private final Optional<URI> estAddress;

    /** Builds every module and brings its tables up to date; nothing listens and no job runs yet. */
    public City(Settings settings, DeviceIdentity identity) {
        database = Database.open(settings.databaseUrl());
        events = new Events(database);
        InstantSource real = InstantSource.system();
        jobs = new Jobs(database, metrics, real);
        vouched = new Vouched(identity, settings.identityDir());
        estAddress = settings.estAddress();
        Readings readings = new Readings(database, events, html, real);
        Rules rules = new Rules(database, events, html, settings.clock());
        People people =
                new People(database, events, html, settings.clock(), real, settings.signIn(), rules, this::tell);
        Documents documents = new Documents(
                database, events, html, identity, settings.publicAddress(), settings.moreFonts(), settings.clock());
        notices = new Notices(
                database,
                events,
                html,
                people,
                documents,
                jobs,
                this::frameWords,
                settings.channels(),
                settings.publicAddress(),
                settings.clock(),
                real);
        Ingest ingest =
                new Ingest(database, events, readings, html, identity, vouched, settings.expiredSigners(), real);
        DeviceConfiguration configuration =
                new DeviceConfiguration(database, events, html, identity, this::known, real);
        Commands commands = new Commands(database, events, identity, settings.clock());
        devices = new Devices(
                database,
                events,
                html,
                settings.clock(),
                real,
                settings.silentAfter(),
                ingest::quarantineCounts,
                ingest::wanted,
                configuration::unconfirmed,
                commands::waiting,
                metrics);
        Inventory inventory = new Inventory(html, devices, readings, settings.clock());
        Maps maps = new Maps(database, events, html, settings.clock(), settings.publicAddress(), settings.tiles());
        Cases cases = new Cases(database, events, people::mayActFor, settings.clock(), settings.closedDays());
        OffDays offDays = OffDays.closed(LocalDate.now(settings.clock()), cases::open);
        Vee vee = new Vee(database, events, html, settings.clock(), real, rules, offDays, readings);
        Household household = new Household(database, events, settings.clock(), rules, readings, vee);
        Forms forms = new Forms(people.towns());
        Ledger ledger = new Ledger(settings.clock());
        Payments payments = new Payments(
                database,
                events,
                html,
                metrics,
                people,
                documents,
                notices,
                rules,
                this::frameWords,
                ledger,
                settings.payments(),
                settings.publicAddress(),
                settings.clock(),
                real);
        Roads roads = new Roads(
                database,
                events,
                html,
                settings.clock(),
                real,
                settings.publicAddress(),
                cases,
                maps,
                people,
                rules,
                notices);
        Broadcasts broadcasts = new Broadcasts(database, events, html, people, notices, jobs, settings.clock(), real);
        Procedures procedures = new Procedures(
                database, events, html, people, rules, cases, forms, documents, notices, settings.clock());
        broadcasts.asking(procedures.conditions());
        FrontDoor front = new FrontDoor(database, html, metrics);
        modules = List.of(
                front,
                people,
                maps,
                rules,
                forms,
                cases,
                documents,
                notices,
                broadcasts,
                ledger,
                payments,
                new Oversight(database, events, html, jobs, settings.clock()),
                devices,
                readings,
                vee,
                household,
                ingest,
                configuration,
                commands,
                inventory,
                new Completeness(database, events, ingest, devices, html, identity, documents, settings.clock(), real),
                new Water(
                        database,
                        events,
                        html,
                        settings.clock(),
                        real,
                        people,
                        rules,
                        cases,
                        notices,
                        payments,
                        readings,
                        vee,
                        household,
                        maps,
                        this::panels,
                        jobs),
                new Watchover(database, events, html, settings.clock(), people, notices, vee),
                new Network(
                        database,
                        events,
                        html,
                        settings.clock(),
                        real,
                        rules,
                        offDays,
                        notices,
                        maps,
                        readings,
                        vee,
                        household),
                new WaterQuality(
                        database, events, html, settings.clock(), rules, documents, notices, readings, inventory),
                roads,
                procedures,
                new Underpasses(
                        database, events, html, settings.clock(), real, devices, commands, inventory, maps, notices));

        front.serving(modules);
        people.asking(modules);
        database.migrate(schemas());
        Frame frame = new Frame(
                words(),
                settings.clock(),
                doors(),
                settings.demo(),
                settings.attribution(),
                settings.helpPhone(),
                VERSION);
        site = new Site(frame, html, gate(people, vouched, notices), metrics, settings.proxies());
        modules.forEach(module -> module.routes(routes.of(module.name())));
        settings.initialUsersFile().ifPresent(people::addInitial);
        database.inTransaction(tx -> {
            modules.forEach(module -> module.begin(tx));
            return modules.size();
        });
        if (settings.demo()) {
            database.inTransaction(tx -> {
                modules.forEach(module -> module.seed(tx));
                return modules.size();
            });
        }
    }

    public List<ServiceModule> modules() {
        return modules;
    }

    public Routes routes() {
        return routes;
    }

    public Site site() {
        return site;
    }

    public Database database() {
        return database;
    }

    public Events events() {
        return events;
    }

    /** Starts what runs beside the requests. */
    void startJobs() {
        estAddress.ifPresent(est -> jobs.every(REVOKED_EVERY, "revoked", () -> vouched.refresh(est)));
        modules.forEach(module -> module.jobs(jobs));
        jobs.start();
    }

    @Override
    public void close() {
        jobs.close();
        database.close();
    }

    /** Settings go to devices, and devices hand them out: one of the two has to be known by name only. */
    private Optional<Fleet.Known> known(String id) {
        return devices.device(id).map(device -> new Fleet.Known(device.isGateway(), device.status()));
    }

    /** Notices know people, and people have things to tell: one of the two has to be known by name only. */
    private void tell(Handle tx, Teller.To to, String words, List<String> values, String link) {
        String once = words + ":" + UUID.randomUUID();
        switch (to) {
            case Teller.To.Mail(var address, var language) ->
                notices.send(
                        tx, new Notice(new Recipient.Mail(address, language), words, values, link, Urgency.CODE, once));
            case Teller.To.Party(var id) ->
                notices.send(tx, new Notice(new Recipient.Of(id), words, values, link, Urgency.PROMPT, once));
            case Teller.To.Division(var code) ->
                notices.send(tx, new Notice(new Recipient.Division(code), words, values, link, Urgency.ORDINARY, once));
        }
    }

    /** A module may need the words of all, which are there once all are. */
    private Words frameWords() {
        return site.frame().words();
    }

    /** The page of a division's day shows what all modules have for it. */
    private List<Panel> panels(String division) {
        return modules.stream()
                .flatMap(module -> module.panels().stream())
                .filter(panel -> panel.division().equals(division))
                .toList();
    }

    private List<Schema> schemas() {
        List<Schema> schemas = new ArrayList<>(List.of(Events.SCHEMA, Jobs.SCHEMA));
        modules.forEach(module -> schemas.add(module.schema()));
        return schemas;
    }

    private Words words() {
        List<Class<?>> anchors = new ArrayList<>(List.of(Page.class));
        modules.forEach(module -> anchors.add(module.getClass()));
        return Words.beside(anchors);
    }

    /** What people come for stands first, what it stands on behind it. */
    private List<Door> doors() {
        return modules.reversed().stream()
                .flatMap(module -> module.doors().stream())
                .toList();
    }

    private static Gate gate(People people, Supplier<Trust> trust, Notices notices) {
        return new Gate() {
            @Override
            public Optional<Caller.Person> person(String sessionSecret) {
                return people.person(sessionSecret);
            }

            @Override
            public int news(Caller.Person person, String door) {
                return notices.unread(person, door);
            }

            @Override
            public Optional<Caller.Program> program(String token) {
                return people.program(token);
            }

            @Override
            public Optional<Caller.Device> device(X509Certificate certificate) {
                return gateway(trust.get(), certificate);
            }
        };
    }

    /** Certificates run on real time, whatever the city's clock says. */
    private static Optional<Caller.Device> gateway(Trust trust, X509Certificate certificate) {
        try {
            Trust.Peer peer = trust.verify(certificate, Instant.now());
            return peer.role() == Role.GATEWAY ? Optional.of(new Caller.Device(peer, certificate)) : Optional.empty();
        } catch (TrustException e) {
            LOG.warn("a client was refused: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
