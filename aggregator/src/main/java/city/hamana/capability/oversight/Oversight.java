package city.hamana.capability.oversight;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.events.Search;
import city.hamana.platform.events.Verdict;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.ServiceModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jdbi.v3.core.Handle;

/** The pages of auditors and of who keeps the house. */
public final class Oversight implements ServiceModule {
    private static final String HERE = "city/hamana/capability/oversight/";
    private static final String VERIFY = "oversight-verify";
    private static final int PAGE = 100;
    private static final int MOST_IN_CSV = 1_000;
    private static final int LONGEST_TEXT = 200;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2200, 1, 1);

    private final Database database;
    private final Events events;
    private final Html html;
    private final Jobs jobs;
    private final Clock city;

    /** @param city the city's clock, on which events stand */
    public Oversight(Database database, Events events, Html html, Jobs jobs, Clock city) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.jobs = jobs;
        this.city = city;
    }

    @Override
    public String name() {
        return "oversight";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/staff/events", Role.AUDITOR, call -> log(call, false))
                .get("/staff/events.csv", Role.AUDITOR, this::csv)
                .get("/staff/events.jsonl", Role.AUDITOR, this::whole)
                .post("/staff/events/verify", Role.AUDITOR, this::verify)
                .get("/staff/jobs", Role.ADMIN, this::tasks)
                .post("/staff/jobs/again", Role.ADMIN, call -> settle(call, "oversight.task-run-again"))
                .post("/staff/jobs/drop", Role.ADMIN, call -> settle(call, "oversight.task-dropped"));
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/staff/events", "oversight.log", Role.AUDITOR, Door.Group.HOUSE),
                new Door("/staff/jobs", "oversight.jobs", Role.ADMIN, Door.Group.HOUSE));
    }

    @Override
    public void jobs(Jobs on) {
        on.handle(VERIFY, task -> look());
        on.schedule(VERIFY, Duration.ofDays(1), this::look);
    }

    /**
     * Verifies a log that was taken out of the house.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Verdict verify(Path file) {
        return LogFile.verify(file);
    }

    /** Looks over the whole log and keeps what it found. */
    private void look() {
        Verdict verdict = database.inTransaction(events::verify);
        database.inTransaction(tx -> {
            Checks.add(tx, verdict, city.instant());
            return verdict;
        });
    }

    private Reply log(Call call, boolean asked) {
        LogPage page = database.inTransaction(tx -> {
            List<Entry> found = events.search(tx, search(call), PAGE + 1);
            List<Entry> shown = found.subList(0, Math.min(PAGE, found.size()));
            Optional<Long> next =
                    found.size() > PAGE ? Optional.of(shown.getLast().sequence()) : Optional.empty();
            return new LogPage(
                    shown,
                    text(call, "kind"),
                    text(call, "actor"),
                    text(call, "subject"),
                    text(call, "from"),
                    text(call, "to"),
                    query(call),
                    next,
                    Checks.latest(tx),
                    noted(tx, call),
                    asked || call.query("asked").isPresent());
        });
        return Reply.html(html.render(HERE + "log", call.page(), page));
    }

    /** The newest thousand that fit. */
    private Reply csv(Call call) {
        List<Entry> found = database.inTransaction(tx -> events.search(tx, search(call), MOST_IN_CSV));
        StringBuilder text = new StringBuilder("\uFEFF");
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord("sequence", "at", "kind", "actor", "subject", "detail", "hash");
            for (Entry e : found) {
                csv.printRecord(e.sequence(), e.at(), e.kind(), e.actor(), e.subject(), e.detail(), e.hash());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exported(call, "csv");
        return Reply.text("text/csv", text.toString()).download("events.csv");
    }

    /** The whole log, one JSON object a line, to be verified elsewhere. */
    private Reply whole(Call call) {
        exported(call, "jsonl");
        return Reply.stream(
                        "application/jsonl",
                        out -> database.inTransaction(tx -> {
                            events.each(tx, entry -> {
                                try {
                                    out.write(LogFile.line(entry));
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
                            return out;
                        }))
                .download("events.jsonl");
    }

    private void exported(Call call, String form) {
        String actor = call.caller().actor();
        Event event = new Event(city.instant(), "oversight.log-exported", actor, "log", Map.of("form", form));
        database.inTransaction(tx -> events.append(tx, event));
    }

    private Reply verify(Call call) {
        database.inTransaction(tx -> {
            jobs.add(tx, VERIFY, "{}", Instant.now());
            return tx;
        });
        return Reply.seeOther("/staff/events?asked=yes");
    }

    private Reply tasks(Call call) {
        JobsPage page = new JobsPage(jobs.tasks(), jobs.schedules(), jobs.count(false), jobs.count(true));
        return Reply.html(html.render(HERE + "jobs", call.page(), page));
    }

    private Reply settle(Call call, String kind) {
        if (!call.field("task").matches("\\d{1,18}")) {
            return Reply.notFound();
        }
        long id = Long.parseLong(call.field("task"));
        boolean done = database.inTransaction(tx -> {
            boolean settled = kind.endsWith("dropped") ? jobs.drop(tx, id) : jobs.again(tx, id);
            if (settled) {
                String actor = call.caller().actor();
                events.append(tx, new Event(city.instant(), kind, actor, "task:" + id, Map.of()));
            }
            return settled;
        });
        return done ? Reply.seeOther("/staff/jobs") : Reply.problem(409, "The task is not there any more.");
    }

    /** {@code ?noted=12345 ab12…}: an entry's number and hash as somebody wrote them down. */
    private Optional<Boolean> noted(Handle tx, Call call) {
        return call.query("noted").map(text -> {
            String[] parts = text.strip().split("\\s+", 2);
            return parts.length == 2
                    && parts[0].matches("\\d{1,18}")
                    && events.hash(tx, Long.parseLong(parts[0]))
                            .map(hash -> hash.equalsIgnoreCase(parts[1]))
                            .orElse(false);
        });
    }

    private Search search(Call call) {
        long before = call.query("before")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        return new Search(
                before,
                text(call, "kind"),
                text(call, "actor"),
                text(call, "subject"),
                start(call, "from", FIRST_DAY),
                start(call, "to", LAST_DAY.minusDays(1)).plus(Duration.ofDays(1)));
    }

    private Instant start(Call call, String name, LocalDate otherwise) {
        LocalDate day = otherwise;
        try {
            day = LocalDate.parse(text(call, name));
        } catch (DateTimeException e) {
            // What is no day limits nothing; the field shows it as it was typed.
        }
        return day.atStartOfDay(city.getZone()).toInstant();
    }

    private static String query(Call call) {
        return Stream.of("kind", "actor", "subject", "from", "to")
                .map(name -> name + "=" + URLEncoder.encode(text(call, name), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String text(Call call, String name) {
        String text = call.query(name).orElse("");
        return text.substring(0, Math.min(LONGEST_TEXT, text.length()));
    }
}
