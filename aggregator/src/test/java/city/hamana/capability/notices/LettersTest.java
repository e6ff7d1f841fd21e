package city.hamana.capability.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.people.Address;
import city.hamana.platform.text.Language;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a message becomes paper, and what becomes of the paper. */
class LettersTest extends WithNotices {
    private static final Optional<Address> HOME = Optional.of(new Address("0001000", "新居町新居", "100番地"));

    @Test
    void whomNothingElseReachesGetsALetterWhereTheSenderAskedForIt() {
        String party = party("", Language.JA, HOME);
        send(byLetter(party, Urgency.ORDINARY, "a"));
        send(to(party, Urgency.ORDINARY, "b"));
        assertEquals(1, waiting("suido").size());
        assertEquals("ja subject Maria", waiting("suido").getFirst().message().subject());
        assertEquals(List.of(), waiting("doboku"));
    }

    @Test
    void whoHasNoAddressEitherHasTheInbox() {
        String party = party("", Language.JA);
        send(byLetter(party, Urgency.ORDINARY, "a"));
        assertEquals(List.of(), states(party));
        assertEquals(1, inbox(party).size());
    }

    @Test
    void aLetterComesAfterWhatRefusedForGoodAndNotWhereMailHasBroughtIt() {
        mail.refused.put("gone@example.org", 550);
        String gone = party("gone@example.org", Language.JA, HOME);
        String there = party("maria@example.org", Language.JA, HOME);
        send(byLetter(gone, Urgency.ORDINARY, "a"));
        send(byLetter(there, Urgency.PROMPT, "b"));
        await(() -> states(gone).equals(List.of("MAIL FAILED", "LETTER WAITING")));
        await(() -> states(there).equals(List.of("MAIL SENT")));
        pass(Duration.ofHours(4));
        await(() -> jobs.count(false) == 0);
        assertEquals(List.of("MAIL SENT"), states(there));
    }

    @Test
    void anEmergencyIsNeverALetter() {
        String party = party("", Language.JA, HOME);
        send(byLetter(party, Urgency.EMERGENCY, "a"));
        assertEquals(List.of(), states(party));
    }

    @Test
    void whoWantsLettersGetsThemFirstAndStillNotForEverything() {
        String party = party("maria@example.org", Language.JA, HOME);
        database.inTransaction(tx -> {
            Outbox.prefer(
                    tx,
                    party,
                    new Preference(List.of(Channel.LETTER, Channel.MAIL), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
            return party;
        });
        send(byLetter(party, Urgency.ORDINARY, "a"));
        assertEquals(List.of("LETTER WAITING"), states(party));
        pass(Duration.ofMinutes(1));
        send(to(party, Urgency.ORDINARY, "b"));
        await(() -> states(party).equals(List.of("MAIL SENT")));
    }

    @Test
    void whatIsReadBeforeItIsPostedNeedsNoPaper() {
        String party = party("", Language.JA, HOME);
        send(byLetter(party, Urgency.ORDINARY, "a"));
        assertEquals(1, waiting("suido").size());
        database.inTransaction(tx -> Outbox.read(tx, inbox(party).getFirst().id(), now.get()));
        assertEquals(List.of("LETTER SPARED"), states(party));
        assertEquals(List.of(), waiting("suido"));
    }

    @Test
    void whatStaffSaySetsALetterOnItsWayAndBackAndOnlyTheirOwnDivision() {
        String party = party("", Language.JA, HOME);
        send(byLetter(party, Urgency.ORDINARY, "a"));
        await(() -> jobs.count(false) == 0);
        long id = waiting("suido").getFirst().id();
        assertTrue(move("doboku", id, Letter.Act.POST).isEmpty());
        assertTrue(move("suido", id, Letter.Act.RETURN).isEmpty(), "not posted, so it cannot come back");
        assertTrue(move("suido", id, Letter.Act.POST).isPresent());
        assertTrue(move("suido", id, Letter.Act.POST).isEmpty());
        assertEquals(List.of("LETTER SENT"), states(party));
        assertTrue(move("suido", id, Letter.Act.UNPOST).isPresent());
        assertEquals(1, waiting("suido").size());
        assertTrue(move("suido", id, Letter.Act.POST).isPresent());
        assertTrue(move("suido", id, Letter.Act.RETURN).isPresent());
        assertEquals(List.of("LETTER FAILED"), states(party));
        assertEquals("came back", delivery(party).reason());
        assertTrue(move("suido", id, Letter.Act.UNRETURN).isPresent());
        assertEquals(List.of("LETTER SENT"), states(party));
    }

    private Optional<Letter> move(String department, long id, Letter.Act act) {
        return database.inTransaction(tx -> Letters.move(tx, department, id, act, now.get()));
    }

    private List<Letter> waiting(String department) {
        return database.inTransaction(tx -> Letters.list(tx, department, Letter.State.WAITING, 10));
    }

    private static Notice byLetter(String party, Urgency urgency, String once) {
        return new Notice(
                new Recipient.Of(party), "sample.told", List.of("Maria", "Friday"), "/cases/1", urgency, once, "suido");
    }
}
