package city.hamana.meter.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HciReaderTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final byte[] TELEGRAM = HexFormat.of().parseHex("44AE21785634120107780413" + "89E20100");

    private final List<String> faults = new ArrayList<>();

    @Test
    void theCheckIsTheOneThatSticksExpect() {
        // The request for the device's information as published programs send it.
        assertArrayEquals(HexFormat.of().parseHex("A5810F003413"), new HciMessage(1, 0x0F, new byte[0]).bytes());
    }

    @Test
    void timeStrengthAndCheckAreReadPastWhereTheyAreAttached() throws IOException {
        String plain = "A50203" + "02" + "AABB";
        for (String message :
                List.of(plain, "A52203" + "02" + "AABB" + "01020304", "A56203" + "02" + "AABB" + "0102030477")) {
            HciMessage read = reader(message + plain).next(SOON).orElseThrow();
            assertArrayEquals(HexFormat.of().parseHex("AABB"), read.payload());
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void eachFaultHasItsNameAndTheNextMessageIsRead() throws IOException {
        String good = hex(heard().bytes());
        String wrong = good.replace("89E2", "89E3");
        assertNext(wrong + good, "radio.checksum");
        assertNext(good.substring(0, good.length() / 2) + good, "radio.checksum");
        assertNext("0011" + good, "radio.garbage");
        faults.clear();
        assertEquals(Optional.empty(), reader(good.substring(0, 20)).next(SOON));
        assertEquals("radio.truncated", faults.getFirst());
    }

    @Test
    void noiseThatNeverEndsIsLeft() throws IOException {
        assertEquals(Optional.empty(), reader("55".repeat(10_000)).next(SOON));
        assertEquals(List.of("radio.garbage"), faults);
    }

    @Property
    void whateverStandsBeforeItAMessageIsFound(@ForAll @Size(max = 300) byte[] noise) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.writeBytes(noise);
        sent.writeBytes(heard().bytes());
        HciReader reader = new HciReader(new Sent(sent.toByteArray()), SOON, faults::add);
        boolean found = false;
        for (int i = 0; i < 400 && !found; i++) {
            found = reader.next(SOON)
                    .filter(m -> Arrays.equals(m.payload(), TELEGRAM))
                    .isPresent();
        }
        assertTrue(found || swallowed(noise));
    }

    /** Noise may itself be a message without a check, as long as it likes. */
    private static boolean swallowed(byte[] noise) {
        for (int i = 0; i + 1 < noise.length; i++) {
            if ((noise[i] & 0xFF) == HciMessage.START && (noise[i + 1] & HciMessage.WITH_CHECK) == 0) {
                return true;
            }
        }
        return noise.length > 0 && (noise[noise.length - 1] & 0xFF) == HciMessage.START;
    }

    private void assertNext(String sent, String fault) throws IOException {
        faults.clear();
        HciReader reader = reader(sent);
        Optional<HciMessage> message = Optional.empty();
        for (int i = 0; i < 200 && message.isEmpty(); i++) {
            message = reader.next(SOON);
        }
        assertArrayEquals(TELEGRAM, message.orElseThrow().payload());
        assertEquals(fault, faults.getFirst());
    }

    private HciReader reader(String sent) {
        return new HciReader(new Sent(HexFormat.of().parseHex(sent)), SOON, faults::add);
    }

    private static HciMessage heard() {
        return new HciMessage(HciMessage.RADIO, HciMessage.TELEGRAM_HEARD, TELEGRAM);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** A line on which certain octets come and then none. */
    private static final class Sent implements Line {
        private final byte[] octets;
        private int position;

        Sent(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public void send(byte[] frame) {}

        @Override
        public int read(Duration within) {
            return position < octets.length ? octets[position++] & 0xFF : -1;
        }

        @Override
        public void baud(int baud) {}

        @Override
        public void drain() {}

        @Override
        public void close() {}
    }
}
