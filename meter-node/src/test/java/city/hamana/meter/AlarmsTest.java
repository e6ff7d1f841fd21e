package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.hamana.messages.MeterAlarm;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.TelegramDecoder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final String HMN = "AE21";
    private static final String KAMSTRUP = "2D2C";
    private static final String B_METERS = "B409";
    private static final String AXIOMA = "0907";
    private static final String OTHER = "9304";
    private static final String VOLUME = "041389E20100";

    private final Alarms alarms = Alarms.shipped();

    @Test
    void theStandardsBitsMeanTheSameOfEveryMaker() {
        assertEquals(Set.of(), status(OTHER, 0x00));
        assertEquals(Set.of(MeterAlarm.BATTERY_LOW), status(OTHER, 0x04));
        assertEquals(Set.of(MeterAlarm.FAULT), status(OTHER, 0x08));
        assertEquals(Set.of(MeterAlarm.BATTERY_LOW, MeterAlarm.FAULT), status(OTHER, 0x14));
    }

    @Test
    void aMakersOwnBitsGoBeforeTheStandards() {
        assertEquals(Set.of(MeterAlarm.BURST), status(B_METERS, 0x10));
        assertEquals(Set.of(), status(B_METERS, 0x88));
        assertEquals(
                Set.of(MeterAlarm.LEAK_1, MeterAlarm.BATTERY_LOW, MeterAlarm.REVERSE_FLOW), status(B_METERS, 0x47));
    }

    @Test
    void severalBitsMayBeOneCode() {
        assertEquals(Set.of(MeterAlarm.LEAK_1), status(AXIOMA, 0x30));
        assertEquals(Set.of(MeterAlarm.BURST, MeterAlarm.FAULT), status(AXIOMA, 0xB8));
        assertEquals(Set.of(), status(AXIOMA, 0x50));
    }

    @Test
    void aNumberAmongTheRecordsTellsAsTheStatusDoes() {
        assertEquals(
                Optional.of(Set.of(MeterAlarm.DRY, MeterAlarm.BURST)),
                alarms.of(telegram(KAMSTRUP, 0, VOLUME + "02FF200900")));
        assertEquals(Optional.of(EnumSet.allOf(MeterAlarm.class)), alarms.of(telegram(HMN, 0, VOLUME + "02FD17FF1F")));
    }

    @Test
    void aTelegramWithoutTheNumberSaysNothingOfAlarms() {
        assertEquals(Optional.empty(), alarms.of(telegram(HMN, 0, VOLUME)));
        assertEquals(Optional.empty(), alarms.of(telegram(HMN, 0, VOLUME + "42FD17FF1F")));
    }

    @Test
    void everyAlarmOfTheVocabularyCanBeTold() {
        Set<MeterAlarm> told =
                alarms.of(telegram(HMN, 0, VOLUME + "02FD17FF1F")).orElseThrow();
        assertEquals(Set.copyOf(Arrays.asList(MeterAlarm.values())), told);
    }

    @Test
    void aTableThatCannotBeReadIsRefused() {
        for (String line : List.of("* * * status 04 04", "* * * status 04 04 soon", "* * * status 04 08 leak-1")) {
            assertThrows(IllegalArgumentException.class, () -> Alarms.parse(List.of(line)));
        }
    }

    private Set<MeterAlarm> status(String maker, int status) {
        return alarms.of(telegram(maker, status, VOLUME)).orElseThrow();
    }

    private static Telegram telegram(String maker, int status, String records) {
        String content = "44" + maker + "785634120107" + "7A2A%02X0000".formatted(status) + records;
        byte[] frame = HexFormat.of().parseHex("%02X".formatted(content.length() / 2) + content);
        return (Telegram) new TelegramDecoder().decode(frame);
    }
}
