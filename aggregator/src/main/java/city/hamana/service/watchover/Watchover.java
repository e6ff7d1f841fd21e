package city.hamana.service.watchover;

import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.people.People;
import city.hamana.capability.people.Purpose;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.PartyColumn;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.vee.Use;
import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Watch-over of a relative by water, by consent (measure 4 of the plan). */
public final class Watchover implements ServiceModule {
    static final String WELFARE = "fukushi";

    private static final String HERE = "city/hamana/service/watchover/";
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    private static final int MORNING = 7;
    private static final int NIGHT = 21;
    private static final int LONGEST_NOTE = 200;
    private static final int LONGEST_AWAY_DAYS = 366;
    private static final Purpose PURPOSE = new Purpose("watchover.look-after", "");

    private final Database database;
    private final Events events;
    private final Html html;
    private final Clock clock;
    private final People people;
    private final Notices notices;
    private final Vee vee;
    private final Store store = new Store();

    /** @param clock the city's, on which its meters count */
    public Watchover(
            Database database, Events events, Html html, Clock clock, People people, Notices notices, Vee vee) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.people = people;
        this.notices = notices;
        this.vee = vee;
    }

    @Override
    public String name() {
        return "watchover";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/watch", Role.RESIDENT, this::mine)
                .post("/watch", Role.RESIDENT, this::invite)
                .post("/watch/away", Role.RESIDENT, this::away)
                .post("/watch/well", Role.RESIDENT, this::well)
                .get("/watch/accept/{secret}", Role.RESIDENT, this::offer)
                .post("/watch/accept/{secret}", Role.RESIDENT, this::accept)
                .post("/watch/{id}/end", Role.RESIDENT, this::end)
                .post("/watch/{id}/reached", Role.RESIDENT, this::reached)
                .get("/staff/watch", Role.STAFF, this::welfare)
                .post("/staff/watch/{alarm}", Role.STAFF, this::visited);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/watch", "watchover.door", Role.RESIDENT, Door.Group.SERVICES),
                new Door("/staff/watch", "watchover.staff-door", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.schedule("watchover", LOOK_EVERY, this::look);
    }

    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(
                new PartyColumn("watchover_watch", "id", "party", PartyColumn.Form.TEXT, "relative_party"),
                new PartyColumn("watchover_watch", "id", "relative_party", PartyColumn.Form.TEXT, "party"),
                new PartyColumn("watchover_away", "from_day", "party"),
                new PartyColumn("watchover_alarm", "id", "party"));
    }

    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        Map<String, Object> all = new LinkedHashMap<>();
        List<Map<String, Object>> watches = new ArrayList<>();
        store.of(tx, party)
                .forEach(watch -> watches.add(Map.of(
                        "meter",
                        watch.meter(),
                        "agreed",
                        watch.agreed(),
                        "welfare",
                        watch.welfare(),
                        "since",
                        watch.begun().toString())));
        List<Map<String, Object>> alarms = store.newest(tx, party).stream()
                .map(alarm -> Map.<String, Object>of(
                        "kind", alarm.kind(), "since", alarm.since().toString(), "answer", alarm.answer()))
                .toList();
        if (!watches.isEmpty()) {
            all.put("watched-by", watches);
        }
        if (!alarms.isEmpty()) {
            all.put("alarms", alarms);
        }
        return all;
    }

    @Override
    public void erase(Handle tx, String party) {
        tx.execute("DELETE FROM watchover_away WHERE party = ?", party);
        tx.execute("DELETE FROM watchover_alarm WHERE party = ?", party);
        tx.execute("DELETE FROM watchover_watch WHERE party = ? OR relative_party = ?", party, party);
    }

    // --- Looking -------------------------------------------------------------------------------------------------

    /** One look at everybody who wishes it. */
    public void look() {
        Map<String, List<Watch>> byParty = database.inTransaction(store::agreed).stream()
                .collect(Collectors.groupingBy(Watch::party, LinkedHashMap::new, Collectors.toList()));
        byParty.forEach(this::look);
    }

    private void look(String party, List<Watch> watches) {
        Rhythm.Judged judged = meter(party, watches.getFirst())
                .map(meter -> Rhythm.of(hours(meter)))
                .orElseGet(Rhythm.Unknown::new);
        database.inTransaction(tx -> {
            Optional<Alarm> open = store.open(tx, party);
            boolean away = isAway(tx, party);
            if (open.isPresent()) {
                goOn(tx, open.get(), watches, judged, away);
            } else if (judged instanceof Rhythm.Unusual unusual
                    && !away
                    && isTimeFor(unusual)
                    && !justAnswered(tx, party, unusual)) {
                begin(tx, party, unusual);
            }
            return party;
        });
    }

    /** The meter the person chose; after an exchange, the one that came in its place. */
    private Optional<String> meter(String party, Watch watch) {
        List<String> now = database.inTransaction(tx -> people.metersOf(tx, party));
        return now.contains(watch.meter())
                ? Optional.of(watch.meter())
                : now.stream().findFirst();
    }

    /** Nobody is woken to be asked whether they sleep; water that runs all night is asked about at once. */
    private boolean isTimeFor(Rhythm.Unusual unusual) {
        int hour = LocalTime.now(clock).getHour();
        return unusual.kind() == Rhythm.Kind.RUNNING || (hour >= MORNING && hour < NIGHT);
    }

    private boolean isAway(Handle tx, String party) {
        return store.away(tx, party)
                .filter(days -> days.holds(LocalDate.now(clock)))
                .isPresent();
    }

    private List<Use> hours(String meter) {
        Instant end = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return vee.hours(meter, end.minus(Duration.ofHours(Rhythm.HOURS)), Rhythm.HOURS);
    }

    /** Who has said "I am well" in this very pause is not asked again in it. */
    private boolean justAnswered(Handle tx, String party, Rhythm.Unusual unusual) {
        Instant since = since(unusual);
        return store.newest(tx, party).stream()
                .findFirst()
                .filter(alarm -> !alarm.answer().equals("use") && alarm.moved().isAfter(since))
                .isPresent();
    }

    private Instant since(Rhythm.Unusual unusual) {
        return clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(unusual.hours()));
    }

    private void begin(Handle tx, String party, Rhythm.Unusual unusual) {
        store.begin(tx, party, unusual.kind().code(), since(unusual), clock.instant());
        Alarm alarm = store.open(tx, party).orElseThrow();
        tell(tx, alarm, party, "watchover.ask-self", "/watch");
        append(tx, "watchover.asked", "system", alarm);
    }

    /** A meter that falls silent answers nothing: the question goes on. */
    private void goOn(Handle tx, Alarm alarm, List<Watch> watches, Rhythm.Judged judged, boolean away) {
        Instant now = clock.instant();
        if (judged instanceof Rhythm.Usual || away) {
            ended(tx, alarm, away ? "away" : "use", "", "system", watches);
            return;
        }
        boolean welfare = watches.stream().anyMatch(Watch::welfare);
        Stage next = alarm.stage().next(welfare);
        if (next != alarm.stage()
                && now.isAfter(alarm.moved().plus(alarm.stage().patience()))) {
            store.move(tx, alarm, next, "", "", now);
            if (next == Stage.FAMILY) {
                watches.forEach(watch -> tell(tx, alarm, watch.relative(), "watchover.ask-family", "/watch"));
            } else {
                notices.send(
                        tx,
                        new Notice(
                                new Recipient.Division(WELFARE),
                                "watchover.ask-welfare",
                                List.of(),
                                "/staff/watch",
                                Urgency.PROMPT,
                                "watchover:" + alarm.id() + ":welfare"));
            }
            append(tx, "watchover." + next.code(), "system", alarm);
        }
    }

    private void tell(Handle tx, Alarm alarm, String party, String words, String link) {
        notices.send(
                tx,
                new Notice(
                        new Recipient.Of(party),
                        words + "-" + alarm.kind(),
                        List.of(),
                        link,
                        Urgency.EMERGENCY,
                        "watchover:" + alarm.id() + ":" + words + ":" + party));
    }

    /** Those who were asked are told that it is over. */
    private boolean ended(Handle tx, Alarm alarm, String answer, String note, String actor, List<Watch> watches) {
        if (!store.move(tx, alarm, Stage.ENDED, answer, note, clock.instant())) {
            return false;
        }
        if (alarm.stage() != Stage.SELF) {
            watches.forEach(watch -> notices.send(
                    tx,
                    new Notice(
                            new Recipient.Of(watch.relative()),
                            "watchover.over-" + answer,
                            List.of(),
                            "/watch",
                            Urgency.PROMPT,
                            "watchover:" + alarm.id() + ":over:" + watch.relative())));
        }
        append(tx, "watchover.ended", actor, alarm);
        return true;
    }

    private void append(Handle tx, String kind, String actor, Alarm alarm) {
        Map<String, Object> detail = Map.of("alarm", alarm.id(), "kind", alarm.kind());
        events.append(tx, new Event(clock.instant(), kind, actor, "party:" + alarm.party(), detail));
    }

    // --- The person and the relative -----------------------------------------------------------------------------

    private Reply mine(Call call) {
        return page(call, List.of(), 200);
    }

    private Reply page(Call call, List<FieldError> errors, int status) {
        String me = call.person().id();
        WatchPage it = database.inTransaction(tx -> {
            List<WatchPage.Watched> watched =
                    store.by(tx, me).stream().map(watch -> watched(tx, watch)).toList();
            if (!watched.isEmpty()) {
                events.append(
                        tx,
                        new Event(
                                clock.instant(),
                                "watchover.looked",
                                call.caller().actor(),
                                "person:" + me,
                                Map.of("homes", watched.size())));
            }
            return new WatchPage(
                    people.meters(call.person()),
                    store.of(tx, me),
                    store.open(tx, me),
                    store.away(tx, me).filter(away -> !away.to().isBefore(LocalDate.now(clock))),
                    watched,
                    LocalDate.now(clock),
                    errors);
        });
        return Reply.html(html.render(HERE + "mine", call.page(), it)).withStatus(status);
    }

    /** What a relative sees: whether all is as usual, and what was asked; never an hour of use. */
    private WatchPage.Watched watched(Handle tx, Watch watch) {
        String name = people.party(tx, watch.party())
                .map(party -> party.names().written())
                .orElse("");
        return new WatchPage.Watched(
                watch, name, isAway(tx, watch.party()), store.open(tx, watch.party()), store.newest(tx, watch.party()));
    }

    private Reply invite(Call call) {
        String mail = call.field("mail").strip();
        String me = call.person().id();
        // One home is looked at, whoever looks.
        String meter = database.inTransaction(tx -> store.of(tx, me)).stream()
                .findFirst()
                .flatMap(watch -> meter(me, watch))
                .orElse(call.field("meter"));
        List<FieldError> errors = new ArrayList<>();
        if (!mail.matches("[^@\\s]{1,64}@[^@\\s]{1,180}\\.[^@\\s.]{2,20}")) {
            errors.add(FieldError.of("mail", "watchover.error.mail"));
        }
        if (!call.field("consent").equals("yes")) {
            errors.add(FieldError.of("consent", "watchover.error.consent"));
        }
        if (!people.meters(call.person()).contains(meter)) {
            errors.add(FieldError.of("meter", "watchover.error.meter"));
        }
        if (!errors.isEmpty()) {
            return page(call, errors, 400);
        }
        boolean invited = database.holds(tx -> invited(tx, call, meter, mail));
        return invited
                ? Reply.seeOther("/watch")
                : page(call, List.of(FieldError.of("mail", "watchover.error.many")), 400);
    }

    private boolean invited(Handle tx, Call call, String meter, String mail) {
        String me = call.person().id();
        if (store.of(tx, me).size() >= Store.MOST_WATCHES) {
            return false;
        }
        String secret = Secret.random();
        boolean welfare = call.field("welfare").equals("yes");
        long id = store.invite(tx, me, meter, mail, welfare, secret, clock.instant());
        notices.send(
                tx,
                new Notice(
                        new Recipient.Mail(mail, call.page().language()),
                        "watchover.invitation",
                        List.of(call.person().name()),
                        "/watch/accept/" + secret,
                        Urgency.PROMPT,
                        "watchover-invitation:" + id));
        event(tx, call, "watchover.invited", id);
        return true;
    }

    private Reply offer(Call call) {
        Optional<WatchOffer> offer = database.inTransaction(tx -> store.invited(tx, call.part("secret"))
                .map(watch -> new WatchOffer(
                        call.part("secret"),
                        people.party(tx, watch.party())
                                .map(party -> party.names().written())
                                .orElse(""),
                        watch.party().equals(call.person().id()))));
        return Reply.html(html.render(HERE + "offer", call.page(), offer)).withStatus(offer.isPresent() ? 200 : 404);
    }

    /** The relative takes the invitation; nobody watches over themselves. */
    private Reply accept(Call call) {
        boolean agreed = database.holds(tx -> store.invited(tx, call.part("secret"))
                .filter(watch -> !watch.party().equals(call.person().id()))
                .filter(watch -> store.agree(tx, watch, call.person().id()))
                .map(watch -> {
                    notices.send(
                            tx,
                            new Notice(
                                    new Recipient.Of(watch.party()),
                                    "watchover.agreed",
                                    List.of(call.person().name()),
                                    "/watch",
                                    Urgency.PROMPT,
                                    "watchover-agreed:" + watch.id()));
                    event(tx, call, "watchover.agreed", watch.id());
                    return watch;
                })
                .isPresent());
        return agreed ? Reply.seeOther("/watch") : Reply.notFound();
    }

    /** Either of the two ends it, at any time and without a reason. */
    private Reply end(Call call) {
        String me = call.person().id();
        boolean ended = database.holds(tx -> watch(tx, call)
                .filter(watch -> watch.party().equals(me) || watch.relative().equals(me))
                .filter(watch -> store.end(tx, watch, clock.instant()))
                .map(watch -> {
                    event(tx, call, "watchover.consent-ended", watch.id());
                    String other = watch.party().equals(me) ? watch.relative() : watch.party();
                    if (!other.isEmpty()) {
                        notices.send(
                                tx,
                                new Notice(
                                        new Recipient.Of(other),
                                        "watchover.consent-ended",
                                        List.of(),
                                        "/watch",
                                        Urgency.ORDINARY,
                                        "watchover-ended:" + watch.id()));
                    }
                    return watch;
                })
                .isPresent());
        return ended ? Reply.seeOther("/watch") : Reply.notFound();
    }

    private Optional<Watch> watch(Handle tx, Call call) {
        return call.number("id").flatMap(id -> store.one(tx, id));
    }

    private Reply away(Call call) {
        String me = call.person().id();
        if (call.field("do").equals("home")) {
            database.inTransaction(tx -> {
                store.home(tx, me);
                event(tx, call, "watchover.home", 0);
                return me;
            });
            return Reply.seeOther("/watch");
        }
        Optional<Away> days = days(call.field("from"), call.field("to"));
        if (days.isEmpty()) {
            return page(call, List.of(FieldError.of("to", "watchover.error.away")), 400);
        }
        database.inTransaction(tx -> {
            store.away(tx, me, days.get());
            event(tx, call, "watchover.away", 0);
            return me;
        });
        return Reply.seeOther("/watch");
    }

    private Optional<Away> days(String from, String to) {
        try {
            Away away = new Away(LocalDate.parse(from), LocalDate.parse(to));
            boolean sound = !away.to().isBefore(away.from())
                    && !away.to().isBefore(LocalDate.now(clock))
                    && ChronoUnit.DAYS.between(away.from(), away.to()) < LONGEST_AWAY_DAYS;
            return sound ? Optional.of(away) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Reply well(Call call) {
        String me = call.person().id();
        boolean done = database.holds(tx -> store.open(tx, me)
                .filter(alarm -> ended(tx, alarm, "well", "", call.caller().actor(), agreed(tx, me)))
                .isPresent());
        return done ? Reply.seeOther("/watch") : Reply.notFound();
    }

    private List<Watch> agreed(Handle tx, String party) {
        return store.of(tx, party).stream().filter(Watch::agreed).toList();
    }

    /** A relative has reached the person. */
    private Reply reached(Call call) {
        String me = call.person().id();
        boolean done = database.holds(tx -> watch(tx, call)
                .filter(watch -> watch.agreed() && watch.relative().equals(me))
                .flatMap(watch -> store.open(tx, watch.party()))
                .filter(alarm -> ended(tx, alarm, "reached", "", call.caller().actor(), agreed(tx, alarm.party())))
                .isPresent());
        return done ? Reply.seeOther("/watch") : Reply.notFound();
    }

    private void event(Handle tx, Call call, String kind, long watch) {
        Map<String, Object> detail = watch == 0 ? Map.of() : Map.of("watch", watch);
        events.append(
                tx,
                new Event(
                        clock.instant(),
                        kind,
                        call.caller().actor(),
                        "party:" + call.person().id(),
                        detail));
    }

    // --- The welfare division ------------------------------------------------------------------------------------

    private Reply welfare(Call call) {
        if (!call.person().worksIn(WELFARE)) {
            return refused();
        }
        List<WelfareAlarm> it = database.inTransaction(tx -> store.ofWelfare(tx).stream()
                .map(alarm -> new WelfareAlarm(alarm, people.read(tx, call.caller(), alarm.party(), PURPOSE)))
                .toList());
        return Reply.html(html.render(HERE + "welfare", call.page(), it));
    }

    private Reply visited(Call call) {
        if (!call.person().worksIn(WELFARE)) {
            return refused();
        }
        String note = call.field("note").strip();
        boolean done = !note.isEmpty()
                && note.length() <= LONGEST_NOTE
                && database.holds(tx -> call.number("alarm")
                        .flatMap(id -> store.alarm(tx, id))
                        .filter(alarm -> alarm.stage() == Stage.WELFARE)
                        .filter(alarm ->
                                ended(tx, alarm, "reached", note, call.caller().actor(), agreed(tx, alarm.party())))
                        .isPresent());
        return done ? Reply.seeOther("/staff/watch") : Reply.badRequest("Say what was found, in at most 200 letters.");
    }

    private static Reply refused() {
        return Reply.problem(403, "Who is watched over is the welfare division's to see.");
    }
}
