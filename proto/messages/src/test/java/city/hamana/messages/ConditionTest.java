package city.hamana.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTest {
    static Stream<List<Condition>> kinds() {
        return Stream.of(
                List.of(MeterAlarm.values()), List.of(LevelCondition.values()), List.of(AnalyserCondition.values()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyConditionOfAKindHasABitAndACodeOfItsOwn(List<Condition> kind) {
        assertEquals(kind.size(), kind.stream().map(Condition::bit).distinct().count());
        assertEquals(kind.size(), kind.stream().map(Condition::code).distinct().count());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void conditionsComeBackFromTheirBitsAndUnknownBitsArePassedOver(List<Condition> kind) {
        Condition[] all = kind.toArray(Condition[]::new);
        for (Condition one : all) {
            assertEquals(List.of(one), Condition.of(all, Condition.bits(List.of(one)) | 1L << 62));
        }
        assertEquals(Arrays.asList(all), Condition.of(all, Condition.bits(kind)));
    }
}
