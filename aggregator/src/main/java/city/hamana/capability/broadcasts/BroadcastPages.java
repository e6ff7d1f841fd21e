package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Announcement;
import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.capability.people.Town;
import city.hamana.platform.access.Rank;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.text.FiscalYear;
import city.hamana.platform.text.Language;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The pages on which staff write a broadcast, see whom it reaches, agree to it and watch it go out. */
final class BroadcastPages {
    private static final String HERE = "city/hamana/capability/broadcasts/";
    private static final int LONGEST_SUBJECT = 100;
    private static final int LONGEST_TEXT = 2_000;

    private final Database database;
    private final Events events;
    private final Html html;
    private final People people;
    private final Notices notices;
    private final Store store;
    private final Audience audience;
    private final Sender sender;
    private final Clock city;

    BroadcastPages(
            Database database,
            Events events,
            Html html,
            People people,
            Notices notices,
            Store store,
            Audience audience,
            Sender sender,
            Clock city) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.people = people;
        this.notices = notices;
        this.store = store;
        this.audience = audience;
        this.sender = sender;
        this.city = city;
    }

    Reply list(Call call) {
        LocalDate month = LocalDate.now(city).withDayOfMonth(1);
        LocalDate year = FiscalYear.of(month).begin();
        BroadcastList all = database.inTransaction(tx -> new BroadcastList(
                store.list(tx, department(call)), notices.sent(tx, begin(month)), notices.sent(tx, begin(year))));
        return Reply.html(html.render(HERE + "list", call.page(), all));
    }

    Reply begin(Call call) {
        return form(call, form(call, Optional.empty()));
    }

    Reply edit(Call call) {
        return own(call)
                .filter(broadcast -> broadcast.state() == State.DRAFT)
                .map(broadcast -> form(call, form(call, Optional.of(broadcast))))
                .orElseGet(Reply::notFound);
    }

    Reply add(Call call) {
        BroadcastForm typed = typed(call, 0, 0);
        if (!typed.errors().isEmpty()) {
            return form(call, typed).withStatus(400);
        }
        long id = database.inTransaction(tx -> {
            long added = store.add(tx, broadcast(call, typed));
            tell(tx, call, "broadcasts.written", added);
            return added;
        });
        return Reply.seeOther("/staff/broadcasts/" + id);
    }

    Reply change(Call call) {
        Optional<Broadcast> own = own(call);
        if (own.isEmpty() || !call.field("version").matches("\\d{1,9}")) {
            return Reply.notFound();
        }
        BroadcastForm typed = typed(call, own.get().id(), Integer.parseInt(call.field("version")));
        if (!typed.errors().isEmpty()) {
            return form(call, typed).withStatus(400);
        }
        boolean done = database.inTransaction(tx -> {
            boolean changed = store.change(tx, broadcast(call, typed));
            if (changed) {
                tell(tx, call, "broadcasts.written", typed.id());
            }
            return changed;
        });
        return done
                ? Reply.seeOther("/staff/broadcasts/" + typed.id())
                : Reply.problem(409, "It is no draft any more, or somebody changed it meanwhile.");
    }

    Reply show(Call call) {
        return own(call).map(broadcast -> page(call, broadcast, "")).orElseGet(Reply::notFound);
    }

    /** Into the division's own inbox, in Japanese. */
    Reply test(Call call) {
        Optional<Broadcast> own = own(call);
        own.ifPresent(broadcast -> database.inTransaction(tx -> {
            Announcement.Text text = broadcast.text(Language.JA);
            notices.send(
                    tx,
                    new Notice(
                            new Recipient.Division(broadcast.department()),
                            "broadcasts.test",
                            List.of(text.subject(), text.text()),
                            broadcast.link(),
                            Urgency.ORDINARY,
                            "broadcast-test:" + broadcast.id() + ":" + city.millis()));
            return broadcast;
        }));
        return own.map(b -> Reply.seeOther("/staff/broadcasts/" + b.id() + "?tested=yes"))
                .orElseGet(Reply::notFound);
    }

    Reply act(Call call, State.Act act) {
        Optional<Broadcast> own = own(call);
        if (own.isEmpty()) {
            return Reply.notFound();
        }
        String version = Integer.toString(own.get().version());
        if (!call.field("version").equals(version)) {
            return page(call, own.get(), "broadcasts.changed").withStatus(409);
        }
        String wrong = wrong(call, own.get(), act);
        if (!wrong.isEmpty()) {
            return page(call, own.get(), wrong).withStatus(400);
        }
        boolean done = database.inTransaction(tx -> moved(tx, call, own.get().id(), act));
        return done
                ? Reply.seeOther("/staff/broadcasts/" + own.get().id())
                : Reply.problem(409, "Somebody else was faster.");
    }

    private boolean moved(Handle tx, Call call, long id, State.Act act) {
        Broadcast now = store.locked(tx, id).orElseThrow();
        Optional<State.Step> step = now.state().step(act);
        step.ifPresent(s -> {
            String approver = act == State.Act.APPROVE ? call.caller().actor() : now.approver();
            String remark = act == State.Act.RETURN ? call.field("remark") : "";
            store.move(tx, id, s.to(), approver, remark.substring(0, Math.min(500, remark.length())));
            if (act == State.Act.APPROVE) {
                sender.plan(tx, now);
            }
            if (act == State.Act.SUBMIT) {
                ask(tx, now);
            }
            tell(tx, call, s.event(), id);
        });
        return step.isPresent();
    }

    /** The division learns that one of its broadcasts waits. */
    private void ask(Handle tx, Broadcast broadcast) {
        notices.send(
                tx,
                new Notice(
                        new Recipient.Division(broadcast.department()),
                        "broadcasts.asked",
                        List.of(broadcast.text(Language.JA).subject()),
                        "/staff/broadcasts/" + broadcast.id(),
                        Urgency.PROMPT,
                        "broadcast-asked:" + broadcast.id() + ":" + broadcast.version()));
    }

    /** Key of the words that say why the act cannot be; empty when it can. */
    private String wrong(Call call, Broadcast broadcast, State.Act act) {
        boolean second = act == State.Act.APPROVE || act == State.Act.RETURN;
        if (broadcast.state().step(act).isEmpty()) {
            return "broadcasts.changed";
        }
        if (act == State.Act.SUBMIT && !spoken(broadcast)) {
            return "broadcasts.language-missing";
        }
        if (second && broadcast.author().equals(call.caller().actor())) {
            return "broadcasts.second-person";
        }
        if (second && !ranked(call, broadcast)) {
            return "broadcasts.rank";
        }
        return act == State.Act.RETURN && call.field("remark").isEmpty() ? "broadcasts.remark-missing" : "";
    }

    /** In an emergency a chief may approve; else a manager. */
    private static boolean ranked(Call call, Broadcast broadcast) {
        Rank least = broadcast.urgency() == Urgency.EMERGENCY ? Rank.CHIEF : Rank.MANAGER;
        return call.person().post().map(post -> post.rank().atLeast(least)).orElse(false);
    }

    private static boolean spoken(Broadcast broadcast) {
        return Arrays.stream(Language.values())
                .map(broadcast::text)
                .noneMatch(text -> text.subject().isBlank() || text.text().isBlank());
    }

    private Reply page(Call call, Broadcast broadcast, String said) {
        BroadcastView view = database.inTransaction(tx -> new BroadcastView(
                broadcast,
                audience.count(tx, broadcast, LocalDate.now(city)),
                notices.tally(tx, broadcast.once()),
                conditions(call, broadcast.segment()),
                said,
                !broadcast.author().equals(call.caller().actor()) && ranked(call, broadcast),
                broadcast.author().equals(call.caller().actor()),
                call.query("tested").isPresent(),
                call.now()));
        return Reply.html(html.render(HERE + "broadcast", call.page(), view));
    }

    private List<String> conditions(Call call, Segment segment) {
        return switch (segment) {
            case Segment.All(var parts) ->
                parts.stream().flatMap(part -> conditions(call, part).stream()).toList();
            case Segment.AnyOf(var parts) -> List.of(call.page().plain("broadcasts.any-of", joined(call, parts)));
            case Segment.Not(var part) -> List.of(call.page().plain("broadcasts.not", joined(call, List.of(part))));
            case Segment.Town(var ids) -> List.of(call.page().plain("broadcasts.in-towns", towns(ids)));
            case Segment.Age(var from, var to) -> List.of(call.page().plain("broadcasts.aged", from, to));
            case Segment.Speaks(var languages) ->
                List.of(call.page()
                        .plain(
                                "broadcasts.speaking",
                                languages.stream()
                                        .sorted()
                                        .map(Language::ownName)
                                        .collect(Collectors.joining("・"))));
            case Segment.Known(var condition, var value) ->
                List.of(call.page().plain(Offered.words(condition), choice(call, condition, value)));
            case Segment.Kind(var kind) -> List.of(call.page().plain("broadcasts.kind." + kind.name()));
        };
    }

    /** In the reader's language; as it stands in the segment where it is offered no more. */
    private String choice(Call call, String condition, String value) {
        return audience.offered(department(call)).stream()
                .filter(offered -> offered.code().equals(condition))
                .flatMap(offered -> offered.name(value).stream())
                .map(name -> name.plain(call.page().language()))
                .findFirst()
                .orElse(value);
    }

    private String joined(Call call, List<Segment> parts) {
        return parts.stream().flatMap(part -> conditions(call, part).stream()).collect(Collectors.joining(" / "));
    }

    private String towns(Set<String> ids) {
        return people.towns().stream()
                .filter(town -> ids.contains(town.id()))
                .map(Town::name)
                .collect(Collectors.joining("・"));
    }

    /** Another division's is not there. */
    private Optional<Broadcast> own(Call call) {
        return call.number("id")
                .flatMap(id -> database.inTransaction(tx -> store.broadcast(tx, id)))
                .filter(broadcast -> broadcast.department().equals(department(call)));
    }

    private static String department(Call call) {
        return call.person().post().map(post -> post.department()).orElse("-");
    }

    private void tell(Handle tx, Call call, String kind, long id) {
        events.append(tx, new Event(city.instant(), kind, call.caller().actor(), "broadcast:" + id, Map.of()));
    }

    private Reply form(Call call, BroadcastForm form) {
        return Reply.html(html.render(HERE + "edit", call.page(), form));
    }

    private BroadcastForm form(Call call, Optional<Broadcast> broadcast) {
        return new BroadcastForm(
                broadcast.map(Broadcast::id).orElse(0L),
                broadcast.map(Broadcast::version).orElse(0),
                broadcast.map(Broadcast::texts).orElse(Map.of()),
                broadcast.map(Broadcast::topic).orElse(Topic.CITY),
                broadcast.map(Broadcast::urgency).orElse(Urgency.ORDINARY),
                broadcast.map(Broadcast::link).orElse(""),
                broadcast.map(Broadcast::letters).orElse(false),
                broadcast.map(b -> local(b.planned())).orElse(""),
                Set.of(),
                "",
                "",
                Set.of(),
                "",
                broadcast.map(b -> b.segment().json()).orElse(""),
                people.towns(),
                audience.offered(department(call)),
                Map.of(),
                List.of());
    }

    private Instant begin(LocalDate day) {
        return day.atStartOfDay(city.getZone()).toInstant();
    }

    private String local(Instant at) {
        return LocalDateTime.ofInstant(at, city.getZone())
                .withSecond(0)
                .withNano(0)
                .toString();
    }

    private BroadcastForm typed(Call call, long id, int version) {
        List<FieldError> errors = new ArrayList<>();
        Map<Language, Announcement.Text> texts = texts(call, errors);
        if (!call.field("link").matches("(/[\\x21-\\x7e]{0,299})?")) {
            errors.add(FieldError.of("link", "broadcasts.link-wrong"));
        }
        if (!call.field("letters").isEmpty() && urgency(call) == Urgency.EMERGENCY) {
            errors.add(FieldError.of("letters", "broadcasts.letters-wrong"));
        }
        if (planned(call).isEmpty()) {
            errors.add(FieldError.of("planned", "broadcasts.planned-wrong"));
        }
        if (segment(call).isEmpty()) {
            boolean written = !call.field("segment").isEmpty();
            errors.add(FieldError.of(
                    written ? "segment" : "age-from", written ? "broadcasts.segment-wrong" : "broadcasts.age-wrong"));
        }
        return new BroadcastForm(
                id,
                version,
                texts,
                Topic.ofCode(call.field("topic")).orElse(Topic.CITY),
                urgency(call),
                call.field("link"),
                !call.field("letters").isEmpty(),
                call.field("planned"),
                Set.copyOf(call.form().all("town")),
                call.field("age-from"),
                call.field("age-to"),
                languages(call),
                call.field("kind"),
                call.field("segment"),
                people.towns(),
                audience.offered(department(call)),
                chosen(call),
                errors);
    }

    private Map<String, String> chosen(Call call) {
        return audience.offered(department(call)).stream()
                .map(Offered::field)
                .collect(Collectors.toMap(field -> field, call::field));
    }

    private static Map<Language, Announcement.Text> texts(Call call, List<FieldError> errors) {
        Map<Language, Announcement.Text> texts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            String subject = call.field("subject-" + language.code());
            String text = call.field("text-" + language.code()).replace("\r\n", "\n");
            texts.put(language, new Announcement.Text(subject, text));
            if (subject.length() > LONGEST_SUBJECT || (language == Language.JA && subject.isEmpty())) {
                errors.add(FieldError.of("subject-" + language.code(), "broadcasts.subject-wrong", LONGEST_SUBJECT));
            }
            if (text.length() > LONGEST_TEXT || (language == Language.JA && text.isEmpty())) {
                errors.add(FieldError.of("text-" + language.code(), "broadcasts.text-wrong", LONGEST_TEXT));
            }
        }
        return texts;
    }

    private static Urgency urgency(Call call) {
        return switch (call.field("urgency")) {
            case "EMERGENCY" -> Urgency.EMERGENCY;
            case "PROMPT" -> Urgency.PROMPT;
            default -> Urgency.ORDINARY;
        };
    }

    private Optional<Instant> planned(Call call) {
        if (call.field("planned").isEmpty()) {
            return Optional.of(city.instant());
        }
        try {
            return Optional.of(LocalDateTime.parse(call.field("planned"))
                    .atZone(city.getZone())
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Set<Language> languages(Call call) {
        Set<Language> languages = new TreeSet<>();
        call.form().all("language").forEach(code -> Language.ofCode(code).ifPresent(languages::add));
        return languages;
    }

    /** What was written as JSON, else the choices joined by "all"; empty when they make no sense or are others' to ask. */
    private Optional<Segment> segment(Call call) {
        List<Offered> offered = audience.offered(department(call));
        Optional<Segment> segment =
                call.field("segment").isEmpty() ? choices(call, offered) : Segment.read(call.field("segment"));
        return segment.filter(s ->
                s.known().stream().allMatch(known -> offered.stream().anyMatch(o -> o.offers(known))));
    }

    private static Optional<Segment> choices(Call call, List<Offered> offered) {
        List<Segment> parts = new ArrayList<>();
        List<String> towns = call.form().all("town");
        if (!towns.isEmpty()) {
            parts.add(new Segment.Town(Set.copyOf(towns)));
        }
        if (!languages(call).isEmpty()) {
            parts.add(new Segment.Speaks(languages(call)));
        }
        offered.stream()
                .filter(o -> !call.field(o.field()).isEmpty())
                .forEach(o -> parts.add(new Segment.Known(o.code(), call.field(o.field()))));
        switch (call.field("kind")) {
            case "person" -> parts.add(new Segment.Kind(Party.Kind.PERSON));
            case "business" -> parts.add(new Segment.Kind(Party.Kind.BUSINESS));
            default -> {}
        }
        if (!call.field("age-from").isEmpty() || !call.field("age-to").isEmpty()) {
            Optional<Segment> age = age(call.field("age-from"), call.field("age-to"));
            if (age.isEmpty()) {
                return Optional.empty();
            }
            parts.add(age.get());
        }
        // Read back, so that what the choices make keeps to the same limits.
        return Segment.read(new Segment.All(List.copyOf(parts)).json());
    }

    private static Optional<Segment> age(String from, String to) {
        String first = from.isEmpty() ? "0" : from;
        String last = to.isEmpty() ? "150" : to;
        return first.matches("\\d{1,3}") && last.matches("\\d{1,3}")
                ? Optional.of(new Segment.Age(Integer.parseInt(first), Integer.parseInt(last)))
                : Optional.empty();
    }

    private Broadcast broadcast(Call call, BroadcastForm form) {
        return new Broadcast(
                form.id(),
                form.version(),
                State.DRAFT,
                department(call),
                call.caller().actor(),
                form.texts(),
                segment(call).orElseThrow(),
                form.topic(),
                form.urgency(),
                form.link(),
                form.letters(),
                planned(call).orElseThrow(),
                "",
                0,
                "");
    }
}
