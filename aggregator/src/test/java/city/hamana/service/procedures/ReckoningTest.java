package city.hamana.service.procedures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Forms;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fees, amounts and who may have it, as the shipped tables say. The figures are samples. */
class ReckoningTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final Catalogue CATALOGUE = new Catalogue(new Forms(List.of()));

    private static Database database;
    private static Reckoning reckoning;

    @BeforeAll
    static void open() {
        database = Database.open("jdbc:derby:memory:reckoning;create=true");
        Clock clock = Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneId.of("Asia/Tokyo"));
        Rules rules = new Rules(database, new Events(database), new Html(), clock);
        reckoning = new Reckoning(rules, CATALOGUE.all());
        database.migrate(List.of(Events.SCHEMA, rules.schema()));
        database.inTransaction(tx -> {
            rules.begin(tx);
            return 0;
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "software, 123456, 61000",
        "software, 122000, 61000",
        "software, 121999, 60000",
        "software, 1999, 0",
        "software, 2000, 1000",
        "software, 1000000, 500000",
        "software, 100000000, 500000",
        "training, 500000, 200000"
    })
    void aGrantIsHalfTheCostUpToTheCapWithoutWhatIsLessThanAThousand(String kind, String cost, long amount) {
        Sums sums = of("dx-grant", grant().with("kind", kind).with("costs.0.amount", cost));
        assertEquals(amount, sums.amountYen());
        assertEquals(true, sums.eligible());
        assertEquals(-1, sums.feeYen());
    }

    @ParameterizedTest
    @CsvSource({
        "in-city, no, not-in-city",
        "one-year, no, too-young",
        "tax-paid, no, taxes",
        "excluded, yes, excluded",
        "other-grant, yes, other-grant",
        "begun, yes, begun"
    })
    void whoMayNotHaveAGrantIsToldWhy(String question, String answer, String reason) {
        Sums sums = of("dx-grant", grant().with(question, answer));
        assertEquals(false, sums.eligible());
        assertEquals(reason, sums.reason());
    }

    @Test
    void theItemsOfACostAreAddedUp() {
        Answers two = grant().with("costs", "2").with("costs.1.amount", "23456").with("costs.2.amount", "999999");
        assertEquals(61_000, of("dx-grant", two).amountYen(), "half of 123,456; the third row is not there");
    }

    @Test
    void aFeeIsForEachCopyAndNamesItsRule() {
        Sums sums = of("residence-copy", Answers.NONE.with("delivery", "post").with("copies", "3"));
        assertEquals(900, sums.feeYen());
        assertEquals("residence-copy-fee@1#1", sums.rules());
    }

    @Test
    void onlyADwellingIsCertified() {
        assertEquals(
                true,
                of("disaster-certificate", Answers.NONE.with("dwelling", "yes")).eligible());
        assertEquals(
                false,
                of("disaster-certificate", Answers.NONE.with("dwelling", "no")).eligible());
    }

    private static Answers grant() {
        return Samples.GRANT.with("costs", "1").with("costs.0.amount", "100000");
    }

    private static Sums of(String code, Answers answers) {
        Procedure procedure = CATALOGUE.find(code).orElseThrow();
        return database.inTransaction(tx -> reckoning.of(tx, procedure, answers, DAY));
    }
}
