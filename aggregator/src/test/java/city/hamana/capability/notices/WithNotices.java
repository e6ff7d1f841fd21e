package city.hamana.capability.notices;

import static org.junit.jupiter.api.Assertions.assertFalse;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.people.Address;
import city.hamana.capability.people.Names;
import city.hamana.capability.people.NewParty;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.capability.people.SignInSettings;
import city.hamana.capability.people.TestPeople;
import city.hamana.link.CertificateAuthority;
import city.hamana.link.DeviceIdentity;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Caller;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.metrics.Metrics;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Words;
import city.hamana.sample.Sample;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real database, and a mail server, a LINE and a push service that answer over real sockets. */
abstract class WithNotices {
    /** Noon in Japan. */
    static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");

    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    static final String LINE_USER = "U" + "0123456789abcdef".repeat(2);
    static final Duration LIMIT = Duration.ofSeconds(20);
    /** Certificates run on real time; a test run is shorter than their life. */
    @SuppressWarnings("TimeInStaticInitializer")
    static final DeviceIdentity HALL = CertificateAuthority.root("Testville", Instant.now())
            .identity("hall", city.hamana.link.Role.AGGREGATOR, List.of("localhost"), Instant.now());

    static final AtomicInteger NUMBER = new AtomicInteger();

    final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    final MailSink mail = new MailSink();
    final LineServer line = new LineServer();
    final PushServer push = new PushServer(now::get);

    @TempDir
    Path folder;

    Database database;
    Events events;
    People people;
    Documents documents;
    Jobs jobs;
    Notices notices;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:derby:memory:notices" + NUMBER.incrementAndGet() + ";create=true");
        events = new Events(database);
        people = TestPeople.of(database, events, now::get, TestPeople.settings(SignInSettings.SecondFactor.OFFERED));
        documents = new Documents(
                database, events, new Html(), HALL, URI.create("https://city.example"), List.of(), Clock.systemUTC());
        jobs = new Jobs(database, new Metrics(), now::get);
        notices = notices(new ChannelSettings(
                Optional.of(mail.server()), Optional.of(line.account()), Optional.of(push.sender(folder))));
        database.migrate(List.of(Events.SCHEMA, Jobs.SCHEMA, people.schema(), documents.schema(), notices.schema()));
        notices.jobs(jobs);
        jobs.start();
    }

    Notices notices(ChannelSettings channels) {
        Words words = Words.beside(List.of(Page.class, Notices.class, Sample.class));
        Clock city = new Clock() {
            @Override
            public ZoneId getZone() {
                return TOKYO;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("the city's clock stays in the city");
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        return new Notices(
                database,
                events,
                new Html(),
                people,
                documents,
                jobs,
                () -> words,
                channels,
                URI.create("https://city.example"),
                city,
                now::get);
    }

    @AfterEach
    void close() {
        jobs.close();
        database.close();
        mail.close();
        line.close();
        push.close();
    }

    static Message message(String address) {
        return new Message(
                1,
                "x",
                "",
                address,
                "",
                Language.JA,
                "お知らせ",
                "本文",
                "/a",
                Urgency.ORDINARY,
                "",
                "",
                NOON,
                Optional.empty());
    }

    Notice to(String party, Urgency urgency, String once) {
        return new Notice(
                new Recipient.Of(party), "sample.told", List.of("Maria", "Friday"), "/cases/1", urgency, once);
    }

    void send(Notice notice) {
        database.inTransaction(tx -> {
            notices.send(tx, notice);
            return notice;
        });
    }

    String linked(String address) {
        String party = party(address, Language.JA);
        database.inTransaction(tx -> {
            LineLinks.link(tx, party, LINE_USER, now.get());
            return party;
        });
        return party;
    }

    String party(String address, Language language) {
        return party(address, language, Optional.empty());
    }

    String party(String address, Language language, Optional<Address> home) {
        Caller.Person staff = new Caller.Person(
                "99", "suzuki", Set.of(Role.STAFF), Optional.of(new Post("shimin", Rank.OFFICER)), Proof.TWO_FACTORS);
        NewParty facts = new NewParty(
                Party.Kind.PERSON, new Names("Maria", "", ""), Optional.empty(), home, "", address, language);
        return database.inTransaction(tx -> people.add(tx, staff, facts));
    }

    List<Message> inbox(String party) {
        return database.inTransaction(tx -> Outbox.inbox(tx, "party", party, 0, 100));
    }

    List<Delivery> deliveries(Message message) {
        return database.inTransaction(tx -> Outbox.deliveries(tx, message.id()));
    }

    /** Of the newest message. */
    List<String> states(String party) {
        return deliveries(inbox(party).getFirst()).stream()
                .map(d -> d.channel() + " " + d.state())
                .toList();
    }

    Delivery delivery(String party) {
        return deliveries(inbox(party).getFirst()).getFirst();
    }

    long waitingTasksDueAt(String instant) {
        return jobs.tasks().stream()
                .filter(task -> task.due().equals(Instant.parse(instant)))
                .count();
    }

    void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > end, "it did not come about within " + LIMIT);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
