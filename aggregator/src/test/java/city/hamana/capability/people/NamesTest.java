package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void aNameMayBeLongAndOfAnyScript() {
        for (String name : List.of(
                "João Pedro Alves Nakamura da Silva Santos de Orleans e Bragança".repeat(3),
                "葛\uDB40\uDD00城 一郎",
                "\uFA19谷 \uFA11子",
                "\uD842\uDFB7野家",
                "ꦫꦢꦺꦤ꧀",
                "محمد",
                "O'Neill-小野")) {
            assertEquals(Optional.empty(), Names.complaint(name), name);
            assertEquals(name, new Names(name, name, name).written());
        }
    }

    @Test
    void twoHundredAreCountedAsAReaderCountsThem() {
        String one = "葛\uDB40\uDD00";
        assertEquals(Optional.empty(), Names.complaint(one.repeat(200)));
        assertEquals(Optional.of("people.names.long"), Names.complaint(one.repeat(201)));
        assertEquals(Optional.of("people.names.long"), Names.complaint("e" + "\u0301".repeat(800)));
    }

    @Test
    void whatAnotherMachineCannotReadIsRefusedAndTheReasonSaid() {
        assertEquals(Optional.of("people.names.private"), Names.complaint("田\uE000"));
        assertEquals(Optional.of("people.names.private"), Names.complaint("田\uF8FF"));
        assertEquals(Optional.of("people.names.private"), Names.complaint("田\uDBFF\uDFFD"));
        assertEquals(Optional.of("people.names.control"), Names.complaint("田\n中"));
        assertEquals(Optional.of("people.names.control"), Names.complaint("田\u0000"));
        assertEquals(Optional.of("people.names.broken"), Names.complaint("田\uFFFD"));
        assertEquals(Optional.of("people.names.broken"), Names.complaint("田\uD842"));
    }

    @Test
    void aNameThatIsNotTakenCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> new Names("", "タナカ", ""));
        assertThrows(IllegalArgumentException.class, () -> new Names("田中", "\uE000", ""));
    }
}
