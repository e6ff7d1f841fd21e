package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.meter.simulator.RadioMeter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterKeysTest {
    private static final String HEX = "000102030405060708090A0B0C0D0E0F";
    private static final byte[] KEY = HexFormat.of().parseHex(HEX);

    @TempDir
    Path dir;

    private MeterKeys.Place place;

    @BeforeEach
    void nameTheFiles() {
        place = new MeterKeys.Place(dir.resolve("meter-keys"), dir.resolve("meter-keys.secret"));
    }

    @Test
    void aKeyThatWasStoredIsFoundByTheTelegramsOfItsMeter() {
        MeterKeys.put(place, "hmn-00000201", KEY);
        MeterKeys keys = MeterKeys.open(place);
        assertEquals(Set.of("hmn-00000201"), keys.meters());
        assertArrayEquals(KEY, keys.of(frame(new RadioMeter(201))));
        assertEquals(0, keys.of(frame(new RadioMeter(202))).length);
    }

    @Test
    void aWiredTelegramTellsItsMeterInItsHeader() {
        MeterKeys.put(place, "hmn-12345678", KEY);
        byte[] wired = HexFormat.of().parseHex("680F0F680801727856341" + "2AE210107" + "2A000005" + "8316");
        assertArrayEquals(KEY, MeterKeys.open(place).of(wired));
    }

    @Test
    void nothingOnTheDiskHoldsTheKeyAndOnlyTheOwnerMayRead() throws IOException {
        MeterKeys.put(place, "hmn-00000201", KEY);
        String text = Files.readString(place.keys());
        assertTrue(text.contains("hmn-00000201="));
        assertFalse(text.toUpperCase(java.util.Locale.ROOT).contains(HEX));
        for (Path file : new Path[] {place.keys(), place.secret()}) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void aKeyOfAnotherMeterOrNodeDoesNotOpen() throws IOException {
        MeterKeys.put(place, "hmn-00000201", KEY);
        String sealed = Files.readString(place.keys());
        Files.writeString(place.keys(), sealed.replace("00000201", "00000202"));
        assertRefused("hmn-00000202");
        Files.writeString(place.keys(), sealed);
        Files.write(place.secret(), new byte[32]);
        assertRefused("hmn-00000201");
        Files.delete(place.secret());
        assertRefused("hmn-00000201");
        Files.writeString(place.keys(), "hmn-00000203=short");
        assertRefused("hmn-00000203");
    }

    @Test
    void withoutAFileThereAreNoKeys() {
        assertEquals(Set.of(), MeterKeys.open(place).meters());
    }

    @Test
    void aSecondKeyReplacesTheFirst() {
        MeterKeys.put(place, "hmn-00000201", new byte[16]);
        MeterKeys.put(place, "hmn-00000201", KEY);
        assertArrayEquals(KEY, MeterKeys.open(place).of(frame(new RadioMeter(201))));
    }

    @Test
    void theCommandReadsTheKeyFromStandardInputAndNeverTellsIt() throws IOException {
        Path config = Files.writeString(dir.resolve("node.properties"), """
                identity-dir=.
                gateway-address=ssl://localhost:8883
                gateway-id=gw-0001
                lines=a
                a-file=none
                """);
        InputStream before = System.in;
        try {
            assertEquals(0, key(config, HEX + "\n"));
            assertEquals(1, key(config, HEX.substring(1)));
            assertEquals(1, key(config, ""));
        } finally {
            System.setIn(before);
        }
        assertArrayEquals(KEY, MeterKeys.open(place).of(frame(new RadioMeter(201))));
    }

    private static int key(Path config, String input) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.US_ASCII)));
        return Main.commandLine().execute("key", "--config", config.toString(), "--meter", "hmn-00000201");
    }

    private void assertRefused(String meter) {
        String message = assertThrows(IllegalArgumentException.class, () -> MeterKeys.open(place))
                .getMessage();
        assertTrue(message.contains(meter), message);
    }

    private static byte[] frame(RadioMeter meter) {
        byte[] telegram = meter.telegram(1, 0);
        byte[] frame = new byte[telegram.length + 1];
        frame[0] = (byte) telegram.length;
        System.arraycopy(telegram, 0, frame, 1, telegram.length);
        return Arrays.copyOf(frame, frame.length);
    }
}
