package city.hamana.meter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.meter.simulator.Simulator.Street;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.TelegramDecoder;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownMetersTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant NOW = SINCE.plusSeconds(200);
    private static final int RESET = 0x40;
    private static final int SET_BIT = 0x7B;
    private static final int CLEAR_BIT = 0x5B;

    @TempDir
    Path memory;

    @Test
    void aLoggedMeterTellsEveryInstantOfTheGridWithItsValue() {
        SlaveMeter meter = meter(0, 1);
        meter.answer(RESET);
        Telegram first = decoded(meter.answer(SET_BIT));
        assertEquals("00001001", first.id());
        assertEquals(7_919 * 1001L % 97, litres(first));
        assertTrue(first.moreFollows());
        assertEquals(100 + (7_919 * 1001L + 104_729) % 97, litres(decoded(meter.answer(CLEAR_BIT))));
    }

    @Test
    void theRegisterOfALoggedMeterAlwaysRises() {
        for (int place = 1; place < 10_000; place++) {
            assertTrue(KnownMeters.litres(2003, place) > KnownMeters.litres(2003, place - 1));
        }
    }

    @Test
    void aTimelessMeterTellsTheSecondsThatHavePassedAndNoDate() {
        SlaveMeter meter = meter(1, 2);
        meter.answer(RESET);
        Telegram telegram = decoded(meter.answer(SET_BIT));
        assertEquals("00002002", telegram.id());
        assertEquals(200, litres(telegram));
        assertTrue(telegram.records().stream().noneMatch(r -> r.quantity().equals("date-time")));
    }

    @Test
    void aTimelessMeterNotesWhatTheMasterHasAndNothingElse() throws Exception {
        SlaveMeter meter = meter(1, 2);
        meter.answer(RESET);
        meter.answer(SET_BIT);
        meter.answer(SET_BIT);
        meter.answer(CLEAR_BIT);
        assertEquals(List.of("200"), Files.readAllLines(memory.resolve("hmn-00002002")));
        meter.close();
        SlaveMeter again = meter(1, 2);
        again.answer(RESET);
        again.answer(SET_BIT);
        again.answer(CLEAR_BIT);
        assertEquals(List.of("200", "200"), Files.readAllLines(memory.resolve("hmn-00002002")));
    }

    private SlaveMeter meter(int port, int address) {
        KnownMeters known = new KnownMeters(SINCE, Duration.ofSeconds(60), 1);
        Street street = new Street(
                InetAddress.getLoopbackAddress(),
                List.of(0, 0),
                4,
                memory,
                SimulatedStreet.ZONE,
                Clock.fixed(NOW, ZoneOffset.UTC),
                known,
                List.of(),
                Map.of(),
                Optional.empty());
        Content content = known.meter(street, new Memory(memory), port, address, 0);
        return new SlaveMeter(address, content);
    }

    private static Telegram decoded(byte[] telegram) {
        return (Telegram) new TelegramDecoder().decode(telegram);
    }

    private static long litres(Telegram telegram) {
        BigDecimal volume = telegram.volume().orElseThrow();
        return volume.movePointRight(3).longValueExact();
    }
}
