package city.hamana.capability.broadcasts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.people.Address;
import city.hamana.capability.people.Names;
import city.hamana.capability.people.Party;
import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Segment.Facts NOTHING = (known, party) -> false;

    @Test
    void theBirthdayCountsAndAnUnknownOneFitsNoAge() {
        Segment sixToTwelve = new Segment.Age(6, 12);
        assertTrue(sixToTwelve.fits(born("2020-11-22"), TODAY, NOTHING));
        assertFalse(sixToTwelve.fits(born("2020-11-23"), TODAY, NOTHING));
        assertTrue(sixToTwelve.fits(born("2013-11-23"), TODAY, NOTHING));
        assertFalse(sixToTwelve.fits(born("2013-11-22"), TODAY, NOTHING));
        assertFalse(new Segment.Age(0, 150).fits(party(Optional.empty(), "", Language.JA), TODAY, NOTHING));
    }

    @Test
    void conditionsAreJoinedByAllAnyAndNot() {
        Party maria = party(Optional.empty(), "9001000", Language.PT);
        Segment town = new Segment.Town(Set.of("9001000", "9002000"));
        Segment japanese = new Segment.Speaks(Set.of(Language.JA));
        assertTrue(new Segment.All(List.of()).fits(maria, TODAY, NOTHING));
        assertFalse(new Segment.AnyOf(List.of()).fits(maria, TODAY, NOTHING));
        assertTrue(new Segment.AnyOf(List.of(town, japanese)).fits(maria, TODAY, NOTHING));
        assertFalse(new Segment.All(List.of(town, japanese)).fits(maria, TODAY, NOTHING));
        assertTrue(new Segment.All(List.of(town, new Segment.Not(japanese))).fits(maria, TODAY, NOTHING));
        assertFalse(new Segment.Kind(Party.Kind.BUSINESS).fits(maria, TODAY, NOTHING));
    }

    @Test
    void whatAnotherModuleKnowsIsAskedOfItAndJoinedLikeTheRest() {
        Party maria = party(Optional.empty(), "9001000", Language.PT);
        Segment.Known known = new Segment.Known("procedures.open-case", "water-stop");
        Segment segment = new Segment.All(List.of(new Segment.Not(known), new Segment.AnyOf(List.of(known))));
        assertEquals(List.of(known, known), segment.known());
        assertFalse(known.fits(maria, TODAY, NOTHING));
        assertTrue(known.fits(maria, TODAY, (asked, party) -> asked.equals(known) && party.equals(maria)));
        assertEquals(Optional.of(segment), Segment.read(segment.json()));
        assertEquals(Optional.empty(), Segment.read("{\"known\":{\"condition\":\"x' OR 1=1\",\"value\":\"a\"}}"));
    }

    @Test
    void whatIsNoSegmentIsNotRead() {
        for (String text : List.of(
                "",
                "[]",
                "{}",
                "{\"all\":{}}",
                "{\"town\":[\"abc\"]}",
                "{\"town\":\"9001000\"}",
                "{\"age\":{\"from\":9,\"to\":8}}",
                "{\"age\":{\"from\":0,\"to\":999}}",
                "{\"language\":[\"fr\"]}",
                "{\"kind\":\"cat\"}",
                "{\"sql\":\"1=1\"}",
                "{\"all\":[],\"any\":[]}",
                "{\"not\":".repeat(7) + "{\"all\":[]}" + "}".repeat(7),
                "{\"all\":[" + "{\"all\":[]},".repeat(120) + "{\"all\":[]}]}")) {
            assertEquals(Optional.empty(), Segment.read(text), text);
        }
    }

    @Property(tries = 300)
    void everySegmentReadsBack(@ForAll("segments") Segment segment) {
        assertEquals(Optional.of(segment), Segment.read(segment.json()), segment.json());
    }

    @Property(tries = 300)
    void notTurnsEveryAnswerRound(@ForAll("segments") Segment segment) {
        for (Language language : Language.values()) {
            Party party = party(Optional.of(LocalDate.of(1990, 1, 1)), "9001000", language);
            assertEquals(!segment.fits(party, TODAY, NOTHING), new Segment.Not(segment).fits(party, TODAY, NOTHING));
        }
    }

    @Provide
    Arbitrary<Segment> segments() {
        return segments(3);
    }

    private static Arbitrary<Segment> segments(int depth) {
        Arbitrary<Segment> towns =
                Arbitraries.of("9001000", "9002000", "9003001").set().map(Segment.Town::new);
        Arbitrary<Segment> speaks = Arbitraries.of(Language.values()).set().map(Segment.Speaks::new);
        Arbitrary<Segment> ages = Arbitraries.integers()
                .between(0, 150)
                .flatMap(from -> Arbitraries.integers().between(from, 150).map(to -> new Segment.Age(from, to)));
        Arbitrary<Segment> kinds = Arbitraries.of(Party.Kind.values()).map(Segment.Kind::new);
        if (depth == 0) {
            return Arbitraries.oneOf(towns, speaks, ages, kinds);
        }
        Arbitrary<List<Segment>> parts = segments(depth - 1).list().ofMaxSize(3);
        return Arbitraries.oneOf(
                towns,
                speaks,
                ages,
                kinds,
                parts.map(Segment.All::new),
                parts.map(Segment.AnyOf::new),
                segments(depth - 1).map(Segment.Not::new));
    }

    private static Party born(String day) {
        return party(Optional.of(LocalDate.parse(day)), "", Language.JA);
    }

    private static Party party(Optional<LocalDate> born, String town, Language language) {
        Optional<Address> address = town.isEmpty() ? Optional.empty() : Optional.of(new Address(town, "見本町", "1"));
        return new Party("1", Party.Kind.PERSON, new Names("Maria", "", ""), born, address, "", "", language);
    }
}
