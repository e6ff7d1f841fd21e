package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.TelegramDecoder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-22T03:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

    @Test
    void everyPresentQuantityBecomesASampleInItsUnit() {
        List<Sample> samples = samples(
                "7A2A080000" + "0413" + "89E20100" + "04933C" + "05000000" + "023B" + "0200" + "025B" + "1300"
                        + "02FD74" + "E803",
                true);
        int error = Quality.METER_ERROR;
        assertEquals(
                List.of(
                        new Sample("hmn-12345678", Quantity.VOLUME, RECEIVED, 123_529, -3, error),
                        new Sample("hmn-12345678", Quantity.REVERSE_VOLUME, RECEIVED, 5, -3, error),
                        new Sample("hmn-12345678", Quantity.FLOW, RECEIVED, 2, -3, error),
                        new Sample("hmn-12345678", Quantity.TEMPERATURE, RECEIVED, 1900, -2, error),
                        new Sample("hmn-12345678", Quantity.BATTERY, RECEIVED, 1000, 0, error),
                        new Sample("hmn-12345678", Quantity.METER_STATUS, RECEIVED, 8, 0, error)),
                samples);
    }

    @Test
    void theMetersOwnTimeIsToldInTheMetersZone() {
        Sample sample = samples("78" + "0413" + "89E20100" + "046D" + "0F0A" + "7A3B", true)
                .getFirst();
        assertEquals(Instant.parse("2027-11-26T01:15:00Z"), sample.at());
        assertEquals(Quality.METER_TIME, sample.flags());
    }

    @Test
    void aTimeOfOursIsMarkedWhileOurClockIsNotSet() {
        Sample sample = samples("78" + "0413" + "89E20100", false).getFirst();
        assertEquals(RECEIVED, sample.at());
        assertEquals(Quality.CLOCK_UNKNOWN, sample.flags());
    }

    @Test
    void aRegisterFinerThanALitreKeepsItsDigits() {
        Sample sample = samples("78" + "0412" + "EB6F0E00", true).getFirst();
        assertEquals(946_155, sample.value());
        assertEquals(-4, sample.exponent());
    }

    private static List<Sample> samples(String application, boolean synchronised) {
        byte[] content = HexFormat.of().parseHex("44AE21785634120107" + application);
        byte[] frame = new byte[content.length + 1];
        frame[0] = (byte) content.length;
        System.arraycopy(content, 0, frame, 1, content.length);
        Telegram telegram = (Telegram) new TelegramDecoder().decode(frame);
        return Samples.of(telegram, Alarms.shipped(), RECEIVED, synchronised, ZONE);
    }
}
