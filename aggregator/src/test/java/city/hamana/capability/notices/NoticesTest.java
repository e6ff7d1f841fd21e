package city.hamana.capability.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.text.Language;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesTest extends WithNotices {
    @Test
    void aMessageStandsInTheInboxAndGoesByMailInTheRecipientsLanguage() {
        String party = party("maria@example.org", Language.PT);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> !mail.taken.isEmpty());
        String sent = mail.taken.peek();
        assertTrue(sent.contains("To: maria@example.org"), sent);
        assertTrue(sent.contains("Subject: pt subject Maria"));
        assertTrue(sent.contains("pt text for Maria, due Friday"));
        assertTrue(sent.contains(
                "https://city.example/n/" + inbox(party).getFirst().code()));
        assertTrue(sent.contains("Content-Language: pt-BR"));
        assertTrue(sent.contains("Auto-Submitted: auto-generated"));
        await(() -> states(party).equals(List.of("MAIL SENT")));
    }

    @Test
    void itGoesOutOnlyIfItsTransactionIsCommittedAndOnceOnly() {
        String party = party("maria@example.org", Language.PT);
        assertThrows(
                IllegalStateException.class,
                () -> database.inTransaction(tx -> {
                    notices.send(tx, to(party, Urgency.ORDINARY, "lost"));
                    throw new IllegalStateException("the story failed");
                }));
        send(to(party, Urgency.ORDINARY, "a"));
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("MAIL SENT")));
        assertEquals(1, inbox(party).size());
        assertEquals(1, mail.taken.size());
    }

    @Test
    void lineComesFirstAndMailOnlyWhenLineRefusesForGood() {
        String party = linked("maria@example.org");
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("LINE SENT")));
        assertTrue(mail.taken.isEmpty());
        line.troubles.add(400);
        send(to(party, Urgency.ORDINARY, "b"));
        await(() -> states(party).equals(List.of("LINE FAILED", "MAIL SENT")));
        assertEquals(1, line.pushed.size());
    }

    @Test
    void aLimitOrATroubleOfTheFarSideIsWaitedOut() {
        String party = linked("maria@example.org");
        line.troubles.addAll(List.of(429, 500));
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> delivery(party).tries() == 1);
        assertEquals("LINE 429: limit or quota reached", delivery(party).reason());
        pass(Duration.ofMinutes(15));
        await(() -> delivery(party).tries() == 2);
        pass(Duration.ofMinutes(30));
        await(() -> states(party).equals(List.of("LINE SENT")));
        assertEquals(1, line.pushed.size());
    }

    @Test
    void afterEightTriesTheNextChannelIsTaken() {
        String party = linked("maria@example.org");
        for (int i = 0; i < 8; i++) {
            line.troubles.add(503);
        }
        send(to(party, Urgency.ORDINARY, "a"));
        for (int tries = 1; tries <= 8; tries++) {
            int done = tries;
            await(() -> delivery(party).tries() == done);
            // Night comes between the tries: noon again.
            now.set(now.get().plus(Duration.ofDays(1)));
        }
        await(() -> states(party).equals(List.of("LINE FAILED", "MAIL SENT")));
    }

    @Test
    void aMailAddressThatIsRefusedForAWhileIsTriedAgainAndOneThatIsRefusedForGoodIsNot() {
        mail.refused.put("slow@example.org", 451);
        mail.refused.put("gone@example.org", 550);
        String slow = party("slow@example.org", Language.JA);
        String gone = party("gone@example.org", Language.JA);
        send(to(slow, Urgency.ORDINARY, "a"));
        send(to(gone, Urgency.ORDINARY, "b"));
        await(() -> states(gone).equals(List.of("MAIL FAILED")));
        await(() -> delivery(slow).tries() == 1);
        assertEquals("SMTP 451", delivery(slow).reason());
        assertEquals("SMTP 550", delivery(gone).reason());
        pass(Duration.ofMinutes(10));
        await(() -> states(slow).equals(List.of("MAIL SENT")));
        assertEquals(1, inbox(gone).size(), "it stands in the inbox all the same");
    }

    @Test
    void whatLineTookBeforeACrashIsNotSentTwice() {
        String party = linked("");
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("LINE SENT")));
        // As if the program had died after LINE's answer and before its own note.
        Delivery delivery = delivery(party);
        database.inTransaction(tx -> {
            tx.execute("UPDATE notices_delivery SET state = 'WAITING'");
            jobs.add(tx, "notices-deliver", Long.toString(delivery.id()), now.get());
            return delivery;
        });
        await(() -> delivery(party).tries() == 2);
        assertEquals(List.of("LINE SENT"), states(party));
        assertEquals(1, line.pushed.size());
    }

    @Test
    void whatMailTookBeforeACrashCarriesTheSameNameWhenItComesAgain() {
        String party = party("maria@example.org", Language.JA);
        send(to(party, Urgency.ORDINARY, "a"));
        await(() -> states(party).equals(List.of("MAIL SENT")));
        Delivery delivery = delivery(party);
        database.inTransaction(tx -> {
            tx.execute("UPDATE notices_delivery SET state = 'WAITING'");
            jobs.add(tx, "notices-deliver", Long.toString(delivery.id()), now.get());
            return delivery;
        });
        await(() -> mail.taken.size() == 2);
        assertEquals(
                1,
                mail.taken.stream()
                        .map(m -> m.lines()
                                .filter(l -> l.startsWith("Message-ID:"))
                                .findFirst())
                        .distinct()
                        .count());
    }

    @Test
    void ordinaryAndPromptMessagesWaitForTheMorningAndAnEmergencyDoesNot() {
        now.set(Instant.parse("2026-11-22T13:00:00Z"));
        String party = linked("maria@example.org");
        send(to(party, Urgency.ORDINARY, "a"));
        send(to(party, Urgency.PROMPT, "b"));
        send(to(party, Urgency.EMERGENCY, "c"));
        await(() -> line.pushed.size() == 1 && mail.taken.size() == 1);
        assertEquals(3, inbox(party).size());
        await(() -> waitingTasksDueAt("2026-11-22T23:00:00Z") == 2);
        now.set(Instant.parse("2026-11-22T23:00:00Z"));
        await(() -> line.pushed.size() == 3);
        assertEquals(1, mail.taken.size());
    }

    @Test
    void aPromptMessageThatStaysUnreadGoesByTheNextChannelAndOneThatWasReadDoesNot() {
        String party = linked("maria@example.org");
        send(to(party, Urgency.PROMPT, "a"));
        send(to(party, Urgency.PROMPT, "b"));
        await(() -> line.pushed.size() == 2 && waitingTasksDueAt("2026-11-22T06:00:00Z") == 2);
        Message read = inbox(party).getFirst();
        database.inTransaction(tx -> Outbox.read(tx, read.id(), now.get()));
        pass(Duration.ofHours(3));
        await(() -> mail.taken.size() == 1 && jobs.count(false) == 0);
        assertEquals(1, deliveries(read).size());
    }

    @Test
    void whoeverWantsNoMailGetsNone() {
        String party = party("maria@example.org", Language.JA);
        database.inTransaction(tx -> {
            Outbox.prefer(tx, party, new Preference(List.of(), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
            return party;
        });
        send(to(party, Urgency.ORDINARY, "a"));
        assertEquals(1, inbox(party).size());
        assertEquals(0, jobs.count(false));
    }

    @Test
    void somebodyOfWhomOnlyAnAddressIsKnownIsReachedToo() {
        send(new Notice(
                new Recipient.Mail("guest@example.org", Language.EN),
                "sample.told",
                List.of("Guest", "now"),
                "/roads/1",
                Urgency.ORDINARY,
                "g"));
        await(() -> mail.taken.stream().anyMatch(m -> m.contains("To: guest@example.org")));
        assertTrue(mail.taken.peek().contains("en subject Guest"));
    }

    @Test
    void aCodeToSignInWithGoesOutAtNightAndIsForgotten() {
        now.set(Instant.parse("2026-11-22T13:00:00Z"));
        send(new Notice(
                new Recipient.Mail("guest@example.org", Language.EN),
                "sample.told",
                List.of("1234 5678", ""),
                "",
                Urgency.CODE,
                "c"));
        await(() -> mail.taken.stream().anyMatch(m -> m.contains("en subject 1234 5678")));
        await(() -> jobs.count(false) == 0);
        List<String> kept = database.inTransaction(tx -> tx.createQuery("SELECT subject || body FROM notices_message")
                .mapTo(String.class)
                .list());
        assertEquals(List.of(""), kept);
    }

    @Test
    void aDivisionHasAnInbox() {
        send(new Notice(new Recipient.Division("doboku"), "sample.told", List.of("A", "B"), "", Urgency.PROMPT, "d"));
        List<Message> found = database.inTransaction(tx -> Outbox.inbox(tx, "department", "doboku", 0, 10));
        assertEquals("ja subject A", found.getFirst().subject());
    }

    @Test
    void mailGoesOverTlsWithAPassword() throws IOException, MessagingException {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort();
        GreenMail server = new GreenMail(setup)
                .withConfiguration(GreenMailConfiguration.aConfig().withUser("city", "let-me-in"));
        server.start();
        try {
            ChannelSettings.MailServer right = new ChannelSettings.MailServer(
                    "127.0.0.1",
                    server.getSmtp().getPort(),
                    ChannelSettings.Security.NONE,
                    "city",
                    "let-me-in",
                    "city@kosai.example");
            Message message = message("maria@example.org");
            Outcome sent = new MailCarrier(right)
                    .carry(message, "maria@example.org", "key-1", URI.create("https://city.example"));
            assertEquals(new Outcome.Taken("key-1"), sent);
            assertEquals("お知らせ", server.getReceivedMessages()[0].getSubject());
            assertTrue(server.getReceivedMessages()[0].getContent().toString().contains("本文"));
            Outcome plain = new MailCarrier(new ChannelSettings.MailServer(
                            right.host(), right.port(), ChannelSettings.Security.STARTTLS, "", "", right.from()))
                    .carry(message, "maria@example.org", "key-2", URI.create("https://city.example"));
            assertTrue(plain instanceof Outcome.Later, "without STARTTLS nothing is sent: " + plain);
            assertEquals(1, server.getReceivedMessages().length);
        } finally {
            server.stop();
        }
    }
}
