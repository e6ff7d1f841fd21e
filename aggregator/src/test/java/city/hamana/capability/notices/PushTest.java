package city.hamana.capability.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages to browsers, through a push service that reads what it is sent. */
class PushTest extends WithNotices {
    @AfterEach
    void nothingWasRefusedThatShouldNotBe() {
        assertEquals(List.of(), List.copyOf(push.wrong));
    }

    @Test
    void aMessageComesToTheBrowserInTheRecipientsLanguageAndNoServiceBetweenReadsIt() {
        String party = party("", Language.PT);
        PushServer.Browser browser = subscribe(party);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("PUSH SENT")));
        PushServer.Pushed told = push.pushed.peek();
        JsonNode message = told.message();
        assertEquals("pt subject Maria", message.path("title").asText());
        assertEquals("pt text for Maria, due Friday", message.path("text").asText());
        assertEquals("pt-BR", message.path("lang").asText());
        assertEquals("/n/" + inbox(party).getFirst().code(), message.path("to").asText());
        assertEquals(browser, told.browser());
        assertEquals("normal", told.urgency());
        assertEquals(Duration.ofDays(3).toSeconds(), told.ttl());
        assertFalse(told.topic().contains(inbox(party).getFirst().code()), "the way in is for the recipient alone");
    }

    @Test
    void whatIsUrgentWakesTheTelephoneAndIsNotKeptForLong() {
        String party = party("", Language.JA);
        subscribe(party);
        send(to(party, Urgency.PROMPT, "a"));
        await(() -> push.pushed.size() == 1);
        send(to(party, Urgency.EMERGENCY, "b"));
        await(() -> push.pushed.size() == 2);
        assertEquals(
                List.of("high 10800", "high 3600"),
                push.pushed.stream().map(p -> p.urgency() + " " + p.ttl()).toList());
    }

    @Test
    void aLongMessageIsCutAndStillFits() {
        String party = party("", Language.JA);
        subscribe(party);
        String text = "\u0001漢".repeat(500) + "𠮷".repeat(500);
        send(new Notice(new Recipient.Of(party), "sample.told", List.of(text, text), "", Urgency.ORDINARY, "long"));
        await(() -> push.pushed.size() == 1);
        assertEquals(400, push.pushed.peek().message().path("text").asText().length());
        assertTrue(push.pushed.peek().message().path("title").asText().endsWith("…"));
    }

    @Test
    void everyBrowserIsToldAndOnlyThoseWhoseServiceHadTroubleAreToldAgain() {
        String party = party("", Language.JA);
        PushServer.Browser phone = subscribe(party);
        PushServer.Browser desk = subscribe(party);
        desk.answers(503);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> delivery(party).tries() == 1);
        assertEquals("push 503", delivery(party).reason());
        assertEquals(1, push.titles(phone).size());
        pass(Duration.ofMinutes(1));
        await(() -> states(party).equals(List.of("PUSH SENT")));
        assertEquals(1, push.titles(phone).size());
        assertEquals(1, push.titles(desk).size());
    }

    @Test
    void aServiceThatAsksForAPauseGetsIt() {
        String party = party("", Language.JA);
        PushServer.Browser browser = subscribe(party);
        browser.troubles().add(new PushServer.Trouble(429, "5400"));
        browser.troubles().add(new PushServer.Trouble(429, "Sun, 22 Nov 2026 05:00:00 GMT"));
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> waitingTasksDueAt("2026-11-22T04:30:00Z") == 1);
        now.set(Instant.parse("2026-11-22T04:30:00Z"));
        // Half an hour as a date says, and twice that for the second time.
        await(() -> waitingTasksDueAt("2026-11-22T05:30:00Z") == 1);
        now.set(Instant.parse("2026-11-22T05:30:00Z"));
        await(() -> states(party).equals(List.of("PUSH SENT")));
    }

    @Test
    void aBrowserThatHasLeftIsForgottenAndTheNextChannelIsTaken() {
        for (int gone : new int[] {404, 410}) {
            String party = party("maria" + gone + "@example.org", Language.JA);
            subscribe(party).answers(gone);
            send(to(party, Urgency.ORDINARY, "a" + gone));
            await(() -> states(party).equals(List.of("PUSH FAILED", "MAIL SENT")));
            assertEquals(List.of(), devices(party));
            send(to(party, Urgency.ORDINARY, "b" + gone));
            await(() -> states(party).equals(List.of("MAIL SENT")));
        }
    }

    @Test
    void aBrowserThatHasLeftDoesNotKeepTheOthersFromBeingTold() {
        String party = party("maria@example.org", Language.JA);
        subscribe(party).answers(410);
        PushServer.Browser desk = subscribe(party);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("PUSH SENT")));
        assertEquals(1, push.titles(desk).size());
        assertEquals(1, devices(party).size());
        assertTrue(mail.taken.isEmpty());
    }

    @Test
    void whatIsTooLongForAServiceGoesByTheNextChannelAndTheBrowserStays() {
        String party = party("maria@example.org", Language.JA);
        subscribe(party).answers(413);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("PUSH FAILED", "MAIL SENT")));
        assertEquals(1, devices(party).size());
    }

    @Test
    void afterEightTriesTheNextChannelIsTaken() {
        String party = party("maria@example.org", Language.JA);
        subscribe(party).answers(500, 500, 401, 403, 500, 502, 503, 504);
        send(to(party, Urgency.ORDINARY, "a"));
        for (int tries = 1; tries <= 8; tries++) {
            int done = tries;
            await(() -> delivery(party).tries() == done);
            now.set(now.get().plus(Duration.ofDays(1)));
        }
        await(() -> states(party).equals(List.of("PUSH FAILED", "MAIL SENT")));
    }

    @Test
    void whatWasTakenBeforeACrashIsNotSentTwice() {
        String party = party("", Language.JA);
        subscribe(party);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("PUSH SENT")));
        Delivery delivery = delivery(party);
        dieAfter(delivery);
        await(() -> delivery(party).tries() == 2);
        assertEquals(1, push.pushed.size());
    }

    @Test
    void whatWasTakenAndNotNotedComesAgainInPlaceOfTheFirst() {
        String party = party("", Language.JA);
        subscribe(party);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("PUSH SENT")));
        database.inTransaction(tx -> tx.execute("DELETE FROM notices_pushed"));
        dieAfter(delivery(party));
        await(() -> push.pushed.size() == 2);
        assertEquals(
                1, push.pushed.stream().map(PushServer.Pushed::topic).distinct().count());
        assertEquals(
                1,
                push.pushed.stream()
                        .map(p -> p.message().path("tag").asText())
                        .distinct()
                        .count());
    }

    @Test
    void aServiceInsideTheCitysNetworkIsNotAskedAndItsBrowserIsForgotten() {
        String party = party("", Language.JA);
        PushServer.Browser browser = subscribe(party);
        PushCarrier strict = new PushCarrier(database, Vapid.of(push.sender(folder)), false, now::get);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("PUSH SENT")));
        Message message = inbox(party).getFirst();
        Outcome outcome = strict.carry(message, party, "00000000-0000-0000-0000-000000000000", URI.create("https://a"));
        assertEquals(new Outcome.Never("the device has left"), outcome);
        assertEquals(1, push.titles(browser).size());
        assertEquals(List.of(), devices(party));
    }

    @Test
    void aBrowserIsOnesThatUsesItLastAndTenAreEnough() {
        String one = party("", Language.JA);
        String other = party("", Language.JA);
        PushServer.Browser shared = subscribe(one);
        subscribe(other, shared);
        assertEquals(List.of(), devices(one));
        assertEquals(1, devices(other).size());
        for (int i = 0; i < Subscriptions.MOST; i++) {
            pass(Duration.ofSeconds(1));
            subscribe(other);
        }
        assertEquals(Subscriptions.MOST, devices(other).size());
        send(to(other, Urgency.ORDINARY, "a"));
        await(() -> push.pushed.size() == Subscriptions.MOST);
        assertEquals(List.of(), push.titles(shared));
    }

    @Test
    void devicesAreTakenAlongForgottenAndEndedWithTheSessions() {
        String party = party("", Language.JA);
        subscribe(party);
        Object taken =
                database.inTransaction(tx -> notices.personalData(tx, party).get("devices"));
        assertTrue(String.valueOf(taken).contains("Firefox, Android"), String.valueOf(taken));
        database.inTransaction(tx -> {
            notices.signedOutEverywhere(tx, party);
            return party;
        });
        assertEquals(List.of(), devices(party));
        subscribe(party);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("PUSH SENT")));
        database.inTransaction(tx -> {
            notices.erase(tx, party);
            return party;
        });
        int kept = database.inTransaction(tx -> tx.createQuery("SELECT COUNT(*) FROM notices_pushed")
                .mapTo(Integer.class)
                .one());
        assertEquals(0, kept);
        assertEquals(List.of(), devices(party));
    }

    @Test
    void theCitysKeyIsMadeOnceAndKeptFromOthers() throws IOException {
        Path file = folder.resolve("kept").resolve("key.json");
        Files.createDirectories(file.getParent());
        ChannelSettings.PushSender sender = new ChannelSettings.PushSender(file, PushServer.CONTACT, false);
        String first = Vapid.of(sender).publicKey();
        assertEquals(first, Vapid.of(sender).publicKey());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(IllegalArgumentException.class, () -> Vapid.of(sender));
    }

    /** As if the program had died after the answer and before its own note. */
    private void dieAfter(Delivery delivery) {
        database.inTransaction(tx -> {
            tx.execute("UPDATE notices_delivery SET state = 'WAITING'");
            jobs.add(tx, "notices-deliver", Long.toString(delivery.id()), now.get());
            return delivery;
        });
    }

    private PushServer.Browser subscribe(String party) {
        PushServer.Browser browser = push.subscribe();
        subscribe(party, browser);
        return browser;
    }

    private void subscribe(String party, PushServer.Browser browser) {
        Subscriptions.NewSubscription given = new Subscriptions.NewSubscription(
                Endpoint.of(browser.endpoint(), true).orElseThrow(), browser.key(), browser.secretText());
        database.inTransaction(tx -> {
            Subscriptions.add(tx, party, given, "Firefox, Android", now.get());
            return party;
        });
    }

    private List<Device> devices(String party) {
        return database.inTransaction(tx -> Subscriptions.devices(tx, party));
    }
}
