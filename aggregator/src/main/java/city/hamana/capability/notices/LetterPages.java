package city.hamana.capability.notices;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.documents.Part;
import city.hamana.capability.people.Address;
import city.hamana.capability.people.Department;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.capability.people.Purpose;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jdbi.v3.core.Handle;

/** Where a division prints its letters, says that they are posted, and which came back. */
final class LetterPages {
    private static final String PATH = "/staff/letters";
    private static final int MOST = 200;
    private static final int MOST_IN_CSV = 10_000;

    private final Database database;
    private final Events events;
    private final Html html;
    private final People people;
    private final Documents documents;
    private final Supplier<Words> words;
    private final URI site;
    private final Clock city;
    private final InstantSource real;

    LetterPages(
            Database database,
            Events events,
            Html html,
            People people,
            Documents documents,
            Supplier<Words> words,
            URI site,
            Clock city,
            InstantSource real) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.people = people;
        this.documents = documents;
        this.words = words;
        this.site = site;
        this.city = city;
        this.real = real;
    }

    Reply list(Call call) {
        String department = department(call);
        Letter.State state = state(call);
        int done = call.query("done")
                .filter(n -> n.matches("\\d{1,3}"))
                .map(Integer::parseInt)
                .orElse(0);
        LetterList list = database.inTransaction(tx -> new LetterList(
                state,
                Letters.list(tx, department, state, MOST),
                Letters.count(tx, department, Letter.State.WAITING),
                done));
        return Reply.html(html.render("city/hamana/capability/notices/letters", call.page(), list));
    }

    Reply csv(Call call) {
        StringBuilder text = new StringBuilder("\uFEFF");
        List<Letter> letters =
                database.inTransaction(tx -> Letters.list(tx, department(call), state(call), MOST_IN_CSV));
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord("number", "state", "subject", "language", "written", "changed");
            for (Letter letter : letters) {
                Message message = letter.message();
                csv.printRecord(
                        letter.id(),
                        letter.state().code(),
                        message.subject(),
                        message.language().code(),
                        message.at(),
                        letter.changed());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.text("text/csv", text.toString()).download("letters.csv");
    }

    /** All that wait, at most 200, in one file; every name that comes to be read so leaves its trace. */
    Reply pdf(Call call) {
        List<Part> parts = new ArrayList<>();
        database.inTransaction(tx -> {
            parts.clear();
            for (Letter letter : Letters.list(tx, department(call), Letter.State.WAITING, MOST)) {
                Purpose purpose = new Purpose(
                        "notices.letter", "message:" + letter.message().id());
                Party party = people.read(tx, call.caller(), letter.message().party(), purpose);
                parts.addAll(sheet(letter, party));
            }
            return parts;
        });
        return parts.isEmpty()
                ? Reply.notFound()
                : Reply.bytes("application/pdf", documents.sealed("お知らせ（郵送）", parts))
                        .download("letters.pdf");
    }

    /** Those that were ticked: what came meanwhile was not printed, and is not marked. */
    Reply post(Call call) {
        List<Long> ids = call.form().all("letter").stream()
                .filter(id -> id.matches("\\d{1,18}"))
                .limit(MOST)
                .map(Long::valueOf)
                .toList();
        long done = database.inTransaction(tx ->
                ids.stream().filter(id -> moved(tx, call, id, Letter.Act.POST)).count());
        return Reply.seeOther(PATH + (done == 0 ? "" : "?state=posted&done=" + done));
    }

    Reply act(Call call) {
        Optional<Letter.Act> act = Arrays.stream(Letter.Act.values())
                .filter(a -> a != Letter.Act.POST)
                .filter(a -> a.name().toLowerCase(Locale.ROOT).equals(call.part("act")))
                .findFirst();
        Optional<Long> id = call.number("id");
        if (act.isEmpty() || id.isEmpty()) {
            return Reply.notFound();
        }
        boolean done = database.inTransaction(tx -> moved(tx, call, id.get(), act.get()));
        return done ? Reply.seeOther(PATH + "?state=" + act.get().from().code()) : Reply.notFound();
    }

    /** Another division's letter is not there. */
    private boolean moved(Handle tx, Call call, long id, Letter.Act act) {
        Optional<Letter> moved = Letters.move(tx, department(call), id, act, real.instant());
        moved.ifPresent(letter -> events.append(
                tx,
                new Event(
                        city.instant(),
                        act.event(),
                        call.caller().actor(),
                        Party.subject(letter.message().party()),
                        Map.of("message", letter.message().id()))));
        return moved.isPresent();
    }

    private List<Part> sheet(Letter letter, Party party) {
        Message message = letter.message();
        List<Part> parts = new ArrayList<>();
        String name = party.names().written() + (party.kind() == Party.Kind.PERSON ? " 様" : " 御中");
        parts.add(new Part.Window(List.of(party.address().map(Address::line).orElse(""), name), "No. " + letter.id()));
        parts.add(new Part.Right(Era.of(LocalDate.now(city))));
        sender(message.letterFrom()).forEach(line -> parts.add(new Part.Right(line)));
        parts.add(new Part.Heading(message.subject()));
        for (String paragraph : message.text().split("\n")) {
            parts.add(new Part.Text(paragraph));
        }
        parts.add(new Part.Space());
        parts.add(new Part.Small(said(message, "notices.letter.online", site.resolve("/me/notices"))));
        parts.add(new Part.Small(said(message, "notices.letter.why")));
        return parts;
    }

    private List<String> sender(String code) {
        return people.departments().stream()
                .filter(department -> department.code().equals(code))
                .findFirst()
                .map(LetterPages::lines)
                .orElse(List.of());
    }

    private static List<String> lines(Department department) {
        String name = "湖西市 " + department.name(Language.JA);
        return department.phone().isEmpty() ? List.of(name) : List.of(name, department.phone());
    }

    private String said(Message message, String key, Object... values) {
        return words.get().plain(message.language(), key, values);
    }

    private static Letter.State state(Call call) {
        return Arrays.stream(Letter.State.values())
                .filter(s -> s.code().equals(call.query("state").orElse("")))
                .findFirst()
                .orElse(Letter.State.WAITING);
    }

    private static String department(Call call) {
        return InboxPages.department(call);
    }
}
