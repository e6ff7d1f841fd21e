package city.hamana.meter.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.meter.telegram.DataRecord.Value;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.TelegramDecoder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlaveMeterTest {
    private static final int RESET = 0x40;
    private static final int SET_BIT = 0x7B;
    private static final int CLEAR_BIT = 0x5B;
    private static final Instant FIRST = Instant.parse("2026-11-22T03:00:00Z");

    @TempDir
    Path memory;

    private final List<Reading> measured = List.of(
            new Reading(FIRST.minusSeconds(7200), 1000),
            new Reading(FIRST.minusSeconds(3600), 1010),
            new Reading(FIRST.minusSeconds(10), 1030));
    private SlaveMeter meter;

    @BeforeEach
    void powerUp() {
        Clock clock = Clock.fixed(FIRST, ZoneOffset.UTC);
        Logger log = new Logger(measured, measured.getLast().at(), FIRST);
        Memory.Place place = new Memory(memory).place("meter");
        meter = new SlaveMeter(5, new LoggedContent(37, log, place, clock, SimulatedStreet.ZONE));
    }

    @Test
    void aToggledBitAsksForTheNextReadingAndOneNotToggledForTheSame() {
        meter.answer(RESET);
        byte[] first = meter.answer(SET_BIT);
        assertArrayEquals(first, meter.answer(SET_BIT));
        assertEquals(1000, litres(first));
        assertEquals(1010, litres(meter.answer(CLEAR_BIT)));
        assertEquals(1030, litres(meter.answer(SET_BIT)));
    }

    @Test
    void aResetAcknowledgesNothing() {
        meter.answer(RESET);
        assertEquals(1000, litres(meter.answer(SET_BIT)));
        meter.answer(RESET);
        assertEquals(1000, litres(meter.answer(SET_BIT)));
    }

    @Test
    void moreFollowsUntilTheLogIsReadAndThenTheLastReadingIsRepeated() {
        meter.answer(RESET);
        assertTrue(decoded(meter.answer(SET_BIT)).moreFollows());
        assertTrue(decoded(meter.answer(CLEAR_BIT)).moreFollows());
        assertFalse(decoded(meter.answer(SET_BIT)).moreFollows());
        assertEquals(1030, litres(meter.answer(CLEAR_BIT)));
        assertEquals(1030, litres(meter.answer(SET_BIT)));
    }

    @Test
    void whatWasAcknowledgedStaysReadWithoutPower() {
        meter.answer(RESET);
        meter.answer(SET_BIT);
        meter.answer(CLEAR_BIT);
        meter.close();
        powerUp();
        meter.answer(RESET);
        assertEquals(1010, litres(meter.answer(SET_BIT)));
    }

    @Test
    void theTelegramTellsMeterVolumeAndLocalTimeToTheSecond() {
        meter.answer(RESET);
        Telegram telegram = decoded(meter.answer(SET_BIT));
        assertEquals("HMN", telegram.manufacturer());
        assertEquals("00000037", telegram.id());
        assertEquals(
                new Value.Moment(LocalDateTime.parse("2026-11-22T10:00:00")),
                telegram.records().get(1).value());
    }

    private static Telegram decoded(byte[] telegram) {
        return assertInstanceOf(Telegram.class, new TelegramDecoder().decode(telegram));
    }

    private static long litres(byte[] telegram) {
        BigDecimal volume = decoded(telegram).volume().orElseThrow();
        return volume.movePointRight(3).longValueExact();
    }
}
