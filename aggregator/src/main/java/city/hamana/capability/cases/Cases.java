package city.hamana.capability.cases;

import city.hamana.platform.access.Post;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.http.Upload;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.PartyColumn;
import city.hamana.platform.module.ServiceModule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The cases of the city. */
public final class Cases implements ServiceModule {
    private static final Duration DRAFTS_LIVE = Duration.ofDays(60);
    private static final Duration SWEEP_EVERY = Duration.ofHours(6);

    private final Database database;
    private final Events events;
    private final ActsFor actsFor;
    private final Clock clock;
    private final CaseStore store;
    private final Threads threads = new Threads();
    private final Files files = new Files();
    private final Uploads uploads;
    private final Holidays holidays;
    private final Deadlines deadlines;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, Reaction> reactions = new LinkedHashMap<>();

    /**
     * @param clock the city's, in the city's time zone
     * @param closedDays lines of the city's own list of days on which it is closed; empty for the one that comes with the
     *     program
     */
    public Cases(Database database, Events events, ActsFor actsFor, Clock clock, List<String> closedDays) {
        this.database = database;
        this.events = events;
        this.actsFor = actsFor;
        this.clock = clock;
        this.store = new CaseStore(database.dialect());
        this.uploads = new Uploads(clock.getZone());
        this.holidays = closedDays.isEmpty() ? Holidays.ofFile() : Holidays.of(closedDays);
        this.deadlines = new Deadlines(new WorkingDays(holidays::holds), clock.getZone());
    }

    @Override
    public String name() {
        return "cases";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/cases/{id}/files/{file}", Role.RESIDENT, this::download)
                .get("/staff/cases/{id}/files/{file}", Role.STAFF, this::download)
                .get("/api/v1/closed-days.csv", Role.ANY_PROGRAM, this::closedDays);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(SWEEP_EVERY, "cases-drafts", this::sweep);
    }

    /**
     * The cases of a party with what was answered, said and attached. They are not erased: the city keeps what it was asked
     * and what it decided for as long as its rules for documents say.
     */
    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(new PartyColumn("cases_case", "id", "applicant"));
    }

    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        List<Map<String, Object>> all =
                of(tx, party).stream().map(file -> facts(tx, file)).toList();
        return all.isEmpty() ? Map.of() : Map.of("cases", all);
    }

    private Map<String, Object> facts(Handle tx, CaseFile file) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("number", file.id());
        facts.put("title", file.title());
        facts.put("state", file.state().code());
        facts.put("department", file.department());
        facts.put("opened", file.opened().toString());
        facts.put("answers", file.data());
        facts.put(
                "messages",
                threads.of(tx, file.id(), false).stream()
                        .map(m -> Map.of("said", m.said().toString(), "byStaff", m.byStaff(), "text", m.text()))
                        .toList());
        facts.put(
                "files",
                files.about(tx, file.subject()).stream()
                        .map(f -> Map.of("name", f.name(), "type", f.type(), "sha256", f.sha256()))
                        .toList());
        return facts;
    }

    /** Makes a kind known, and what its service does when such a case moves. Called while the city is built. */
    public void kind(Kind kind, Reaction reaction) {
        if (kinds.putIfAbsent(kind.code(), kind) != null) {
            throw new IllegalArgumentException("the kind " + kind.code() + " is registered twice");
        }
        reactions.put(kind.code(), reaction);
    }

    /**
     * A registered kind.
     *
     * @throws IllegalArgumentException if no service registered it
     */
    public Kind kind(String code) {
        Kind kind = kinds.get(code);
        if (kind == null) {
            throw new IllegalArgumentException("no kind of case is called " + code);
        }
        return kind;
    }

    public List<Kind> kinds() {
        return List.copyOf(kinds.values());
    }

    /** Opens a case: it has arrived, and its clock runs. Other cases wait for their number until the transaction ends. */
    public CaseFile open(Handle tx, NewCase arrived) {
        Kind kind = kind(arrived.kind());
        Instant now = now();
        int year = LocalDate.ofInstant(now, clock.getZone()).getYear();
        CaseFile file = new CaseFile(
                "%d-%06d".formatted(year, store.nextNumber(tx, year)),
                kind.code(),
                arrived.title(),
                arrived.incomplete() ? State.RETURNED : State.RECEIVED,
                1,
                arrived.department(),
                Optional.empty(),
                "",
                0,
                arrived.steps().stream().findFirst(),
                arrived.applicant(),
                arrived.filedBy(),
                arrived.data(),
                now,
                now,
                arrived.termDays(),
                deadlines.first(now, arrived.termDays(), arrived.due()),
                arrived.incomplete() ? Optional.of(now) : Optional.empty(),
                Optional.empty(),
                arrived.openedFrom());
        store.insert(tx, file);
        store.add(tx, file.id(), arrived.steps());
        // Who opened it at a visit may see how it goes on.
        arrived.openedFrom()
                .flatMap(other -> store.find(tx, other))
                .ifPresent(other -> store.letSee(tx, file.id(), other.department()));
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("kind", file.kind());
        detail.put("department", file.department());
        file.openedFrom().ifPresent(visit -> detail.put("visit", visit));
        events.append(tx, new Event(now, "cases.opened", arrived.filedBy(), file.subject(), detail));
        return file;
    }

    /** The case without trace and without asking who wants it; for the system's own needs. */
    public Optional<CaseFile> file(Handle tx, String id) {
        return store.find(tx, id);
    }

    /**
     * The case, if the caller may see it; staff leave a trace.
     *
     * @param purpose for what it is read: {@code cases.examine}
     */
    public Optional<CaseFile> read(Handle tx, Caller reader, String id, String purpose) {
        Optional<CaseFile> file = seen(tx, reader, id);
        file.ifPresent(seen -> trace(tx, reader, seen, purpose));
        return file;
    }

    /** Keeps that staff looked at a case; nothing for the applicant. Called last in a story. */
    public void trace(Handle tx, Caller reader, CaseFile file, String purpose) {
        if (reader instanceof Caller.Person person && person.post().isPresent()) {
            Map<String, String> why = Map.of("purpose", purpose);
            events.append(tx, new Event(now(), "cases.read", reader.actor(), file.subject(), why));
        }
    }

    /** The case, if the caller may see it, without trace: for what shows none of its content. */
    public Optional<CaseFile> seen(Handle tx, Caller reader, String id) {
        return store.find(tx, id).filter(file -> maySee(tx, reader, file));
    }

    /** Its way through the house: each step, and who finished it when. */
    public List<Stage> way(Handle tx, CaseFile file) {
        return store.way(tx, file.id());
    }

    /** The cases that staff opened at this one's visit. */
    public List<CaseFile> openedFrom(Handle tx, CaseFile file) {
        return store.openedFrom(tx, file.id());
    }

    /** Moves a case, if it may go that way and the caller may move it. */
    public Moved move(Handle tx, Caller who, Move move) {
        Optional<CaseFile> there = store.locked(tx, move.id()).filter(file -> maySee(tx, who, file));
        if (there.isEmpty()) {
            return new Moved.NotThere();
        }
        CaseFile before = there.get();
        if (move.version() != 0 && move.version() != before.version()) {
            return new Moved.ChangedMeanwhile(before);
        }
        Optional<Edge> edge = Edge.of(kind(before.kind()).course(), before.state(), move.act());
        if (edge.isEmpty()) {
            return new Moved.NoSuchWay(before);
        }
        return edge.get().openTo(standings(tx, who, before))
                ? done(tx, who, before, edge.get(), move)
                : new Moved.NotTheirs();
    }

    /** The same for who has read nothing before; {@code note} goes into the thread. */
    public Moved move(Handle tx, Caller who, String id, Act act, String note) {
        return move(tx, who, Move.of(id, act).saying(note));
    }

    /** What the caller may do with the case as it stands. */
    public Set<Act> acts(Handle tx, Caller who, CaseFile file) {
        Set<Act> acts = EnumSet.noneOf(Act.class);
        Edge.from(kind(file.kind()).course(), file.state(), standings(tx, who, file))
                .forEach(edge -> acts.add(edge.act()));
        return acts;
    }

    /** Adds to the thread; false when the caller may not see the case, or speaks to staff only without being one. */
    public boolean say(Handle tx, Caller who, String id, String text, Audience audience) {
        Optional<CaseFile> file = seen(tx, who, id);
        boolean staff = file.filter(f -> isOffice(tx, who, f)).isPresent();
        if (file.isEmpty() || text.isBlank() || (audience == Audience.STAFF && !staff)) {
            return false;
        }
        threads.add(tx, id, who.actor(), staff, audience, text.strip(), now());
        Map<String, String> detail = Map.of("audience", audience.code(), "staff", Boolean.toString(staff));
        events.append(tx, new Event(now(), "cases.said", who.actor(), file.get().subject(), detail));
        return true;
    }

    /** The thread as the reader may see it, oldest first. */
    public List<Message> thread(Handle tx, Caller reader, CaseFile file) {
        return threads.of(tx, file.id(), isOffice(tx, reader, file));
    }

    /** The most urgent first; what stands still at the end. Rights are the caller's to check. */
    public List<CaseFile> queue(Handle tx, QueueFilter filter) {
        return store.queue(tx, filter, now());
    }

    /** The cases of a party, newest first. */
    public List<CaseFile> of(Handle tx, String party) {
        return store.of(tx, party);
    }

    /**
     * Which of these parties have a case of this kind with which the city is not done.
     *
     * @param parties at most 1,000
     */
    public Set<String> waiting(Handle tx, String kind, List<String> parties) {
        return parties.isEmpty() ? Set.of() : store.waiting(tx, kind, parties);
    }

    /**
     * Looks at a file that was sent: decodes a picture and paints it anew, looks into a PDF. Takes a moment; not for
     * within a transaction.
     */
    public Checked check(Upload upload) {
        return uploads.check(upload);
    }

    /**
     * Keeps a file. Rights are the caller's to check.
     *
     * @param about {@code case:ID}, or {@code draft:ID} with an id that nobody can guess; drafts' files go after 60 days
     * @param field of the form that it answers; may be empty
     * @return empty when there are 20 files already, or 50 MiB would be passed
     */
    public Optional<Attached> attach(Handle tx, Caller who, String about, String field, Checked.Clean file) {
        Optional<Attached> attached = files.add(tx, about, field, file, who.actor(), now());
        attached.filter(a -> about.startsWith("case:")).ifPresent(a -> {
            Map<String, String> detail = Map.of("file", a.id(), "type", a.type(), "sha256", a.sha256());
            events.append(tx, new Event(now(), "cases.attached", who.actor(), about, detail));
        });
        return attached;
    }

    /** Files of a case or a draft in the order they came. */
    public List<Attached> attached(Handle tx, String about) {
        return files.about(tx, about);
    }

    /** A file's bytes; rights are the caller's to check. */
    public Optional<Reply> content(Handle tx, String about, String file) {
        return files.find(tx, about, file).map(attached -> reply(attached, files.bytes(tx, attached.id())));
    }

    /** Takes a file out of a draft. */
    public boolean detach(Handle tx, String draft, String file) {
        return draft.startsWith("draft:") && files.remove(tx, draft, file);
    }

    /** Gives a draft's files to the case that it became. */
    public void giveFiles(Handle tx, String draft, CaseFile file) {
        files.give(tx, draft, file.subject());
    }

    /** The last day of a term of working days that begins on this day (標準処理期間). */
    public LocalDate lastDay(LocalDate begin, int workingDays) {
        return deadlines.days().after(begin, workingDays);
    }

    /** Whether the city hall is open on this day. */
    public boolean open(LocalDate day) {
        return deadlines.days().open(day);
    }

    /** Working days that are left, 0 on the last day, negative afterwards; empty when the clock stands or there is none. */
    public Optional<Integer> daysLeft(CaseFile file) {
        return deadlines.left(file, now());
    }

    private Moved done(Handle tx, Caller who, CaseFile before, Edge edge, Move move) {
        Instant now = now();
        List<Stage> way = store.way(tx, before.id());
        CaseFile after = Moving.moved(before, way, edge, who, move, now, deadlines.after(before, edge, now));
        store.update(tx, after);
        goOn(tx, who, before, after, move);
        boolean staff = isOffice(tx, who, before);
        if (!move.note().isBlank()) {
            threads.add(
                    tx,
                    before.id(),
                    who.actor(),
                    staff,
                    Moving.audience(move.act()),
                    move.note().strip(),
                    now);
        }
        reactions.get(before.kind()).moved(tx, before, after, move);
        events.append(
                tx, new Event(now, edge.event(), who.actor(), before.subject(), Moving.detail(before, after, move)));
        return new Moved.Done(before, after);
    }

    private void goOn(Handle tx, Caller who, CaseFile before, CaseFile after, Move move) {
        switch (move.act()) {
            case PASS, PROPOSE, AGREE, DECIDE ->
                store.finished(tx, before.id(), before.stepAt(), worker(who), after.changed());
            case SEND_BACK -> store.unfinished(tx, before.id(), after.stepAt());
            case HAND -> store.handed(tx, before.id(), before.stepAt(), before.department(), move.to());
            case TAKE, RETURN, ANSWER, RESUME, DELIVER, CLOSE, REOPEN, WITHDRAW, MERGE, SPLIT -> {}
        }
    }

    private static CaseFile.Worker worker(Caller who) {
        return new CaseFile.Worker(who.actor(), who instanceof Caller.Person person ? person.name() : "");
    }

    private boolean maySee(Handle tx, Caller reader, CaseFile file) {
        return isApplicant(tx, reader, file)
                || (reader instanceof Caller.Person person
                        && person.post()
                                .map(Post::department)
                                .filter(department -> store.seenBy(tx, file.id(), department))
                                .isPresent());
    }

    private boolean isOffice(Handle tx, Caller who, CaseFile file) {
        return standings(tx, who, file).contains(Standing.DEPARTMENT)
                || (!isApplicant(tx, who, file) && maySee(tx, who, file));
    }

    private boolean isApplicant(Handle tx, Caller who, CaseFile file) {
        return who instanceof Caller.Person person
                && file.applicant()
                        .filter(party -> actsFor.mayActFor(tx, person, party))
                        .isPresent();
    }

    private Set<Standing> standings(Handle tx, Caller who, CaseFile file) {
        Set<Standing> found = EnumSet.noneOf(Standing.class);
        if (isApplicant(tx, who, file)) {
            found.add(Standing.APPLICANT);
        }
        // Nobody examines or decides their own case, whatever their post.
        if (who instanceof Caller.Person person && found.isEmpty() && person.worksIn(file.department())) {
            found.add(Standing.DEPARTMENT);
            file.step()
                    .filter(step -> mayDo(person, file, step))
                    .ifPresent(step -> found.add(Standing.of(step.work())));
        }
        return found;
    }

    /** Above the lowest rank a decision needs a second person, and so does an agreement. */
    private static boolean mayDo(Caller.Person person, CaseFile file, Step step) {
        boolean drafted = file.state() == State.PROPOSED && file.proposer().equals(person.actor());
        return person.post().filter(post -> post.rank().atLeast(step.rank())).isPresent()
                && (step.rank() == Rank.OFFICER || !drafted);
    }

    /** The days of a year on which the city hall is closed besides Saturdays and Sundays; open data. */
    private Reply closedDays(Call call) {
        int year = call.query("year")
                .filter(typed -> typed.matches("\\d{4}"))
                .map(Integer::parseInt)
                .orElseGet(() -> LocalDate.now(clock).getYear());
        StringBuilder csv = new StringBuilder("day,name,basis\r\n");
        holidays.of(year)
                .forEach((day, why) -> csv.append(day)
                        .append(',')
                        .append(why.name())
                        .append(',')
                        .append(why.basis())
                        .append("\r\n"));
        return Reply.text("text/csv", csv.toString()).openToAll().download("closed-days-" + year + ".csv");
    }

    private Reply download(Call call) {
        String id = call.part("id");
        return database.inTransaction(tx -> read(tx, call.caller(), id, "cases.file")
                .flatMap(file -> content(tx, file.subject(), call.part("file")))
                .orElseGet(Reply::notFound));
    }

    /** Shown or saved, never run: no script, no frame, no guessing of its type. */
    private static Reply reply(Attached file, byte[] bytes) {
        String ending = file.picture() ? ".jpg" : ".pdf";
        String how = file.picture() ? "inline" : "attachment";
        return Reply.bytes(file.type(), bytes)
                .with("Content-Disposition", how + "; filename=\"file-" + file.id() + ending + "\"")
                .with("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private void sweep() {
        database.inTransaction(tx -> {
            files.sweepDrafts(tx, now().minus(DRAFTS_LIVE));
            return 0;
        });
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
