package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.access.Secret;
import city.hamana.sensing.readings.Readings;
import city.hamana.service.watchover.Watchover;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hanako uses water from seven to nine in the evening; since then none, and it is noon. Jiro watches over her. */
class WatchoverTest {
    private static final Instant LAST_USE = Instant.parse("2017-01-04T12:00:00Z");

    private City city;
    private Guest hanako;
    private Guest jiro;

    @BeforeEach
    void open() {
        city = TestCity.open();
        read();
        hanako = guest("hanako");
        jiro = guest("jiro");
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    void nobodyIsLookedAtWithoutAnInvitationThatWasTaken() {
        look();
        assertEquals(0, alarms());
        invite(true);
        look();
        assertEquals(0, alarms(), "invited is not agreed");
        assertEquals(404, hanako.post("/watch/accept/" + secret(), Map.of()).status(), "not one's own");
        accept();
        look();
        assertEquals(1, alarms());
        look();
        assertEquals(1, alarms(), "once");
    }

    @Test
    void thePersonIsAskedFirstThenTheRelativeThenTheDivisionThatThePersonAllowed() {
        invite(true);
        accept();
        look();
        assertTrue(hanako.get("/watch").body().contains("Are you well?"));
        String relative = jiro.get("/watch").body();
        assertTrue(relative.contains("being asked"), relative);
        assertFalse(relative.contains(" L<"), "no use of hers");
        late(Duration.ofMinutes(59));
        look();
        assertTrue(jiro.get("/watch").body().contains("being asked"), "an hour is waited");
        late(Duration.ofMinutes(2));
        look();
        assertTrue(jiro.get("/watch").body().contains("the family is asked to look"));
        assertTrue(jiro.get("/me/notices").body().contains("ご家族の家で水が使われていません"));
        late(Duration.ofHours(4));
        look();
        Guest sano = guest("sano");
        assertTrue(sano.get("/staff/watch").body().contains("袴田 花子"));
        long alarm = number("SELECT MAX(id) FROM watchover_alarm");
        assertEquals(400, sano.post("/staff/watch/" + alarm, Map.of("note", "")).status());
        assertEquals(
                303,
                sano.post("/staff/watch/" + alarm, Map.of("note", "was at the neighbour's"))
                        .status());
        assertTrue(jiro.get("/watch").body().contains("As usual"));
        assertEquals(403, guest("suzuki").get("/staff/watch").status());
    }

    @Test
    void withoutHerWordTheCityIsNeverTold() {
        invite(false);
        accept();
        look();
        late(Duration.ofHours(2));
        look();
        late(Duration.ofHours(20));
        look();
        assertTrue(guest("sano").get("/staff/watch").body().contains("Nobody is to be looked at"));
    }

    @Test
    void whoAnswersIsNotAskedAgainInTheSamePauseAndTheRelativeHearsOfIt() {
        invite(true);
        accept();
        look();
        late(Duration.ofHours(2));
        look();
        assertEquals(303, hanako.post("/watch/well", Map.of()).status());
        look();
        assertEquals(1, alarms());
        assertTrue(jiro.get("/me/notices").body().contains("ご本人から「元気です」と返事がありました"));
        assertEquals(404, hanako.post("/watch/well", Map.of()).status(), "nothing is asked");
    }

    @Test
    void whileSheIsAwayNobodyIsAsked() {
        invite(true);
        accept();
        assertEquals(
                400,
                hanako.post("/watch/away", Map.of("from", "2017-01-05", "to", "2017-01-04"))
                        .status());
        hanako.post("/watch/away", Map.of("from", "2017-01-03", "to", "2017-01-08"));
        look();
        assertEquals(0, alarms());
        assertTrue(jiro.get("/watch").body().contains("Away, as announced"));
        hanako.post("/watch/away", Map.of("do", "home"));
        look();
        assertEquals(1, alarms());
        hanako.post("/watch/away", Map.of("from", "2017-01-05", "to", "2017-01-08"));
        look();
        assertTrue(jiro.get("/watch").body().contains("Away, as announced"), "the question ends");
    }

    @Test
    void eitherEndsItAtAnyTimeAndAThirdCannot() {
        invite(true);
        accept();
        long id = number("SELECT MAX(id) FROM watchover_watch");
        Guest ichiro = guest("ichiro");
        assertEquals(404, ichiro.post("/watch/" + id + "/end", Map.of()).status());
        assertEquals(404, ichiro.post("/watch/" + id + "/reached", Map.of()).status());
        assertEquals(303, jiro.post("/watch/" + id + "/end", Map.of()).status());
        look();
        assertEquals(0, alarms());
        assertFalse(jiro.get("/watch").body().contains("袴田 花子"));
        assertEquals(404, hanako.post("/watch/" + id + "/end", Map.of()).status(), "it has ended");
        assertEquals(404, jiro.get("/watch/accept/" + "x".repeat(43)).status());
    }

    @Test
    void anInvitationNeedsConsentAnAddressAndAMeterOfOnesOwn() {
        for (Map<String, String> wrong : List.of(
                Map.of("mail", "jiro", "meter", TestCity.METER, "consent", "yes"),
                Map.of("mail", "jiro@example.jp", "meter", TestCity.METER),
                Map.of("mail", "jiro@example.jp", "meter", "els-00000000", "consent", "yes"))) {
            assertEquals(400, hanako.post("/watch", wrong).status(), wrong.toString());
        }
        for (int i = 0; i < 5; i++) {
            invite(false);
        }
        assertEquals(
                400,
                hanako.post("/watch", Map.of("mail", "j@example.jp", "meter", TestCity.METER, "consent", "yes"))
                        .status());
    }

    private void invite(boolean welfare) {
        Map<String, String> form = Map.of(
                "mail", "jiro@example.jp", "meter", TestCity.METER, "consent", "yes", "welfare", welfare ? "yes" : "");
        assertEquals(303, hanako.post("/watch", form).status());
        city.database()
                .inTransaction(tx -> tx.execute(
                        "UPDATE watchover_watch SET secret_hash = ? WHERE state = 'invited'", Secret.hash(secret())));
    }

    /** What the mail holds; the table has its hash only. */
    private static String secret() {
        return "A".repeat(43);
    }

    private void accept() {
        assertTrue(jiro.get("/watch/accept/" + secret()).body().contains("袴田 花子"));
        assertEquals(303, jiro.post("/watch/accept/" + secret(), Map.of()).status());
    }

    private void look() {
        TestCity.module(city, Watchover.class).look();
    }

    /** As if so much time had passed since the alarm came to its stage. */
    private void late(Duration by) {
        city.database()
                .inTransaction(tx -> tx.execute(
                        "UPDATE watchover_alarm SET moved_ms = moved_ms - ? WHERE stage <> 'ended'", by.toMillis()));
    }

    private long alarms() {
        return number("SELECT COUNT(*) FROM watchover_alarm");
    }

    private long number(String sql) {
        return city.database()
                .inTransaction(tx -> tx.createQuery(sql).mapTo(Long.class).one());
    }

    private Guest guest(String name) {
        Guest guest = Guest.signedIn(city, name).speaking("en");
        guest.get("/");
        return guest;
    }

    private void read() {
        List<Sample> samples = new ArrayList<>();
        long litres = 1_000;
        for (Instant at = TestCity.NOW.minus(Duration.ofDays(31));
                !at.isAfter(TestCity.NOW);
                at = at.plus(Duration.ofHours(1))) {
            samples.add(new Sample(TestCity.METER, Quantity.VOLUME, at, litres, -3, 0));
            int hour = at.atZone(ZoneId.of("Asia/Tokyo")).getHour();
            litres += hour >= 7 && hour < 21 && at.isBefore(LAST_USE) ? 20 : 0;
        }
        Readings readings = TestCity.module(city, Readings.class);
        city.database().inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
    }
}
