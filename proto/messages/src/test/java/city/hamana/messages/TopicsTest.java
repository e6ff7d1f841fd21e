package city.hamana.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    @ParameterizedTest
    @EnumSource
    void aTopicThatWasMadeIsTakenApartAgain(Topics.Kind kind) {
        assertEquals(Optional.of(new Topics.Topic("mn-0001", kind)), Topics.parse(Topics.of("mn-0001", kind)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hamana/v1/",
                "hamana/v1/mn-0001",
                "hamana/v1/mn-0001/block/x",
                "hamana/v1/mn-0001/BLOCK",
                "hamana/v1/+/block",
                "hamana/v1/#/block",
                "hamana/v2/mn-0001/block",
                "hamana/v1/MN/block",
                "$SYS/x"
            })
    void whatIsNoneOfOurTopicsIsNotTakenForOne(String topic) {
        assertEquals(Optional.empty(), Topics.parse(topic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a/b", "a.b", "a+b", "#", "A", "あ", "a b", "a\n"})
    void anIdThatCouldMeanSomethingInATopicAPathOrAUrlIsNone(String id) {
        assertThrows(IllegalArgumentException.class, () -> Topics.of(id, Topics.Kind.BLOCK));
    }

    @Test
    void anIdHasAtMost64Characters() {
        assertEquals(true, DeviceId.valid("a".repeat(64)));
        assertEquals(false, DeviceId.valid("a".repeat(65)));
    }
}
