package city.hamana.capability.notices;

import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** The inboxes of residents and of divisions, and how a resident wants to be told. */
final class InboxPages {
    static final String SETTINGS = "/me/notices/settings";

    private static final String HERE = "city/hamana/capability/notices/";
    private static final String MINE = "/me/notices";
    private static final String STAFF = "/staff/inbox";
    private static final int PAGE = 30;
    private static final int LAST_PAGE = 1_000;

    private final Database database;
    private final Html html;
    private final People people;
    private final LinePages line;
    private final PushPages push;
    private final List<Channel> there;

    InboxPages(Database database, Html html, People people, LinePages line, PushPages push, List<Channel> there) {
        this.database = database;
        this.html = html;
        this.people = people;
        this.line = line;
        this.push = push;
        this.there = there.stream().sorted().toList();
    }

    /** For the head of every page, of those too that say that the database is away. */
    int unread(Caller.Person person, String door) {
        try {
            return switch (door) {
                case MINE -> database.inTransaction(tx -> Outbox.unread(tx, "party", person.id()));
                case STAFF -> database.inTransaction(tx -> Outbox.unread(tx, "department", department(person)));
                default -> 0;
            };
        } catch (JdbiException e) {
            return 0;
        }
    }

    Reply list(Call call) {
        return list(call, MINE, "party", call.person().id());
    }

    Reply staffList(Call call) {
        return list(call, STAFF, "department", department(call));
    }

    Reply show(Call call) {
        return show(call, MINE, message -> message.party().equals(call.person().id()));
    }

    Reply staffShow(Call call) {
        return show(call, STAFF, message -> message.department().equals(department(call)));
    }

    /** The way in from a mail or from LINE: it marks the message as read and goes where it points to. */
    Reply follow(Call call) {
        if (!call.part("code").matches("[A-Za-z0-9_-]{22}")) {
            return Reply.notFound();
        }
        Optional<Message> message = database.inTransaction(tx -> {
            Optional<Message> found = Outbox.byCode(tx, call.part("code"));
            found.ifPresent(m -> Outbox.read(tx, m.id(), call.now()));
            return found;
        });
        return message.map(m -> Reply.seeOther(m.link().isEmpty() ? MINE : m.link()))
                .orElseGet(Reply::notFound);
    }

    Reply settings(Call call) {
        return settingsPage(call, "", call.query("saved").isPresent(), List.of());
    }

    Reply prefer(Call call) {
        Optional<LocalTime> from = time(call.field("quiet-from"));
        Optional<LocalTime> to = time(call.field("quiet-to"));
        List<FieldError> errors = new ArrayList<>();
        if (from.isEmpty()) {
            errors.add(FieldError.of("quiet-from", "notices.quiet-wrong"));
        }
        if (to.isEmpty()) {
            errors.add(FieldError.of("quiet-to", "notices.quiet-wrong"));
        }
        if (!errors.isEmpty()) {
            return settingsPage(call, "", false, errors).withStatus(400);
        }
        Preference preference = new Preference(chosen(call), from.orElseThrow(), to.orElseThrow());
        database.inTransaction(tx -> {
            Outbox.prefer(tx, call.person().id(), preference);
            return preference;
        });
        return Reply.seeOther(SETTINGS + "?saved=yes");
    }

    Reply offerLine(Call call) {
        return there.contains(Channel.LINE)
                ? settingsPage(call, line.offer(call.person().id()), false, List.of())
                : Reply.notFound();
    }

    Reply endLine(Call call) {
        database.inTransaction(tx -> {
            LineLinks.unlink(tx, call.person().id());
            return there;
        });
        return Reply.seeOther(SETTINGS + "?saved=yes");
    }

    private Reply list(Call call, String home, String column, String owner) {
        int page = call.query("page")
                .filter(p -> p.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .filter(p -> p <= LAST_PAGE)
                .orElse(0);
        Inbox inbox = database.inTransaction(tx -> {
            List<Message> found = Outbox.inbox(tx, column, owner, page * PAGE, PAGE + 1);
            List<Message> shown = found.subList(0, Math.min(PAGE, found.size()));
            return new Inbox(home, shown, Outbox.unread(tx, column, owner), page, found.size() > PAGE);
        });
        return Reply.html(html.render(HERE + "inbox", call.page(), inbox));
    }

    /** Somebody else's message is not there. */
    private Reply show(Call call, String home, java.util.function.Predicate<Message> own) {
        Optional<Opened> opened = database.inTransaction(tx -> {
            Optional<Message> message =
                    call.number("id").flatMap(id -> Outbox.message(tx, id)).filter(own);
            message.ifPresent(m -> Outbox.read(tx, m.id(), call.now()));
            return message.map(m -> new Opened(home, m, Outbox.deliveries(tx, m.id())));
        });
        return opened.map(o -> Reply.html(html.render(HERE + "message", call.page(), o)))
                .orElseGet(Reply::notFound);
    }

    private Reply settingsPage(Call call, String code, boolean saved, List<FieldError> errors) {
        String id = call.person().id();
        PreferencePage page = database.inTransaction(tx -> {
            Preference now = Outbox.preference(tx, id).orElse(Courier.USUAL);
            return new PreferencePage(
                    there,
                    errors.isEmpty() ? now.channels() : chosen(call),
                    errors.isEmpty() ? now.quietFrom().toString() : call.field("quiet-from"),
                    errors.isEmpty() ? now.quietTo().toString() : call.field("quiet-to"),
                    people.party(tx, id).map(Party::mail).orElse(""),
                    LineLinks.user(tx, id).isPresent(),
                    push.publicKey(),
                    Subscriptions.devices(tx, id),
                    code,
                    saved,
                    errors);
        });
        return Reply.html(html.render(HERE + "settings", call.page(), page));
    }

    /** The channel that was put first, then the others that were ticked. */
    private static List<Channel> chosen(Call call) {
        List<Channel> ticked = Channel.list(String.join(",", call.form().all("channel")));
        return Arrays.stream(Channel.values())
                .filter(ticked::contains)
                .sorted((a, b) -> Boolean.compare(
                        b.name().equals(call.field("first")), a.name().equals(call.field("first"))))
                .toList();
    }

    static String department(Call call) {
        return department(call.person());
    }

    private static String department(Caller.Person person) {
        return person.post().map(post -> post.department()).orElse("-");
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
