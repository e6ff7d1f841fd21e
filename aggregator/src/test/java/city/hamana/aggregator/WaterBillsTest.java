package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.capability.payments.ChargeState;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.payments.State;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.readings.Readings;
import city.hamana.service.water.Run;
import city.hamana.service.water.Water;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * November and December 2016 of one home: 61 days of 600 litres, 20 an hour by day and 40 at night, which takes the register
 * from 100.5 to 137.1 m³: 37 whole ones. By the sample prices of the rule tables, 20 mm, two months: base 1,800, 20 m³ at 70, 17
 * at 120, with tax 5,764 yen; sewer: base 1,600, 20 at 50, 17 at 110, with tax 4,917 yen.
 */
class WaterBillsTest {
    private static final LocalDate CLOSING = LocalDate.of(2017, 1, 1);
    private static final Instant BEGIN = Instant.parse("2016-10-31T15:00:00Z");
    private static final String BILL = "/water/bills/0000001/2017-01-01";
    private static final String HEAD =
            "number,meter,bore,sewer,scheme,months,name,address,district,from,until,start-m3\n";
    private static final String LINE =
            "0000001,%s,20,yes,none,even,袴田 花子,静岡県湖西市吉美3268,吉美,2016-11-01,,100.5%n".formatted(TestCity.METER);

    private City city;
    private Guest suzuki;

    @BeforeEach
    void open() {
        city = TestCity.open();
        city.database().inTransaction(tx -> tx.execute("DELETE FROM water_contract"));
        suzuki = staff("suzuki");
        assertTrue(take(HEAD + LINE).body().contains("1 contracts were taken in"));
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    void aBillSaysWhichStepsItIsMadeOfAndWhichRuleEachStandsOn() {
        read(hour -> hour >= 6 ? 20 : 40, Duration.ofDays(63));
        Run run = bill();
        assertEquals(1, run.billed());
        String page = resident("hanako").get(BILL).body();
        assertTrue(page.contains("¥10,681"), page);
        assertTrue(page.contains("37 m³"), page);
        assertTrue(page.contains("20 m³ × ¥70"), page);
        assertTrue(page.contains("17 m³ × ¥120"), page);
        assertTrue(page.contains("湖西市給水条例"), "the law");
        assertTrue(page.contains("(register 100.5 m³ → 137.1 m³)"), page);
        assertEquals(
                61 * 24,
                resident("hanako")
                        .get(BILL + "/hours.csv")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("2016"))
                        .count());
    }

    @Test
    void inTheTrialBothAreReckonedTheLowerOneIsTakenAndTheSavingIsSaid() {
        read(hour -> hour >= 6 ? 20 : 40, Duration.ofDays(63));
        plan("trial");
        bill();
        String page = resident("hanako").get(BILL).body();
        assertTrue(page.contains("the lower one counts. Ordinary tariff ¥5,764"), page);
        assertTrue(page.contains("You saved"), page);
        assertTrue(page.contains("at 40% of the ordinary price"), page);
        long saved = Long.parseLong(
                page.replaceFirst("(?s).*You saved ¥([\\d,]+).*", "$1").replace(",", ""));
        // Night is 7 hours of 40, 10 to 17 is 7 of 20, the rest 10 of 20 a day: 23 to 24 counts 20.
        double night = (6 * 40 + 20) / 600.0;
        double day = 7 * 20 / 600.0;
        double volumetric = 20 * 70 + 17 * 120;
        double byHours = Math.floor((1800 + volumetric * (1 - 0.6 * night - 0.2 * day)) * 1.1);
        assertEquals(5_764 - (long) byHours, saved);
    }

    @Test
    void whoUsesWaterAtThePeakOnlyNeverPaysMoreInTheTrial() {
        read(hour -> hour == 18 ? 600 : 0, Duration.ofDays(63));
        plan("trial");
        bill();
        String page = resident("hanako").get(BILL).body();
        assertTrue(page.contains("This time the ordinary tariff was lower or the same"), page);
    }

    @Test
    void aPeriodWhoseEndHasNotComeIsHeldBackUntilStaffDetermineIt() {
        read(hour -> 20, Duration.ofDays(60));
        Run run = bill();
        assertEquals(0, run.billed());
        assertEquals(1, run.held());
        assertTrue(suzuki.get("/staff/water/bills").body().contains("have not come yet"));
        assertEquals(404, resident("hanako").get(BILL).status());
        Answer wrong = suzuki.post("/staff/water/held/0000001", Map.of("cubic-metres", "viel", "reason", ""));
        assertEquals(400, wrong.status());
        Answer done = suzuki.post(
                "/staff/water/held/0000001", Map.of("cubic-metres", "30", "reason", "meter hidden by snow"));
        assertEquals("/staff/water/bills/0000001/2017-01-01", done.location(), done.body());
        String page = resident("hanako").get(BILL).body();
        assertTrue(page.contains("determined by the Waterworks Division"), page);
        assertTrue(suzuki.get("/staff/water/bills").body().contains("Nothing is held back"));
    }

    @Test
    void supplyEndsAfterItBegan() {
        String place = "/staff/water/contracts/0000001";
        for (String wrong : List.of("2016-11-01", "2015-04-01", "soon")) {
            Answer answer = suzuki.post(place + "/end", Map.of("until", wrong));
            assertEquals(400, answer.status(), wrong);
            assertTrue(answer.body().contains("href=\"#until\""), answer.body());
        }
        assertEquals(
                303, suzuki.post(place + "/end", Map.of("until", "2016-12-01")).status());
        assertTrue(suzuki.get(place).body().contains("value=\"2016-12-01\""));
        assertEquals(303, suzuki.post(place + "/end", Map.of("until", "")).status(), "it goes on");
        assertFalse(suzuki.get(place).body().contains("value=\"2016-12-01\""));
        assertEquals(
                404,
                suzuki.post("/staff/water/contracts/9/end", Map.of("until", "")).status());
    }

    @Test
    void whatWasHeldBackIsBilledOnceItsReadingsHaveCome() {
        read(hour -> 20, Duration.ofDays(60));
        bill();
        suzuki.post("/staff/water/held", Map.of());
        assertEquals(404, resident("hanako").get(BILL).status(), "nothing more has come");
        read(hour -> 20, Duration.ofDays(63));
        suzuki.post("/staff/water/held", Map.of());
        assertEquals(200, resident("hanako").get(BILL).status());
        assertTrue(suzuki.get("/staff/water/bills").body().contains("Nothing is held back"));
        assertEquals(1, charges().size());
        assertEquals(403, staff("yamada").post("/staff/water/held", Map.of()).status());
    }

    @Test
    void aWrongBillIsTakenBackAndIssuedAnewAndTheMoneyPaidGoesOntoTheNewOne() {
        read(hour -> hour >= 6 ? 20 : 40, Duration.ofDays(63));
        bill();
        suzuki.post("/staff/water/contracts/0000001/scheme", Map.of("scheme", "welfare"));
        String before = suzuki.get("/staff" + BILL).body();
        assertTrue(before.contains("difference -¥1,980"), before);
        Answer done = suzuki.post("/staff" + BILL + "/correct", Map.of("reason", "welfare since October"));
        assertEquals("/staff" + BILL, done.location(), done.body());
        String page = resident("hanako").get(BILL).body();
        assertTrue(page.contains("welfare since October"), "why");
        List<ChargeState> charges = charges();
        assertEquals(2, charges.size());
        assertEquals(State.REVERSED, charges.getLast().state());
        assertEquals(charges.getLast().yen() - 1_980, charges.getFirst().yen());
        assertEquals(
                400,
                suzuki.post("/staff" + BILL + "/correct", Map.of("reason", " ")).status(),
                "a reason is asked for");
    }

    @Test
    void aSecondRunOfTheSameDayIsNotBegunAndNobodyIsBilledTwice() {
        read(hour -> 20, Duration.ofDays(63));
        bill();
        Water water = TestCity.module(city, Water.class);
        assertTrue(water.bill(CLOSING, "test:1").isEmpty());
        assertTrue(water.bill(LocalDate.of(2016, 11, 1), "test:1").isPresent(), "another day, nobody is due");
        assertEquals(1, charges().size());
    }

    @Test
    void aRunGoesThroughAllSlicesAndCountsEveryContractOnce() {
        String many = IntStream.rangeClosed(2, 451)
                .mapToObj(i -> "%07d,hmn-%08d,13,no,none,even,見本,湖西市,新居,2016-11-01,,0%n".formatted(i, i + 1_000))
                .collect(Collectors.joining());
        assertTrue(take(HEAD + many).body().contains("450 contracts were taken in"));
        read(hour -> 20, Duration.ofDays(63));
        Run run = bill();
        assertEquals(1, run.billed());
        assertEquals(450, run.held());
        assertFalse(run.running());
        assertEquals("0000451", run.doneTo());
    }

    @Test
    void aFileWithOneMistakeIsNotTakenAtAllAndEveryMistakeIsNamedByItsLine() {
        String wrong = HEAD
                + "0000002,hmn-00000002,20,yes,none,even,A,B,C,2016-11-01,,0\n"
                + "0000003,hmn-00000003,21,maybe,none,even,A,B,C,2016-13-01,,0\n"
                + "0000002,hmn-00000004,20,yes,none,even,A,B,C,2016-11-01,2016-10-01,-1\n";
        Answer answer = take(wrong);
        assertEquals(400, answer.status());
        for (String said : List.of(
                "Line 3: bore",
                "Line 3: sewer",
                "Line 3: start",
                "Line 4: number",
                "Line 4: end",
                "Line 4: start index")) {
            assertTrue(answer.body().contains(said), said);
        }
        assertTrue(suzuki.get("/staff/water/contracts").body().contains("1 contracts"));
        assertEquals(400, take("number,meter\n1,2\n").status());
        assertEquals(400, take("\u0000\u0001").status());
    }

    @Test
    void someoneElsesBillAndContractAreNotThere() {
        read(hour -> 20, Duration.ofDays(63));
        bill();
        Guest jiro = resident("jiro");
        assertEquals(404, jiro.get(BILL).status());
        assertEquals(404, jiro.get(BILL + "/hours.csv").status());
        assertEquals(
                404,
                jiro.post("/water/contracts/0000001/e-bill", Map.of("electronic", "yes"))
                        .status());
        assertEquals(
                404,
                jiro.post("/water/contracts/0000001/plan", Map.of("plan", "trial"))
                        .status());
        Guest yamada = staff("yamada");
        for (String path : List.of("/staff/water/bills", "/staff/water/contracts", "/staff" + BILL)) {
            assertEquals(403, yamada.get(path).status(), path);
        }
    }

    @Test
    void billsWithoutPaperAreChosenAndLeftAndToldOfByANotice() {
        read(hour -> 20, Duration.ofDays(63));
        Guest hanako = resident("hanako");
        hanako.post("/water/contracts/0000001/e-bill", Map.of("electronic", "yes"));
        assertTrue(hanako.get("/water/bills").body().contains("without paper"));
        bill();
        assertTrue(hanako.get("/me/notices").body().contains("水道料金のお知らせ(2016-11-01~2016-12-31)"));
        hanako.post("/water/contracts/0000001/e-bill", Map.of("electronic", "no"));
        assertEquals(1, events("water.e-bill-chosen"));
        assertEquals(1, events("water.paper-chosen"));
    }

    @Test
    void theTariffIsTriedOnOnesOwnHoursAndChosenFromTheNextPeriodOn() {
        read(hour -> hour >= 6 ? 20 : 40, Duration.ofDays(63));
        bill();
        Guest hanako = resident("hanako");
        String tried = hanako.get("/water/try").body();
        assertTrue(tried.contains("In all, cheaper by"), tried);
        long asItWas = yen(tried);
        long moved = yen(hanako.get("/water/try?moved=50").body());
        assertTrue(moved > asItWas, moved + " > " + asItWas);
        Answer joined = hanako.post("/water/contracts/0000001/plan", Map.of("plan", "trial"));
        assertEquals("/water/try?contract=0000001", joined.location());
        String chosen = hanako.get("/water/try").body();
        assertTrue(chosen.contains("From Wed 1 Mar 2017: Trial"), chosen);
        hanako.post("/water/contracts/0000001/plan", Map.of("plan", "ordinary"));
        assertFalse(hanako.get("/water/try").body().contains("From Wed 1 Mar 2017: Trial"));
        assertEquals(
                404,
                hanako.post("/water/contracts/0000001/plan", Map.of("plan", "free"))
                        .status());
    }

    @Test
    void theOverviewCountsInstallationsByDistrictNamesSilentMetersAndPlansTheirExchange() {
        read(hour -> 20, Duration.ofDays(63));
        take(HEAD + "0000002,hmn-00000002,13,no,none,even,B,湖西市新居,新居,2016-11-01,,0\n");
        Guest hanako = resident("hanako");
        hanako.post("/water/contracts/0000001/e-bill", Map.of("electronic", "yes"));
        String seals = "meter,until\n" + TestCity.METER + ",2024-04-01\nhmn-00000002,2016-12-01\n";
        assertEquals("/staff/water", seals(seals).location());
        String page = suzuki.get("/staff/water").body();
        assertTrue(page.contains("Contracts with a smart meter</span> <strong>0 %"), "its last day is three days old");
        assertTrue(page.contains("In the event log: chosen 1 times"), page);
        assertTrue(page.contains(">never<"), page);
        assertTrue(page.contains("Wed 30 Nov 2016"), "the last day of its verification");
        assertTrue(page.contains("ended"), page);
        assertTrue(suzuki.get("/staff/water/unread.csv").body().contains("0000002,hmn-00000002,\"新居\","));
        assertTrue(suzuki.get("/staff/water/exchange.csv").body().contains("hmn-00000002"));
        assertFalse(suzuki.get("/staff/water/exchange.csv").body().contains(TestCity.METER));
        for (String wrong : List.of("", "meter,until\nhmn-1,soon\n", "a,b\nhmn-1,2026-01-01\n")) {
            assertEquals(400, seals(wrong).status(), wrong);
        }
        assertEquals(403, staff("yamada").get("/staff/water").status());
    }

    @Test
    void aMeterIsSilentADayAfterItsLastValueToTheHourAndTheLongestSilentComesFirst() {
        StringBuilder contracts = new StringBuilder(HEAD);
        Map<String, Duration> ago = new TreeMap<>(Map.of(
                "els-5001", Duration.ofHours(23),
                "els-5002", Duration.ofHours(25),
                "els-5003", Duration.ofDays(3),
                "els-5004", Duration.ofMinutes(30)));
        Readings readings = TestCity.module(city, Readings.class);
        ago.forEach((meter, silence) -> {
            contracts.append(
                    "%s,%s,13,no,none,even,B,湖西市新居,新居,2016-11-01,,0\n".formatted("000" + meter.substring(4), meter));
            List<Sample> samples =
                    List.of(new Sample(meter, Quantity.VOLUME, TestCity.NOW.minus(silence), 5_000, -3, 0));
            city.database().inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
        });
        take(contracts.toString());
        List<String> silent = suzuki.get("/staff/water/unread.csv")
                .body()
                .lines()
                .map(line -> line.split(",")[1])
                .filter(ago::containsKey)
                .toList();
        assertEquals(List.of("els-5003", "els-5002"), silent);
    }

    private Answer seals(String csv) {
        return suzuki.post("/staff/water/seals", Map.of(), Map.of("file", csv.getBytes(StandardCharsets.UTF_8)));
    }

    private static long yen(String page) {
        return Long.parseLong(page.replaceFirst("(?s).*cheaper by</span> <strong>¥([\\d,]+).*", "$1")
                .replace(",", ""));
    }

    private Run bill() {
        return TestCity.module(city, Water.class).bill(CLOSING, "test:1").orElseThrow();
    }

    private void plan(String plan) {
        city.database()
                .inTransaction(tx -> tx.execute(
                        "INSERT INTO water_plan (contract, from_day, plan, wished_ms) VALUES ('0000001', ?, ?, 0)",
                        LocalDate.of(2016, 11, 1).toEpochDay(),
                        plan));
    }

    private List<ChargeState> charges() {
        Payments payments = TestCity.module(city, Payments.class);
        return city.database().inTransaction(tx -> payments.of(tx, "water", "0000001"));
    }

    private long events(String kind) {
        return city.database()
                .inTransaction(
                        tx -> city.events().count(tx, kind, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));
    }

    private Answer take(String csv) {
        return suzuki.post("/staff/water/contracts", Map.of(), Map.of("file", csv.getBytes(StandardCharsets.UTF_8)));
    }

    private Guest staff(String name) {
        Guest guest = Guest.signedIn(city, name).speaking("en");
        guest.get("/");
        return guest;
    }

    private Guest resident(String name) {
        return staff(name);
    }

    /** Registers on the hour, from a day before November. */
    private void read(ToLongFunction<Integer> litresByHour, Duration length) {
        List<Sample> samples = new ArrayList<>();
        long litres = 500_000;
        Instant from = BEGIN.minus(Duration.ofDays(1));
        for (Instant at = from; !at.isAfter(from.plus(length)); at = at.plus(Duration.ofHours(1))) {
            samples.add(new Sample(TestCity.METER, Quantity.VOLUME, at, litres, -3, 0));
            litres +=
                    litresByHour.applyAsLong(at.atZone(ZoneId.of("Asia/Tokyo")).getHour());
        }
        Readings readings = TestCity.module(city, Readings.class);
        city.database().inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
    }
}
