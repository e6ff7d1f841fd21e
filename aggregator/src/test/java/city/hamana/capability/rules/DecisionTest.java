package city.hamana.capability.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.text.Language;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final LocalDate TODAY = LocalDate.of(2017, 1, 5);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String HEAD = """
            #title ja 題
            #title easy-ja 題
            #title pt T
            #title en T
            #law L
            #department suido
            #from 2017-01-06
            """;

    private Database database;
    private Events events;
    private Rules rules;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:derby:memory:rules" + NUMBER.incrementAndGet() + ";create=true");
        events = new Events(database);
        Clock clock = Clock.fixed(Instant.parse("2017-01-05T03:00:00Z"), ZoneId.of("Asia/Tokyo"));
        rules = new Rules(database, events, new Html(), clock);
        database.migrate(List.of(Events.SCHEMA, rules.schema()));
        rules.table(DecisionTest.class, "ticket");
        begin();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theRowThatFitsAnswersAndNamesItself() {
        assertEquals("0", price(5, "holiday", false));
        assertEquals("100", price(6, "holiday", false));
        assertEquals("100", price(12, "weekday", false));
        assertEquals("200", price(13, "weekday", false));
        assertEquals("150", price(80, "holiday", false));
        assertEquals("50", price(80, "holiday", true));
        assertEquals("ticket@1#3", decide(TODAY, 30, "weekday", false).reference());
        assertEquals("見本 [K]", decide(TODAY, 30, "weekday", false).citation());
    }

    @Test
    void whatATableCannotTakeIsAFault() {
        assertThrows(RulesException.class, () -> decide(TODAY, -1, "weekday", false));
        assertThrows(RulesException.class, () -> decide(TODAY, 30, "sunday", false));
        assertThrows(RulesException.class, () -> ask("ticket", TODAY, Map.of("age", 3)));
        assertThrows(
                RulesException.class,
                () -> ask("ticket", TODAY, Map.of("age", "x", "day", "weekday", "disabled", true)));
        assertThrows(RulesException.class, () -> ask("nothing", TODAY, Map.of()));
        assertThrows(RulesException.class, () -> decide(LocalDate.of(2016, 3, 31), 30, "weekday", false));
    }

    @Test
    void aLaterVersionHoldsFromItsDayAndOldDaysKeepTheirOwn() {
        add(LocalDate.of(2017, 4, 1), "in:integer:age:>=0,out:yen:price\n-,300\n");
        assertEquals(1, decide(LocalDate.of(2017, 3, 31), 30, "weekday", false).version());
        assertEquals(
                "300",
                decide(LocalDate.of(2017, 4, 1), 30, "weekday", false).results().get("price"));
        assertEquals(2, decide(LocalDate.of(2017, 4, 1), 30, "weekday", false).version());
    }

    @Test
    void aVersionIsTakenBackBeforeItsFirstDayOnly() {
        add(TODAY, "in:integer:age:>=0,out:yen:price\n-,300\n");
        add(TODAY.plusDays(1), "in:integer:age:>=0,out:yen:price\n-,400\n");
        assertFalse(withdrawn(2));
        assertTrue(withdrawn(3));
        assertFalse(withdrawn(3));
        assertEquals(2, decide(TODAY.plusDays(9), 30, "weekday", false).version());
        assertEquals(
                "rules.version-withdrawn",
                database.inTransaction(tx -> events.about(tx, "rule:ticket", 1))
                        .getFirst()
                        .kind());
    }

    @Test
    void theShippedTableIsReadOnceOnly() {
        begin();
        assertEquals(
                1,
                database.inTransaction(tx -> rules.versions().of(tx, "ticket")).size());
    }

    @Test
    void columnsAndValuesHaveNamesForPeople() {
        String file =
                HEAD + "#label ja a 受け取り方\n#label ja a=x 郵送 で\n#label en a Way\n" + "in:one-of:a:x|y,out:yen:p\n-,1\n";
        Table table = ((TableFile.Result.Whole) TableFile.read(file)).table();
        assertEquals("受け取り方", table.label(Language.EASY_JA, "a"));
        assertEquals("郵送 で", table.label(Language.JA, "a=x"));
        assertEquals("y", table.label(Language.JA, "a=y"));
        assertEquals("Way", table.label(Language.PT, "a"));
        assertEquals("p", table.label(Language.EN, "p"));
    }

    @Test
    void gapsAreNamed() {
        assertEquals(
                List.of(Slip.of("gap", "age [17..18), day holiday"), Slip.of("gap", "age 60, day weekday")),
                slips("""
                in:number:age:[0..120],in:one-of:day:weekday|holiday,out:yen:price
                <17,-,1
                [17..18),weekday,2
                [18..60),-,3
                60,holiday,3
                >60,-,4
                """));
        assertEquals(List.of(Slip.of("gap", "on (..2026-04-01)")), slips("in:date:on,out:yen:price\n>=2026-04-01,1\n"));
        assertEquals(List.of(Slip.of("gap", "a true")), slips("in:flag:a,out:yen:price\nfalse,1\n"));
    }

    @Test
    void overlapsAreNamed() {
        assertEquals(
                List.of(Slip.of("overlap", 1, 2, "age 17")), slips("in:integer:age,out:yen:price\n<=17,1\n>=17,2\n"));
        assertEquals(
                List.of(Slip.of("overlap", 1, 2, "a x, b true")),
                slips("in:one-of:a:x|y,in:flag:b,out:yen:price\nx,-,1\n-,true,2\ny,false,3\n"));
    }

    @Test
    void wholeNumbersHaveNothingBetweenThem() {
        assertEquals(List.of(), slips("in:integer:age,out:yen:price\n<=17,1\n>=18,2\n"));
        assertEquals(List.of(Slip.of("gap", "age (17..18)")), slips("in:number:age,out:yen:price\n<=17,1\n>=18,2\n"));
    }

    @Test
    void slipsOfTheFileAreNamedWithTheirPlace() {
        assertEquals(List.of(Slip.of("cell", 1, "age", "old")), slips("in:integer:age,out:yen:price\nold,1\n"));
        assertEquals(List.of(Slip.of("cell", 1, "price", "1.5")), slips("in:integer:age,out:yen:price\n-,1.5\n"));
        assertEquals(List.of(Slip.of("cell", 1, "a", "z")), slips("in:one-of:a:x|y,out:yen:p\nz,1\n"));
        assertEquals(
                List.of(Slip.of("row-length", 1, 2, 1), Slip.of("empty")), slips("in:integer:age,out:yen:price\n-\n"));
        assertTrue(slips("in:text:age,out:yen:price\n-,1\n").contains(Slip.of("head", "in:text:age")));
        assertTrue(slips("in:integer:age,out:yen:age\n-,1\n").contains(Slip.of("columns")));
        assertInstanceOf(TableFile.Result.Wrong.class, TableFile.read("in:integer:age,out:yen:price\n-,1\n"));
        assertInstanceOf(TableFile.Result.Wrong.class, TableFile.read("x".repeat(40_000)));
        assertInstanceOf(TableFile.Result.Wrong.class, TableFile.read(""));
    }

    @Property(tries = 300)
    void aTableIsWholeExactlyWhenEveryCaseHasOneRow(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 6) Integer> starts,
            @ForAll @Size(min = 5, max = 5) List<@IntRange(min = 0, max = 4) Integer> lengths,
            @ForAll @Size(min = 5, max = 5) List<@IntRange(min = 0, max = 2) Integer> flags) {
        StringBuilder text = new StringBuilder("in:integer:n:[0..9],in:flag:f,out:yen:p\n");
        for (int i = 0; i < starts.size(); i++) {
            int from = starts.get(i);
            String flag = List.of("-", "true", "false").get(flags.get(i));
            text.append("[%d..%d],%s,1%n".formatted(from, from + lengths.get(i), flag));
        }
        assertEquals(bruteForce(starts, lengths, flags), slips(text.toString()).isEmpty(), text.toString());
    }

    private static boolean bruteForce(List<Integer> starts, List<Integer> lengths, List<Integer> flags) {
        for (int n = 0; n <= 9; n++) {
            for (int f = 1; f <= 2; f++) {
                int fitting = 0;
                for (int i = 0; i < starts.size(); i++) {
                    boolean within = starts.get(i) <= n && n <= starts.get(i) + lengths.get(i);
                    fitting += within && (flags.get(i) == 0 || flags.get(i) == f) ? 1 : 0;
                }
                if (fitting != 1) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Slip> slips(String table) {
        return switch (TableFile.read(HEAD + table)) {
            case TableFile.Result.Whole(var whole) -> List.of();
            case TableFile.Result.Wrong(var slips) -> slips;
        };
    }

    private void add(LocalDate from, String table) {
        database.inTransaction(tx -> {
            rules.saved(tx, "ticket", from, HEAD + table, "person:1");
            return 0;
        });
    }

    private boolean withdrawn(int number) {
        return database.inTransaction(tx -> rules.withdrawn(tx, "ticket", number, "person:1"));
    }

    private void begin() {
        database.inTransaction(tx -> {
            rules.begin(tx);
            return 0;
        });
    }

    private String price(int age, String day, boolean disabled) {
        return decide(TODAY, age, day, disabled).results().get("price");
    }

    private Decision decide(LocalDate on, int age, String day, boolean disabled) {
        return ask("ticket", on, Map.of("age", BigDecimal.valueOf(age), "day", day, "disabled", disabled));
    }

    private Decision ask(String table, LocalDate on, Map<String, Object> facts) {
        return database.inTransaction(tx -> rules.decide(tx, table, on, facts));
    }
}
