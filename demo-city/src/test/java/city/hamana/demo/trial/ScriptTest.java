package city.hamana.demo.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    @Test
    void theSameSeedDoesTheSame() {
        assertEquals(Script.draw(42, 50, ALL), Script.draw(42, 50, ALL));
        assertNotEquals(Script.draw(42, 50, ALL), Script.draw(43, 50, ALL));
    }

    @Test
    void noKindIsLeftOutByChance() {
        Set<Kind> drawn = Script.draw(7, ALL.size(), ALL).stream()
                .flatMap(List::stream)
                .map(Step::kind)
                .collect(Collectors.toSet());
        assertEquals(ALL, drawn);
    }

    @Test
    void twoFaultsAtOnceAreNeverAboutTheSameProgram() {
        for (List<Step> round : Script.draw(7, 1_000, ALL)) {
            if (round.size() == 2) {
                assertFalse(round.get(0).touches(round.get(1)), round.toString());
            }
        }
    }

    @Test
    void twoKilledAtOnceAreTwo() {
        Script.draw(7, 200, Set.of(Kind.KILL_TWO))
                .forEach(round -> round.forEach(step -> assertNotEquals(step.target(), step.second())));
    }
}
