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
        cases = new Cases(database, events, CasesTest::mayActFor, moving());
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
        done(KATO, Move.of(file.id(), Act.PROPOSE).needing(Rank.MANAGER).saying("交付してよいか。"));
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
        done(ABE, Move.of(file.id(), Act.PROPOSE).needing(Rank.MANAGER));
        assertInstanceOf(Moved.NotTheirs.class, move(ABE, Move.of(file.id(), Act.DECIDE)));
        assertInstanceOf(Moved.NotTheirs.class, move(ABE, Move.of(file.id(), Act.SEND_BACK)));
    }

    @Test
    void whatAnOfficerMayDecideAloneNeedsNoSecondPerson() {
        CaseFile file = opened();
        done(KATO, Act.TAKE, file);
        done(KATO, Move.of(file.id(), Act.PROPOSE).needing(Rank.OFFICER));
        done(KATO, Act.DECIDE, file);
        assertEquals(State.DECIDED, now(file).state());
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
        CaseFile file = opened();
        done(KATO, Act.TAKE, file);
        done(KATO, Move.of(file.id(), Act.PROPOSE).needing(Rank.OFFICER));
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
                new NewCase(
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
        return new NewCase(
                "residence-copy",
                "住民票の写し",
                Optional.of(applicant),
                "person:" + applicant,
                "shimin",
                "{}",
                5,
                Optional.empty());
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
