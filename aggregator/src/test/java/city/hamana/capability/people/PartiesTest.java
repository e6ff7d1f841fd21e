package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.access.Post;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Caller;
import city.hamana.platform.text.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartiesTest {
    private static final Purpose COUNTER = new Purpose("people.counter", "case:2026-000001");
    private static final Caller.Person KATO = new Caller.Person(
            "7", "加藤", Set.of(Role.STAFF), Optional.of(new Post("shimin", Rank.OFFICER)), Proof.TWO_FACTORS);

    private Instant now = Instant.parse("2026-07-03T05:20:00Z");

    private Database database;
    private Events events;
    private People people;

    Database database() {
        return Database.open("jdbc:derby:memory:parties;create=true");
    }

    @BeforeAll
    void open() {
        database = database();
        events = new Events(database);
        people = TestPeople.of(database, events, () -> now, TestPeople.settings(SignInSettings.SecondFactor.REQUIRED));
        database.migrate(List.of(Events.SCHEMA, people.schema()));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void forget() {
        told(tx -> tx.execute("DELETE FROM people_mandate")
                + tx.execute("DELETE FROM people_alike")
                + tx.execute("DELETE FROM people_moved")
                + tx.execute("DELETE FROM people_merge")
                + tx.execute("UPDATE people_party SET merged_into = NULL")
                + tx.execute("DELETE FROM people_word")
                + tx.execute("DELETE FROM people_party"));
    }

    @Test
    void aNameComesBackByteForByte() {
        List<String> names = List.of(
                "葛\uDB40\uDD00城 葛\uDB40\uDD01城 葛城",
                "\uFA19谷 神谷",
                "辻\uFE00",
                "\uD842\uDFB7野家",
                "é e\u0301",
                "ﾊﾝｶｸ　全角",
                "葛\uDB40\uDD00".repeat(200),
                "محمد ꦫꦢꦺꦤ꧀");
        for (String name : names) {
            String id = told(tx -> people.add(tx, KATO, named(name, name, name)));
            Party party = told(tx -> people.party(tx, id).orElseThrow());
            assertEquals(new Names(name, name, name), party.names());
        }
    }

    @Test
    void allFactsOfAPartyAreKept() {
        NewParty facts = new NewParty(
                Party.Kind.BUSINESS,
                new Names("みなと製作所", "ミナトセイサクショ", "Minato Works"),
                Optional.of(LocalDate.of(1988, 6, 1)),
                Optional.of(new Address("9014000", "吉美", "2200番地")),
                "053-576-0101",
                "minato@example.com",
                Language.PT);
        String id = told(tx -> people.add(tx, KATO, facts));
        assertEquals(facts, told(tx -> people.party(tx, id).orElseThrow()).facts());
        assertEquals("湖西市吉美2200番地", facts.address().orElseThrow().line());
    }

    @Test
    void readingLeavesATraceWithItsPurpose() {
        String id = hanako();
        told(tx -> people.read(tx, KATO, id, COUNTER));
        Entry entry = told(tx -> events.about(tx, "party:" + id, 1)).getFirst();
        assertEquals("people.read", entry.kind());
        assertEquals("person:7", entry.actor());
        assertEquals("{\"purpose\":\"people.counter\",\"reference\":\"case:2026-000001\"}", entry.detail());
    }

    @Test
    void whoReadsTheirOwnFactsLeavesNone() {
        String id = hanako();
        told(tx -> people.read(tx, resident(id), id, COUNTER));
        assertEquals(
                "people.registered",
                told(tx -> events.about(tx, "party:" + id, 1)).getFirst().kind());
    }

    @Test
    void aPartyThatIsNotThereIsAFaultToReadAndNobodyToFind() {
        assertThrows(PeopleException.class, () -> told(tx -> people.read(tx, KATO, "99", COUNTER)));
        for (String id : List.of("99", "0", "-1", "x", "", "9".repeat(40), "1 OR 1=1")) {
            assertEquals(Optional.empty(), told(tx -> people.party(tx, id)), id);
        }
    }

    @Test
    void staffFindSomebodyByAnyFormOfTheName() {
        String id = told(tx -> people.add(tx, KATO, named("渡邉\uDB40\uDD02 正一", "ワタナベ ショウイチ", "WATANABE SHOICHI")));
        told(tx -> people.add(tx, KATO, named("渡会 正子", "ワタライ マサコ", "")));
        for (String text : List.of("渡辺", "渡邊正", "わたなべ", "ﾜﾀﾅﾍﾞ　正", "watanabe sho", "正一 わた")) {
            assertEquals(List.of(id), found(text), text);
        }
        assertEquals(List.of(), found("辺"));
        assertEquals(List.of(), found("%"));
        assertEquals(List.of(), found("わ_な"));
        assertEquals(List.of(), found("' OR '1'='1"));
        assertEquals(2, found("わた").size());
    }

    @Test
    void everybodyFoundIsToldSo() {
        String id = hanako();
        found("はかまた");
        assertEquals(
                "people.found",
                told(tx -> events.about(tx, "party:" + id, 1)).getFirst().kind());
    }

    @Test
    void oneActsForOneselfAndForWhomOneMay() {
        String hanako = hanako();
        String child = told(tx -> people.add(tx, KATO, named("袴田 みお", "ハカマタ ミオ", "")));
        String other = told(tx -> people.add(tx, KATO, named("他人", "タニン", "")));
        told(tx -> {
            people.permit(tx, "person:7", child, hanako, Mandate.Kind.GUARDIAN);
            return 0;
        });
        Caller.Person person = resident(hanako);
        assertTrue(holds(tx -> people.mayActFor(tx, person, hanako)));
        assertTrue(holds(tx -> people.mayActFor(tx, person, child)));
        assertFalse(holds(tx -> people.mayActFor(tx, person, other)));
        assertFalse(holds(tx -> people.mayActFor(tx, resident(child), hanako)), "not the other way round");
        assertFalse(holds(tx -> people.mayActFor(tx, KATO, child)), "staff act as staff");
        assertEquals(
                List.of(hanako, child),
                told(tx -> people.principals(tx, person)).stream()
                        .map(Party::id)
                        .toList());
    }

    @Test
    void aMandateIsValidFromItsBeginningToItsEnd() {
        Mandates mandates = new Mandates(() -> now);
        String hanako = hanako();
        String mother = told(tx -> people.add(tx, KATO, named("母", "ハハ", "")));
        Instant until = now.plus(Duration.ofDays(30));
        long id = told(tx -> mandates.add(tx, mother, hanako, Mandate.Kind.PROXY, Optional.of(until)));
        assertTrue(holds(tx -> mandates.valid(tx, mother, hanako)));
        now = until.minusMillis(1);
        assertTrue(holds(tx -> mandates.valid(tx, mother, hanako)));
        now = until;
        assertFalse(holds(tx -> mandates.valid(tx, mother, hanako)));
        now = until.minus(Duration.ofDays(31));
        assertFalse(holds(tx -> mandates.valid(tx, mother, hanako)));
        now = until.minus(Duration.ofDays(10));
        assertTrue(holds(tx -> mandates.end(tx, id)));
        assertFalse(holds(tx -> mandates.end(tx, id)), "once is enough");
        assertFalse(holds(tx -> mandates.valid(tx, mother, hanako)));
        assertEquals(
                Optional.of(now),
                told(tx -> mandates.mandate(tx, id)).orElseThrow().ended());
    }

    @Test
    void whatTwoEntriesAgreeInIsFoundWhateverTheFormOfTheName() {
        String one = told(tx -> people.add(tx, KATO, alike("渡邉 正一", "053-576-0101", "")));
        String other = told(tx -> people.add(tx, KATO, alike("渡辺正一", "0535760101", "")));
        told(tx -> people.add(tx, KATO, alike("渡辺 正子", "053-576-0101", "")));
        told(tx -> people.add(tx, KATO, named("渡辺 正一", "", "")));
        List<Alike.Pair> pairs = told(Alike::pairs);
        assertEquals(
                Set.of("name-born", "name-phone", "born-phone"),
                pairs.getFirst().facts());
        assertEquals(
                List.of(one, other),
                List.of(pairs.getFirst().one(), pairs.getFirst().other()));
    }

    @Test
    void joinedEntriesAreOneAndForThirtyDaysCanBeTwoAgain() {
        Merges merges =
                new Merges(new Parties(() -> now), events, (tx, to, w, v, l) -> {}, () -> now, () -> List.of(people));
        String stays = hanako();
        String gone = told(tx -> people.add(tx, KATO, named("袴田花子", "ハカマタハナコ", "")));
        String child = told(tx -> people.add(tx, KATO, named("袴田 みお", "ハカマタ ミオ", "")));
        Mandates mandates = new Mandates(() -> now);
        told(tx -> mandates.add(tx, child, gone, Mandate.Kind.GUARDIAN, Optional.empty()));
        told(tx -> mandates.add(tx, stays, gone, Mandate.Kind.PROXY, Optional.empty()));
        told(tx -> merges.ask(tx, gone, stays, Merge.State.ASKED, "person:7"));
        Merge merge = told(merges::open).getFirst();
        assertEquals(
                "people.merge.second",
                told(tx -> merges.agree(tx, merge, "person:7")).wrong());
        assertEquals("", told(tx -> merges.agree(tx, merge, "person:8")).wrong());
        assertEquals(
                "people.merge.not-there",
                told(tx -> merges.agree(tx, merge, "person:9")).wrong());
        assertEquals(stays, told(tx -> people.party(tx, gone)).orElseThrow().id());
        assertEquals(List.of(stays), found("はかまた はな"));
        assertTrue(holds(tx -> people.mayActFor(tx, resident(stays), child)), "the mandate followed");
        assertTrue(holds(tx -> people.mayActFor(tx, resident(stays), gone)), "by the old number, too");
        assertEquals(
                List.of(stays, child),
                told(tx -> people.principals(tx, resident(stays))).stream()
                        .map(Party::id)
                        .toList(),
                "and nobody acts for themselves by a mandate");
        now = now.plus(Duration.ofDays(29));
        Merge done = told(tx -> merges.merge(tx, merge.id())).orElseThrow();
        assertEquals("", told(tx -> merges.undo(tx, done, "person:7")).wrong());
        assertEquals(gone, told(tx -> people.party(tx, gone)).orElseThrow().id());
        assertTrue(holds(tx -> people.mayActFor(tx, resident(gone), child)));
        assertFalse(holds(tx -> people.mayActFor(tx, resident(stays), child)));
        told(tx -> merges.ask(tx, gone, stays, Merge.State.ASKED, "person:7"));
        Merge again = told(merges::open).getFirst();
        told(tx -> merges.agree(tx, again, "person:8"));
        now = now.plus(Duration.ofDays(30));
        Merge old = told(tx -> merges.merge(tx, again.id())).orElseThrow();
        assertEquals(
                "people.merge.late",
                told(tx -> merges.undo(tx, old, "person:7")).wrong());
        assertEquals(List.of(), told(merges::open));
    }

    @Test
    void aChainOfJoiningsIsUndoneFromItsEnd() {
        Merges merges =
                new Merges(new Parties(() -> now), events, (tx, to, w, v, l) -> {}, () -> now, () -> List.of(people));
        String first = hanako();
        String second = hanako();
        String third = hanako();
        Merge one = joined(merges, first, second);
        Merge two = joined(merges, second, third);
        assertEquals(third, told(tx -> people.party(tx, first)).orElseThrow().id());
        assertEquals(List.of(third, second, first), told(tx -> Parties.ids(tx, third)));
        assertEquals(
                "people.merge.further",
                told(tx -> merges.undo(tx, one, "person:7")).wrong());
        assertEquals("", told(tx -> merges.undo(tx, two, "person:7")).wrong());
        assertEquals("", told(tx -> merges.undo(tx, one, "person:7")).wrong());
        assertEquals(first, told(tx -> people.party(tx, first)).orElseThrow().id());
    }

    private Merge joined(Merges merges, String gone, String stays) {
        told(tx -> merges.ask(tx, gone, stays, Merge.State.ASKED, "person:7"));
        Merge asked = told(merges::open).stream()
                .filter(merge -> merge.state() == Merge.State.ASKED)
                .findFirst()
                .orElseThrow();
        told(tx -> merges.agree(tx, asked, "person:8"));
        return told(tx -> merges.merge(tx, asked.id())).orElseThrow();
    }

    private static NewParty alike(String written, String phone, String mail) {
        return new NewParty(
                Party.Kind.PERSON,
                new Names(written, "", ""),
                Optional.of(LocalDate.of(1950, 1, 2)),
                Optional.empty(),
                phone,
                mail,
                Language.JA);
    }

    @Test
    void theCitysDivisionsAndTownsAreKnown() {
        assertEquals("土木課", department("doboku").name(Language.JA));
        assertEquals("Divisão de Água", department("suido").name(Language.PT));
        assertTrue(people.towns().stream().anyMatch(town -> town.name().equals("鷲津")));
        assertEquals(
                people.towns().size(),
                people.towns().stream().map(Town::id).distinct().count());
    }

    private Department department(String code) {
        return people.departments().stream()
                .filter(d -> d.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private List<String> found(String text) {
        return told(tx -> people.search(tx, KATO, text, COUNTER)).stream()
                .map(Party::id)
                .toList();
    }

    private String hanako() {
        return told(tx -> people.add(tx, KATO, named("袴田 花子", "ハカマタ ハナコ", "HAKAMATA HANAKO")));
    }

    private static NewParty named(String written, String kana, String latin) {
        return NewParty.person(new Names(written, kana, latin), Language.JA);
    }

    private static Caller.Person resident(String id) {
        return new Caller.Person(id, "someone", Set.of(Role.RESIDENT), Optional.empty(), Proof.ONE_FACTOR);
    }

    private boolean holds(Predicate<Handle> question) {
        return told(question::test);
    }

    private <T> T told(Function<Handle, T> story) {
        return database.inTransaction(story::apply);
    }
}
