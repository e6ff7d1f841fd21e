package city.hamana.capability.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.access.Post;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.db.Story;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cases from their arrival to their end. */
class CasesTest {
    /** A Monday at nine, in Japan. */
    private static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");

    static final Caller.Person HANAKO = resident("1", "hanako");
    static final Caller.Person JIRO = resident("3", "jiro");
    /** Hanako's mother lets her act. */
    static final String MOTHER = "9";

    static final Caller.Person KATO = staff("21", "kato", "shimin", Rank.OFFICER);
    static final Caller.Person ABE = staff("22", "abe", "shimin", Rank.MANAGER);
    static final Caller.Person ONO = staff("24", "ono", "sangyo", Rank.OFFICER);
    static final Caller.Person HARA = staff("25", "hara", "somu", Rank.MANAGER);
    static final Caller.Person UEDA = staff("23", "ueda", "sangyo", Rank.MANAGER);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
    private final List<String> reactions = new ArrayList<>();
    private Database database;
    private Events events;
    private Cases cases;

    Database database() {
        return Database.open("jdbc:derby:memory:cases" + NUMBER.incrementAndGet() + ";create=true");
    }

    @BeforeEach
    void open() {
        database = database();
        events = new Events(database);
        database.migrate(Events.SCHEMA);
        cases = new Cases(database, events, CasesTest::mayActFor, moving(), List.of());
        cases.kind(
                new Kind("residence-copy", Course.APPLICATION, "x", "/cases/", "/staff/cases/"),
                (tx, before, after, move) -> reactions.add(after.id() + " " + move.act()));
        cases.kind(
                new Kind("road-report", Course.REPORT, "x", "/roads/", "/staff/roads/"),
                (tx, before, after, move) -> {});
        database.migrate(cases.schema());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void casesAreNumberedByYear() {
        assertEquals("2026-000001", opened().id());
        assertEquals("2026-000002", opened().id());
        now.set(Instant.parse("2026-12-31T15:00:00Z"));
        assertEquals("2027-000001", opened().id(), "it is next year in Japan");
    }

    @Test
    void noNumberIsLeftOutHoweverManyArriveAtOnceAndSomeAreTakenBack() throws Exception {
        int writers = 6;
        int each = 8;
        CountDownLatch begin = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<Integer>> all = IntStream.range(0, writers)
                    .mapToObj(w -> threads.submit(() -> {
                        begin.await();
                        return arrive(each);
                    }))
                    .toList();
            begin.countDown();
            for (Future<Integer> one : all) {
                one.get();
            }
        }
        Set<String> ids = tell(tx -> cases.of(tx, HANAKO.id())).stream()
                .map(CaseFile::id)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = IntStream.rangeClosed(1, writers * each)
                .mapToObj("2026-%06d"::formatted)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(wanted, ids);
    }

    /** Every second one is first rolled back. */
    private int arrive(int many) {
        for (int i = 0; i < many; i++) {
            if (i % 2 == 0) {
                assertThrows(
                        IllegalStateException.class,
                        () -> database.inTransaction(tx -> {
                            cases.open(tx, copy());
                            throw new IllegalStateException("taken back");
                        }));
            }
            opened();
        }
        return many;
    }

    @Test
    void anApplicationIsTakenCorrectedDecidedByAnotherAndDelivered() {
        CaseFile file = opened();
        done(KATO, Act.TAKE, file);
        assertEquals("kato", now(file).assignee().orElseThrow().name());
        done(KATO, Move.of(file.id(), Act.RETURN).saying("続柄を書いてください。"));
        done(HANAKO, Move.of(file.id(), Act.ANSWER).replacing("{\"relation\":\"child\"}"));
        assertEquals("{\"relation\":\"child\"}", now(file).data());
        done(KATO, Move.of(file.id(), Act.PROPOSE).saying("交付してよいか。"));
        assertInstanceOf(Moved.NotTheirs.class, move(KATO, Move.of(file.id(), Act.DECIDE)));
        done(ABE, Act.DECIDE, file);
        done(KATO, Act.DELIVER, file);
        assertEquals(State.CLOSED, now(file).state());
        assertEquals(
                List.of(
                        "cases.opened",
                        "cases.taken",
                        "cases.returned",
                        "cases.answered",
                        "cases.proposed",
                        "cases.decided",
                        "cases.delivered"),
                history(file));
        assertEquals(6, reactions.size());
    }

    @Test
    void whoDraftsADecisionDoesNotTakeItEvenWithTheRank() {
        CaseFile file = opened();
        done(ABE, Act.TAKE, file);
        done(ABE, Act.PROPOSE, file);
        assertInstanceOf(Moved.NotTheirs.class, move(ABE, Move.of(file.id(), Act.DECIDE)));
        assertInstanceOf(Moved.NotTheirs.class, move(ABE, Move.of(file.id(), Act.SEND_BACK)));
    }

    @Test
    void whatAnOfficerMayDecideAloneNeedsNoSecondPerson() {
        CaseFile file = tell(tx -> cases.open(tx, going(step(Step.Work.DRAFT), step(Step.Work.DECIDE))));
        done(KATO, Act.TAKE, file);
        done(KATO, Act.PROPOSE, file);
        done(KATO, Act.DECIDE, file);
        assertEquals(State.DECIDED, now(file).state());
    }

    /** Examined in one department, drafted in another, agreed to in a third, decided where it was drafted. */
    private static NewCase throughTheHouse() {
        return going(
                step(Step.Work.EXAMINE),
                new Step("draft", Step.Work.DRAFT, "sangyo", Rank.OFFICER),
                new Step("agree", Step.Work.AGREE, "somu", Rank.MANAGER),
                new Step("decide", Step.Work.DECIDE, "sangyo", Rank.MANAGER));
    }

    @Test
    void aCaseGoesFromDepartmentToDepartmentAndStandsInTheQueueOfTheOneThatHasIt() {
        CaseFile file = tell(tx -> cases.open(tx, throughTheHouse()));
        assertInstanceOf(Moved.NotThere.class, move(ONO, Move.of(file.id(), Act.TAKE)));
        done(KATO, Act.TAKE, file);
        assertInstanceOf(Moved.NotTheirs.class, move(KATO, Move.of(file.id(), Act.PROPOSE)), "its step is to examine");
        done(KATO, Move.of(file.id(), Act.PASS).saying("確かめた。"));
        assertEquals(List.of(), ids(QueueFilter.of("shimin")));
        assertEquals(List.of(file.id()), ids(QueueFilter.of("sangyo")));
        assertEquals(Optional.empty(), now(file).assignee());
        assertInstanceOf(Moved.NotTheirs.class, move(KATO, Move.of(file.id(), Act.TAKE)));
        done(ONO, Act.TAKE, file);
        assertInstanceOf(Moved.NotTheirs.class, move(ONO, Move.of(file.id(), Act.PASS)), "nothing is left to examine");
        done(ONO, Act.PROPOSE, file);
        assertEquals(List.of(file.id()), ids(QueueFilter.of("somu")));
        assertInstanceOf(Moved.NotTheirs.class, move(UEDA, Move.of(file.id(), Act.DECIDE)), "somu has not agreed");
        done(HARA, Act.AGREE, file);
        assertInstanceOf(Moved.NotTheirs.class, move(HARA, Move.of(file.id(), Act.DECIDE)));
        done(UEDA, Act.DECIDE, file);
        done(ONO, Act.DELIVER, file);
        assertEquals(List.of("kato", "ono", "hara", "ueda"), doers(file));
        assertEquals(
                List.of(
                        "cases.opened",
                        "cases.taken",
                        "cases.passed",
                        "cases.taken",
                        "cases.proposed",
                        "cases.agreed",
                        "cases.decided",
                        "cases.delivered"),
                history(file));
    }

    @Test
    void theClockRunsOnWhileACaseGoesThroughTheHouse() {
        CaseFile file = tell(tx -> cases.open(tx, throughTheHouse()));
        now.set(MONDAY.plus(Duration.ofDays(2)));
        done(KATO, Act.TAKE, file);
        done(KATO, Act.PASS, file);
        assertEquals(file.due(), now(file).due());
        assertEquals(Optional.of(3), cases.daysLeft(now(file)));
    }

    @Test
    void whoDoesNotAgreeGivesTheDraftBackAndEverythingAfterItIsDoneAgain() {
        CaseFile file = tell(tx -> cases.open(tx, throughTheHouse()));
        done(KATO, Act.TAKE, file);
        done(KATO, Act.PASS, file);
        done(ONO, Act.TAKE, file);
        done(ONO, Act.PROPOSE, file);
        done(HARA, Act.AGREE, file);
        done(UEDA, Move.of(file.id(), Act.SEND_BACK).saying("額を確かめてください。"));
        assertEquals(List.of("kato", "", "", ""), doers(file));
        assertEquals(State.IN_PROGRESS, now(file).state());
        done(ONO, Act.PROPOSE, file);
        done(HARA, Act.SEND_BACK, file);
        assertEquals("sangyo", now(file).department());
        assertEquals(List.of("kato", "", "", ""), doers(file));
    }

    @Test
    void whoTakesACaseOverTakesOverWhatItsGiverHadStillToDo() {
        CaseFile file = opened();
        done(KATO, Move.of(file.id(), Act.HAND).to("sangyo"));
        done(ONO, Act.TAKE, file);
        done(ONO, Act.PROPOSE, file);
        assertEquals("sangyo", now(file).department());
        done(UEDA, Act.DECIDE, file);
        assertEquals(List.of("ono", "ueda"), doers(file));
    }

    private List<String> doers(CaseFile file) {
        return tell(tx -> cases.way(tx, file)).stream()
                .map(stage -> stage.by().map(CaseFile.Worker::name).orElse(""))
                .toList();
    }

    @Test
    void aCaseOpenedAtAnothersVisitIsLinkedAndWaitsForWhatIsMissing() {
        CaseFile visit = opened();
        CaseFile own = tell(tx -> cases.open(
                tx,
                NewCase.application(
                                "residence-copy",
                                "x",
                                HANAKO.id(),
                                KATO.actor(),
                                List.of(
                                        new Step("draft", Step.Work.DRAFT, "sangyo", Rank.OFFICER),
                                        new Step("decide", Step.Work.DECIDE, "sangyo", Rank.OFFICER)),
                                "{}",
                                5)
                        .from(visit.id(), true)));
        assertEquals(State.RETURNED, own.state());
        assertEquals(Optional.empty(), cases.daysLeft(own));
        assertEquals(
                List.of(own.id()),
                tell(tx -> cases.openedFrom(tx, visit)).stream()
                        .map(CaseFile::id)
                        .toList());
        assertEquals(Optional.of(visit.id()), now(own).openedFrom());
        assertTrue(tell(tx -> cases.seen(tx, KATO, own.id())).isPresent(), "who opened it sees how it goes on");
        now.set(MONDAY.plus(Duration.ofDays(7)));
        done(HANAKO, Act.ANSWER, own);
        assertEquals(Optional.of(5), cases.daysLeft(now(own)));
    }

    @Test
    void theLimitOfFilesHoldsHoweverManyAreSentAtOnce() throws Exception {
        int senders = 8;
        Checked.Clean file = new Checked.Clean("a.pdf", "application/pdf", new byte[3 << 20], PhotoFacts.NONE);
        CountDownLatch begin = new CountDownLatch(1);
        int kept = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
            List<Future<Integer>> all = IntStream.range(0, senders)
                    .mapToObj(s -> threads.submit(() -> {
                        begin.await();
                        return kept(file, 4);
                    }))
                    .toList();
            begin.countDown();
            for (Future<Integer> one : all) {
                kept += one.get();
            }
        }
        assertEquals(16, kept, "of 3 MiB each 16 are within 50 MiB");
        assertEquals(16, tell(tx -> cases.attached(tx, "draft:many")).size());
        String first = tell(tx -> cases.attached(tx, "draft:many")).getFirst().id();
        assertTrue(holds(tx -> cases.detach(tx, "draft:many", first)));
        assertEquals(1, kept(file, 2), "what is taken out makes room again");
    }

    private int kept(Checked.Clean file, int times) {
        int kept = 0;
        for (int i = 0; i < times; i++) {
            kept += tell(tx -> cases.attach(tx, HANAKO, "draft:many", "", file)).isPresent() ? 1 : 0;
        }
        return kept;
    }

    @Test
    void nobodyExaminesTheirOwnCase() {
        CaseFile own = tell(tx -> cases.open(tx, copy(KATO.id())));
        assertInstanceOf(Moved.NotTheirs.class, move(KATO, Move.of(own.id(), Act.TAKE)));
        done(ABE, Act.TAKE, own);
    }

    @Test
    void forEverybodyElseACaseDoesNotExist() {
        CaseFile file = opened();
        for (Caller other : List.of(JIRO, UEDA, new Caller.Stranger(), new Caller.Program("p", Set.of()))) {
            assertEquals(Optional.empty(), tell(tx -> cases.read(tx, other, file.id(), "cases.examine")));
            for (Act act : Act.values()) {
                assertInstanceOf(Moved.NotThere.class, move(other, Move.of(file.id(), act)));
            }
            assertFalse(holds(tx -> cases.say(tx, other, file.id(), "hello", Audience.APPLICANT)));
        }
        assertEquals(List.of("cases.opened"), history(file));
    }

    @Test
    void whoMayActForTheApplicantMayDoWhatTheApplicantMay() {
        CaseFile mothers = tell(tx -> cases.open(tx, copy(MOTHER)));
        done(HANAKO, Act.WITHDRAW, mothers);
        assertInstanceOf(Moved.NoSuchWay.class, move(HANAKO, Move.of(mothers.id(), Act.WITHDRAW)));
    }

    @Test
    void aDepartmentThatHandedACaseOnStillReadsItButDoesNotActOnIt() {
        CaseFile file = opened();
        done(KATO, Move.of(file.id(), Act.HAND).to("sangyo").saying("こちらではありません。"));
        assertTrue(tell(tx -> cases.read(tx, KATO, file.id(), "cases.examine")).isPresent());
        assertInstanceOf(Moved.NotTheirs.class, move(KATO, Move.of(file.id(), Act.TAKE)));
        done(UEDA, Act.TAKE, file);
    }

    @Test
    void aLookByStaffLeavesATraceAndOneByTheApplicantDoesNot() {
        CaseFile file = opened();
        tell(tx -> cases.read(tx, HANAKO, file.id(), "cases.own"));
        assertEquals(List.of("cases.opened"), history(file));
        tell(tx -> cases.read(tx, KATO, file.id(), "cases.examine"));
        assertEquals(List.of("cases.opened", "cases.read"), history(file));
    }

    @Test
    void ofTwoWhoDecideAtOnceOneIsToldWhatChanged() throws Exception {
        CaseFile file = tell(tx -> cases.open(tx, going(step(Step.Work.DRAFT), step(Step.Work.DECIDE))));
        done(KATO, Act.TAKE, file);
        done(KATO, Act.PROPOSE, file);
        int read = now(file).version();
        CountDownLatch begin = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Moved> one = threads.submit(() -> {
                begin.await();
                return move(KATO, Move.of(file.id(), Act.DECIDE).reading(read));
            });
            Future<Moved> other = threads.submit(() -> {
                begin.await();
                return move(ABE, Move.of(file.id(), Act.SEND_BACK).reading(read));
            });
            begin.countDown();
            List<Moved> both = List.of(one.get(), other.get());
            assertEquals(1, both.stream().filter(Moved.Done.class::isInstance).count());
            assertEquals(
                    1,
                    both.stream()
                            .filter(Moved.ChangedMeanwhile.class::isInstance)
                            .count());
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
        assertEquals(read + 1, now(file).version());
    }

    @Test
    void theClockStandsStillWhileTheApplicantCorrectsSomething() {
        CaseFile file = opened();
        assertEquals("2026-11-24T15:00:00Z", file.due().orElseThrow().toString(), "five working days, one holiday");
        assertEquals(Optional.of(5), cases.daysLeft(file));
        now.set(MONDAY.plus(Duration.ofDays(2)));
        assertEquals(Optional.of(3), cases.daysLeft(file));
        done(KATO, Act.RETURN, file);
        assertEquals(Optional.empty(), cases.daysLeft(now(file)));
        now.set(MONDAY.plus(Duration.ofDays(30)));
        assertFalse(now(file).overdue(now.get()));
        done(HANAKO, Act.ANSWER, file);
        assertEquals(Optional.of(3), cases.daysLeft(now(file)));
        assertEquals(Optional.empty(), now(file).stopped());
        now.set(MONDAY.plus(Duration.ofDays(36)));
        assertTrue(now(file).overdue(now.get()));
    }

    @Test
    void theThreadShowsTheApplicantNothingThatIsForStaff() {
        CaseFile file = opened();
        assertTrue(holds(tx -> cases.say(tx, KATO, file.id(), "電話で確かめた。", Audience.STAFF)));
        assertTrue(holds(tx -> cases.say(tx, KATO, file.id(), "お待ちください。", Audience.APPLICANT)));
        assertTrue(holds(tx -> cases.say(tx, HANAKO, file.id(), "はい。", Audience.APPLICANT)));
        assertFalse(holds(tx -> cases.say(tx, HANAKO, file.id(), "秘密", Audience.STAFF)));
        assertEquals(
                List.of("お待ちください。", "はい。"),
                tell(tx -> cases.thread(tx, HANAKO, file)).stream()
                        .map(Message::text)
                        .toList());
        assertEquals(3, tell(tx -> cases.thread(tx, KATO, file)).size());
    }

    @Test
    void theQueueHasTheMostUrgentFirstAndFindsByWhatIsTyped() {
        CaseFile late = opened();
        now.set(MONDAY.plus(Duration.ofDays(10)));
        CaseFile early = opened();
        CaseFile stopped = opened();
        done(KATO, Act.RETURN, stopped);
        assertEquals(List.of(late.id(), early.id(), stopped.id()), ids(QueueFilter.of("shimin")));
        QueueFilter overdue = new QueueFilter(
                Optional.of("shimin"), Optional.empty(), Optional.empty(), Optional.empty(), true, true, "", 10);
        assertEquals(List.of(late.id()), ids(overdue));
        assertEquals(List.of(stopped.id()), ids(QueueFilter.of("shimin").state(State.RETURNED)));
        assertEquals(List.of(), ids(QueueFilter.of("sangyo")));
        assertEquals(List.of(early.id()), ids(searching("000002")));
        assertEquals(3, ids(searching("写し")).size());
        assertEquals(List.of(), ids(searching("%")));
        assertEquals(List.of(), ids(searching("' OR 1=1 --")));
    }

    @Test
    void aReportWithoutAnApplicantIsMergedSplitAndClosed() {
        CaseFile report = tell(tx -> cases.open(
                tx,
                NewCase.report(
                        "road-report",
                        "穴",
                        Optional.empty(),
                        "stranger",
                        "shimin",
                        "{}",
                        0,
                        Optional.of(MONDAY.plus(Duration.ofDays(3))))));
        assertInstanceOf(Moved.NoSuchWay.class, move(KATO, Move.of(report.id(), Act.PROPOSE)));
        done(KATO, Move.of(report.id(), Act.MERGE).to("2026-000099"));
        assertEquals(Optional.of("2026-000099"), now(report).mergedInto());
        done(KATO, Act.SPLIT, report);
        assertEquals(Optional.empty(), now(report).mergedInto());
        done(KATO, Act.CLOSE, report);
        done(KATO, Act.REOPEN, report);
        assertEquals(Optional.of(4), cases.daysLeft(now(report)).map(left -> left + 1));
    }

    @Test
    void aDraftsFilesBecomeTheCasesAndThereAreNotTooMany() {
        Checked.Clean file = new Checked.Clean("a.pdf", "application/pdf", new byte[100], PhotoFacts.NONE);
        for (int i = 0; i < 20; i++) {
            assertTrue(tell(tx -> cases.attach(tx, HANAKO, "draft:x", "photo", file))
                    .isPresent());
        }
        assertEquals(Optional.empty(), tell(tx -> cases.attach(tx, HANAKO, "draft:x", "photo", file)));
        Attached first = tell(tx -> cases.attached(tx, "draft:x")).getFirst();
        assertTrue(holds(tx -> cases.detach(tx, "draft:x", first.id())));
        CaseFile opened = opened();
        tell(tx -> {
            cases.giveFiles(tx, "draft:x", opened);
            return 0;
        });
        assertEquals(19, tell(tx -> cases.attached(tx, opened.subject())).size());
        assertFalse(holds(tx -> cases.detach(tx, opened.subject(), first.id())));
        String one = tell(tx -> cases.attached(tx, opened.subject())).getFirst().id();
        assertTrue(tell(tx -> cases.content(tx, opened.subject(), one)).isPresent());
        assertEquals(Optional.empty(), tell(tx -> cases.content(tx, "case:2026-999999", one)));
    }

    @Test
    void fiftyMegabytesAreEnoughForOneCase() {
        Checked.Clean big = new Checked.Clean("a.pdf", "application/pdf", new byte[10 << 20], PhotoFacts.NONE);
        for (int i = 0; i < 5; i++) {
            assertTrue(tell(tx -> cases.attach(tx, HANAKO, "draft:y", "", big)).isPresent());
        }
        assertEquals(Optional.empty(), tell(tx -> cases.attach(tx, HANAKO, "draft:y", "", big)));
    }

    private List<String> ids(QueueFilter filter) {
        return tell(tx -> cases.queue(tx, filter)).stream().map(CaseFile::id).toList();
    }

    private static QueueFilter searching(String text) {
        return new QueueFilter(
                Optional.of("shimin"), Optional.empty(), Optional.empty(), Optional.empty(), true, false, text, 10);
    }

    private CaseFile opened() {
        return tell(tx -> cases.open(tx, copy()));
    }

    private static NewCase copy() {
        return copy(HANAKO.id());
    }

    private static NewCase copy(String applicant) {
        return application(
                applicant, step(Step.Work.DRAFT), new Step("decide", Step.Work.DECIDE, "shimin", Rank.MANAGER));
    }

    private static NewCase going(Step... steps) {
        return application(HANAKO.id(), steps);
    }

    private static NewCase application(String applicant, Step... steps) {
        String actor = "person:" + applicant;
        return NewCase.application("residence-copy", "住民票の写し", applicant, actor, List.of(steps), "{}", 5);
    }

    /** One that any officer of shimin does. */
    private static Step step(Step.Work work) {
        return new Step(work.code(), work, "shimin", Rank.OFFICER);
    }

    private CaseFile now(CaseFile file) {
        return tell(tx -> cases.file(tx, file.id())).orElseThrow();
    }

    private void done(Caller who, Act act, CaseFile file) {
        done(who, Move.of(file.id(), act));
    }

    private void done(Caller who, Move move) {
        assertInstanceOf(Moved.Done.class, move(who, move));
    }

    private Moved move(Caller who, Move move) {
        return tell(tx -> cases.move(tx, who, move));
    }

    private List<String> history(CaseFile file) {
        return tell(tx -> events.about(tx, file.subject(), 100)).reversed().stream()
                .map(Entry::kind)
                .toList();
    }

    private boolean holds(Story<Boolean> story) {
        return tell(story);
    }

    private <T> T tell(Story<T> story) {
        return database.inTransaction(story);
    }

    private static boolean mayActFor(Handle tx, Caller.Person person, String party) {
        return person.id().equals(party) || (person.equals(HANAKO) && party.equals(MOTHER));
    }

    private Clock moving() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("Asia/Tokyo");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("one zone is enough");
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    private static Caller.Person resident(String id, String name) {
        return new Caller.Person(id, name, Set.of(Role.RESIDENT), Optional.empty(), Proof.ONE_FACTOR);
    }

    private static Caller.Person staff(String id, String name, String department, Rank rank) {
        return new Caller.Person(
                id, name, Set.of(Role.STAFF), Optional.of(new Post(department, rank)), Proof.TWO_FACTORS);
    }
}
