package city.hamana.capability.notices;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
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
import city.hamana.platform.text.Words;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The city's messages. */
public final class Notices implements ServiceModule {
    private static final int LONGEST_SUBJECT = 500;
    private static final int LONGEST_TEXT = 8_000;
    private static final int MOST_A_DAY = 3;
    private static final int MOST_TAKEN = 1_000;
    private static final int SAMPLES = 3;
    private static final Duration DAY = Duration.ofDays(1);

    private final Events events;
    private final People people;
    private final Supplier<Words> words;
    private final Clock city;
    private final Courier courier;
    private final InboxPages inbox;
    private final LinePages line;
    private final PushPages push;
    private final LetterPages letters;

    /**
     * @param words of all modules; asked when a message is written, for then all modules are there
     * @param address of this site, as people reach it
     * @param city the city's clock; quiet hours are the city's hours
     * @param real real time, on which the queue runs
     */
    public Notices(
            Database database,
            Events events,
            Html html,
            People people,
            Documents documents,
            Jobs jobs,
            Supplier<Words> words,
            ChannelSettings channels,
            URI address,
            Clock city,
            InstantSource real) {
        this.events = events;
        this.people = people;
        this.words = words;
        this.city = city;
        Map<Channel, Carrier> carriers = new EnumMap<>(Channel.class);
        channels.mail().ifPresent(server -> carriers.put(Channel.MAIL, new MailCarrier(server)));
        Optional<LineCarrier> lineCarrier = channels.line().map(LineCarrier::new);
        lineCarrier.ifPresent(carrier -> carriers.put(Channel.LINE, carrier));
        Optional<Vapid> vapid = channels.push().map(Vapid::of);
        boolean anywhere =
                channels.push().map(ChannelSettings.PushSender::anywhere).orElse(false);
        vapid.ifPresent(v -> carriers.put(Channel.PUSH, new PushCarrier(database, v, anywhere, real)));
        carriers.put(Channel.LETTER, new LetterCarrier());
        this.letters = new LetterPages(database, events, html, people, documents, words, address, city, real);
        this.push = new PushPages(database, events, vapid, anywhere, city);
        this.courier = new Courier(database, events, people, jobs, carriers, address, city, real);
        this.line = new LinePages(
                database, words, channels.line().map(ChannelSettings.LineAccount::secret), lineCarrier, real);
        this.inbox = new InboxPages(database, html, people, line, push, List.copyOf(carriers.keySet()));
    }

    @Override
    public String name() {
        return "notices";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/me/notices", Role.RESIDENT, inbox::list)
                .get("/me/notices/settings", Role.RESIDENT, inbox::settings)
                .post("/me/notices/settings", Role.RESIDENT, inbox::prefer)
                .post("/me/notices/line", Role.RESIDENT, inbox::offerLine)
                .post("/me/notices/line/end", Role.RESIDENT, inbox::endLine)
                .post("/me/notices/devices", Role.RESIDENT, push::begin)
                .post("/me/notices/devices/{id}/end", Role.RESIDENT, push::end)
                .get("/me/notices/{id}", Role.RESIDENT, inbox::show)
                .get("/staff/inbox", Role.STAFF, inbox::staffList)
                .get("/staff/inbox/{id}", Role.STAFF, inbox::staffShow)
                .get("/staff/letters", Role.STAFF, letters::list)
                .get("/staff/letters.csv", Role.STAFF, letters::csv)
                .get("/staff/letters.pdf", Role.STAFF, letters::pdf)
                .post("/staff/letters/post", Role.STAFF, letters::post)
                .post("/staff/letters/{id}/{act}", Role.STAFF, letters::act)
                .get("/n/{code}", Role.ANYONE, inbox::follow)
                .post("/api/line/webhook", Role.ANY_PROGRAM, LinePages.LONGEST_BYTES, line::told);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/me/notices", "notices.door", Role.RESIDENT, Door.Group.MINE),
                new Door("/staff/inbox", "notices.staff-door", Role.STAFF, Door.Group.WORK),
                new Door("/staff/letters", "notices.letters-door", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public void jobs(Jobs jobs) {
        courier.work(jobs);
    }

    /** Letters of the division for water to people who have given an address and nothing else. */
    @Override
    public void seed(Handle tx) {
        people.after(tx, 0, MOST_TAKEN).stream()
                .filter(party -> party.address().isPresent() && party.mail().isEmpty())
                .limit(SAMPLES)
                .forEach(party -> send(
                        tx,
                        new Notice(
                                new Recipient.Of(party.id()),
                                "notices.sample",
                                List.of(),
                                "/water",
                                Urgency.ORDINARY,
                                "sample-letter:" + party.id(),
                                "suido")));
    }

    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(new PartyColumn("notices_message", "id", "party"));
    }

    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        List<Map<String, String>> messages = Outbox.inbox(tx, "party", party, 0, MOST_TAKEN).stream()
                .map(message -> Map.of(
                        "at", message.at().toString(),
                        "subject", message.subject(),
                        "text", message.text(),
                        "read", message.read().map(Instant::toString).orElse("")))
                .toList();
        return Map.of(
                "notices",
                messages,
                "channels",
                Outbox.preference(tx, party).orElse(Courier.USUAL).channels().stream()
                        .map(Channel::name)
                        .toList(),
                "line",
                LineLinks.user(tx, party).isPresent(),
                "devices",
                Subscriptions.devices(tx, party).stream()
                        .map(device -> Map.of(
                                "device", device.name(), "since", device.since().toString()))
                        .toList());
    }

    /** A device that somebody else may hold now shows nothing any more. */
    @Override
    public void signedOutEverywhere(Handle tx, String party) {
        Subscriptions.endAll(tx, party);
    }

    @Override
    public void erase(Handle tx, String party) {
        LineLinks.unlink(tx, party);
        Subscriptions.endAll(tx, party);
        Outbox.erase(tx, party);
    }

    /**
     * Writes a message and has it brought to its recipient, in the caller's transaction. A {@code once} that was there
     * before, and a party that the city no longer knows, change nothing.
     */
    public void send(Handle tx, Notice notice) {
        written(tx, notice)
                .flatMap(message -> Outbox.add(tx, notice.once(), message))
                .ifPresent(message -> {
                    courier.begin(tx, message);
                    Map<String, Object> detail = Map.of("message", message.id(), "words", notice.words());
                    events.append(tx, new Event(city.instant(), "notices.sent", "system", subject(message), detail));
                });
    }

    /**
     * Tells one of many. Beyond three of an ordinary kind within a day it goes into the inbox only [K].
     *
     * @throws IllegalArgumentException if a language is missing
     */
    public void announce(Handle tx, Announcement announcement) {
        if (announcement.texts().size() != Language.values().length) {
            throw new IllegalArgumentException("an announcement speaks every language");
        }
        Instant now = city.instant();
        people.party(tx, announcement.party())
                .flatMap(party -> Outbox.add(tx, announcement.once(), message(announcement, party)))
                .filter(message -> message.urgency() != Urgency.ORDINARY
                        || Outbox.announced(tx, message.party(), now.minus(DAY)) <= MOST_A_DAY)
                .ifPresent(message -> courier.begin(tx, message));
    }

    /** How many messages somebody has not opened, in the inbox at this path; 0 for other paths, and without a database. */
    public int unread(Caller.Person person, String door) {
        return inbox.unread(person, door);
    }

    /** How many messages each channel has taken since a moment. */
    public Map<Channel, Long> sent(Handle tx, Instant since) {
        return Outbox.sent(tx, since);
    }

    /** How far the messages have come whose {@code once} begins so. */
    public Tally tally(Handle tx, String once) {
        return Outbox.tally(tx, once);
    }

    /**
     * By which channels this party can be reached outside of the inbox, its first one first.
     *
     * @param letterFrom division that would post a letter; empty for none
     */
    public List<Channel> reach(Handle tx, Party party, String letterFrom) {
        return courier.reach(tx, party, letterFrom);
    }

    private Message message(Announcement announcement, Party party) {
        Announcement.Text text = announcement.texts().get(party.language());
        return new Message(
                0,
                Secret.shorter(),
                party.id(),
                "",
                "",
                party.language(),
                cut(text.subject(), LONGEST_SUBJECT),
                cut(text.text(), LONGEST_TEXT),
                announcement.link(),
                announcement.urgency(),
                announcement.letterFrom(),
                announcement.stop(),
                city.instant(),
                Optional.empty());
    }

    private Optional<Message> written(Handle tx, Notice notice) {
        return switch (notice.to()) {
            case Recipient.Of(var id) ->
                people.party(tx, id).map(party -> message(notice, party.id(), "", "", party.language()));
            case Recipient.Mail(var address, var language) -> Optional.of(message(notice, "", address, "", language));
            case Recipient.Division(var department) -> Optional.of(message(notice, "", "", department, Language.JA));
        };
    }

    private Message message(Notice notice, String party, String address, String department, Language language) {
        Object[] values = notice.values().toArray();
        return new Message(
                0,
                Secret.shorter(),
                party,
                address,
                department,
                language,
                cut(words.get().plain(language, notice.words() + ".subject", values), LONGEST_SUBJECT),
                cut(words.get().plain(language, notice.words() + ".text", values), LONGEST_TEXT),
                notice.link(),
                notice.urgency(),
                notice.letterFrom(),
                "",
                city.instant(),
                Optional.empty());
    }

    private static String subject(Message message) {
        if (!message.party().isEmpty()) {
            return Party.subject(message.party());
        }
        return message.department().isEmpty() ? "message:" + message.id() : "department:" + message.department();
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
