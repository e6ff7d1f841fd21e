package city.hamana.service.roads;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Cases;
import city.hamana.capability.cases.Move;
import city.hamana.capability.cases.Moved;
import city.hamana.capability.cases.NewCase;
import city.hamana.capability.cases.State;
import city.hamana.capability.maps.Feature;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Place;
import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Caller;
import city.hamana.platform.text.Language;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The life of a report, on its case: what is written, put on the map and told, in one transaction. */
final class Reports {
    static final String KIND = "road-report";
    static final String LAYER = "road-reports";
    static final String EVENT_REPORTED = "roads.reported";

    private static final int MOST_NEAR = 5;

    private final Cases cases;
    private final Maps maps;
    private final Events events;
    private final InstantSource clock;
    private final ReportStore store;
    private final Followers followers;
    private final ToldStore toldOwners = new ToldStore();
    private final Notices notices;
    private final Categories categories;
    private final Owners owners;

    Reports(
            Cases cases,
            Maps maps,
            Events events,
            InstantSource clock,
            ReportStore store,
            Followers followers,
            Notices notices,
            Categories categories,
            Owners owners) {
        this.cases = cases;
        this.maps = maps;
        this.events = events;
        this.clock = clock;
        this.store = store;
        this.followers = followers;
        this.notices = notices;
        this.categories = categories;
        this.owners = owners;
    }

    /**
     * A report that has arrived.
     *
     * @param secret opens its sender's own page
     */
    record Opened(Report report, String secret) {}

    /** Another report of the same thing, perhaps. */
    record NearReport(Report report, double metres) {}

    Opened open(Handle tx, Caller who, NewReport n) {
        Owners.Owner owner = owners.at(tx, n.place());
        String department = owner.code().equals("city") || owner.code().equals(Owners.UNKNOWN)
                ? n.category().department()
                : owner.department();
        CaseFile file = cases.open(
                tx,
                NewCase.report(
                        KIND,
                        n.category().title(),
                        applicant(who),
                        who.actor(),
                        department,
                        "{\"category\":\"" + n.category().code() + "\"}",
                        n.category().workingDays(),
                        Optional.empty()));
        String word = Secret.random();
        Report report = report(file, n, owner.code());
        store.insert(tx, report, Secret.hash(word));
        store.add(tx, file.id(), new Step(file.opened(), "received", owner.code(), ""), Optional.empty());
        if (!n.photos().isEmpty()) {
            cases.giveFiles(tx, "draft:" + n.photos(), file);
        }
        mark(tx, who.actor(), report);
        if (!n.mail().isEmpty()) {
            followers.ask(tx, file.id(), n.mail(), n.language(), clock.instant());
        }
        tellDepartment(tx, report, n.category());
        Map<String, String> detail =
                Map.of("category", report.category(), "owner", report.owner(), "source", report.source());
        events.append(tx, new Event(clock.instant(), EVENT_REPORTED, who.actor(), report.subject(), detail));
        return new Opened(report, word);
    }

    /** Open reports of any category that may be the same thing, the nearest first; each category knows how near. */
    List<NearReport> near(Handle tx, Place place, String category) {
        return store.near(tx, place, categories.farthestMetres()).stream()
                .filter(r -> r.place().isPresent())
                .map(r -> new NearReport(r, place.metresTo(r.place().get())))
                .filter(near -> near.metres()
                        <= Math.max(
                                categories.named(near.report().category()).nearMetres(),
                                categories
                                        .of(category)
                                        .map(Category::nearMetres)
                                        .orElse(0)))
                .sorted(Comparator.comparing(
                                (NearReport n) -> !n.report().category().equals(category))
                        .thenComparingDouble(NearReport::metres))
                .limit(MOST_NEAR)
                .toList();
    }

    /** Somebody saw the same. */
    void support(Handle tx, Caller who, Report report) {
        store.support(tx, report.id(), 1);
        events.append(tx, new Event(clock.instant(), "roads.supported", who.actor(), report.subject(), Map.of()));
    }

    /** The city says something that everybody may read. */
    void say(Handle tx, Caller who, Report report, String template, String text, Optional<String> onceKey) {
        Instant now = clock.instant();
        store.add(tx, report.id(), new Step(now, "said", template, text), onceKey);
        followers.tell(
                tx,
                report.id(),
                "roads.mail.update",
                List.of(report.id()),
                "say-" + report.id() + "-" + now.toEpochMilli());
        events.append(tx, new Event(now, "roads.said", who.actor(), report.subject(), Map.of("template", template)));
    }

    /** Lets everybody read this text and see this photo; empty text for none. */
    void show(Handle tx, Caller who, Report report, String text, String photo) {
        store.show(tx, report.id(), text, photo);
        Map<String, String> detail =
                Map.of("text", Boolean.toString(!text.isEmpty()), "photo", Boolean.toString(!photo.isEmpty()));
        events.append(tx, new Event(clock.instant(), "roads.shown", who.actor(), report.subject(), detail));
    }

    /** Another category, owner or place; who has to see to it is told. */
    void change(Handle tx, Caller who, Report report, Category category, String owner, Optional<Place> place) {
        store.route(tx, report.id(), category.code(), owner);
        place.ifPresent(p -> store.place(tx, report.id(), p));
        if (!owner.equals(report.owner())) {
            store.add(tx, report.id(), new Step(clock.instant(), "owner", owner, ""), Optional.empty());
        }
        store.find(tx, report.id()).ifPresent(now -> mark(tx, who.actor(), now));
        Map<String, String> detail = Map.of("category", category.code(), "owner", owner);
        events.append(tx, new Event(clock.instant(), "roads.changed", who.actor(), report.subject(), detail));
    }

    /** Tells the owner of the road; the mail goes out with the transaction. */
    void tellOwner(Handle tx, Caller.Person who, Report report, String mail, String facts, String photo) {
        Instant now = clock.instant();
        Told told = new Told(
                0,
                report.id(),
                report.owner(),
                mail,
                Secret.random(),
                facts,
                photo,
                who.name(),
                now,
                "",
                "",
                Optional.empty());
        toldOwners.add(tx, told);
        if (!mail.isEmpty()) {
            boolean danger = categories.named(report.category()).danger();
            notices.send(
                    tx,
                    new Notice(
                            new Recipient.Mail(mail, Language.JA),
                            "roads.mail.owner",
                            List.of(report.id(), facts),
                            told.path(),
                            danger ? Urgency.PROMPT : Urgency.ORDINARY,
                            "roads-owner-" + Secret.hash(told.token()).substring(0, 20)));
        }
        store.add(tx, report.id(), new Step(now, "told", report.owner(), ""), Optional.empty());
        followers.tell(
                tx,
                report.id(),
                "roads.mail.update",
                List.of(report.id()),
                "told-" + report.id() + "-" + now.toEpochMilli());
        Map<String, String> detail = Map.of("owner", report.owner(), "by", mail.isEmpty() ? "hand" : "mail");
        events.append(tx, new Event(now, "roads.owner-told", who.actor(), report.subject(), detail));
    }

    /** What the owner answered: everybody reads which answer it is, staff also its words. */
    void ownerSaid(Handle tx, Caller who, Told told, String answer, String text) {
        Instant now = clock.instant();
        boolean news = !told.answer().equals(answer);
        toldOwners.answered(tx, told.id(), answer, text, now);
        if (news) {
            store.add(tx, told.report(), new Step(now, "owner-said", answer, ""), Optional.empty());
            followers.tell(
                    tx,
                    told.report(),
                    "roads.mail.update",
                    List.of(told.report()),
                    "owner-said-" + told.id() + "-" + answer + "-" + now.toEpochMilli());
        }
        store.find(tx, told.report())
                .ifPresent(report -> notices.send(
                        tx,
                        new Notice(
                                new Recipient.Division(report.department()),
                                "roads.notice.owner-said",
                                List.of(report.id()),
                                "/staff/roads/" + report.id(),
                                Urgency.ORDINARY,
                                "roads-owner-said-" + told.id() + "-" + now.toEpochMilli())));
        Map<String, String> detail = Map.of("owner", told.owner(), "answer", answer);
        events.append(tx, new Event(now, "roads.owner-said", who.actor(), "case:" + told.report(), detail));
    }

    /** What its owner was told, the newest first. */
    List<Told> told(Handle tx, String report) {
        return toldOwners.of(tx, report);
    }

    /** What the owner with this link was told. */
    Optional<Told> toldBy(Handle tx, String token) {
        return toldOwners.find(tx, token);
    }

    void order(Handle tx, Caller who, Report report, Report.Order order) {
        store.order(tx, report.id(), order);
        store.add(tx, report.id(), new Step(clock.instant(), "ordered", "", order.until()), Optional.empty());
        events.append(tx, new Event(clock.instant(), "roads.ordered", who.actor(), report.subject(), Map.of()));
    }

    /** Closes it for a reason; {@code text} goes to everybody who follows it. */
    Moved close(Handle tx, Caller who, String id, int version, String reason, String text) {
        Move move = Move.of(id, Act.CLOSE).reading(version).saying(text).because(Map.of("reason", reason));
        return cases.move(tx, who, move);
    }

    /** The other report goes on; who followed this one follows that one. */
    Moved merge(Handle tx, Caller who, Report report, Report keeps) {
        Moved moved = cases.move(tx, who, Move.of(report.id(), Act.MERGE).to(keeps.id()));
        if (moved instanceof Moved.Done) {
            followers.move(tx, report.id(), keeps.id());
            store.support(tx, keeps.id(), report.supports() + 1);
        }
        return moved;
    }

    /** Undoes a merge. */
    Moved split(Handle tx, Caller who, Report report) {
        Moved moved = cases.move(tx, who, Move.of(report.id(), Act.SPLIT));
        if (moved instanceof Moved.Done) {
            followers.moveBack(tx, report.id());
            store.support(tx, report.mergedInto(), -(report.supports() + 1));
        }
        return moved;
    }

    /** Runs in the transaction of every move of a report's case. */
    void moved(Handle tx, CaseFile before, CaseFile after, Move move) {
        store.follow(tx, after);
        String code = switch (move.act()) {
            case CLOSE -> move.detail().getOrDefault("reason", "");
            case HAND, MERGE -> move.to();
            default -> "";
        };
        String text = move.act() == Act.CLOSE ? move.note() : "";
        store.reason(tx, after.id(), move.act() == Act.CLOSE ? code : "");
        boolean again = before.state() == State.IN_PROGRESS && move.act() == Act.TAKE;
        if (!again) {
            store.add(tx, after.id(), new Step(after.changed(), kind(move.act()), code, text), Optional.empty());
            tell(tx, after, "move-" + after.id() + "-" + after.version());
        }
        store.find(tx, after.id()).ifPresent(report -> mark(tx, "system", report));
    }

    /** Tells who follows it, and who made it and was signed in. */
    private void tell(Handle tx, CaseFile file, String once) {
        List<String> number = List.of(file.id());
        followers.tell(tx, file.id(), "roads.mail.update", number, once);
        file.applicant()
                .ifPresent(party -> notices.send(
                        tx,
                        new Notice(
                                new Recipient.Of(party),
                                "roads.mail.update",
                                number,
                                "/roads/" + file.id(),
                                Urgency.ORDINARY,
                                "roads-own-" + once)));
    }

    private static String kind(Act act) {
        return switch (act) {
            case TAKE -> "taken";
            case HAND -> "handed";
            case CLOSE -> "closed";
            case REOPEN -> "reopened";
            case MERGE -> "merged";
            case SPLIT -> "split";
            case RETURN, ANSWER, RESUME, PASS, PROPOSE, AGREE, SEND_BACK, DECIDE, DELIVER, WITHDRAW -> "changed";
        };
    }

    /** Its point on the public map, while it is open. */
    private void mark(Handle tx, String actor, Report report) {
        if (report.place().isEmpty()) {
            return;
        }
        if (!report.state().open()) {
            maps.end(tx, actor, report.featureId(), clock.instant());
            return;
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", report.id());
        properties.put("category", report.category());
        properties.put("state", report.state().code());
        properties.put("path", "/roads/" + report.id());
        maps.put(tx, actor, Feature.of(report.featureId(), LAYER, report.place().get(), properties, report.opened()));
    }

    private void tellDepartment(Handle tx, Report report, Category category) {
        notices.send(
                tx,
                new Notice(
                        new Recipient.Division(report.department()),
                        category.danger() ? "roads.inbox.danger" : "roads.inbox.new",
                        List.of(report.id()),
                        "/staff/roads/" + report.id(),
                        category.danger() ? Urgency.PROMPT : Urgency.ORDINARY,
                        "roads-new-" + report.id()));
    }

    private static Optional<String> applicant(Caller who) {
        return who instanceof Caller.Person person && person.roles().contains(Role.RESIDENT)
                ? Optional.of(person.id())
                : Optional.empty();
    }

    private static Report report(CaseFile file, NewReport n, String owner) {
        return new Report(
                file.id(),
                n.category().code(),
                n.place(),
                n.landmark(),
                n.detail(),
                n.answers(),
                n.language().code(),
                n.source(),
                owner,
                n.mediaUrl(),
                "",
                "",
                0,
                file.state(),
                file.department(),
                file.opened(),
                file.changed(),
                file.due(),
                "",
                "",
                Report.Order.NONE);
    }
}
