package city.hamana.meter.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.meter.line.Answers.Answer;
import city.hamana.meter.line.Answers.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final Patience PATIENCE = new Patience(Duration.ofMillis(1), Duration.ofMillis(1));

    @Test
    void aFrameIsFoundBehindGarbage() throws IOException {
        String frame = frame("0805" + "72AABBCC");
        for (String garbage : new String[] {"", "00FF", "6868", "68202068", "E6"}) {
            Answer.Frame found = assertInstanceOf(Answer.Frame.class, read(garbage + frame, 5));
            assertArrayEquals(HexFormat.of().parseHex(frame), found.bytes());
        }
    }

    @Test
    void eachFaultHasItsName() throws IOException {
        String frame = frame("0805" + "72AABBCC");
        assertEquals(new Answer.Fault("line.timeout"), read("", 5));
        assertEquals(new Answer.Fault("line.garbage"), read("001122", 5));
        assertEquals(new Answer.Fault("telegram.truncated"), read(frame.substring(0, frame.length() - 4), 5));
        assertEquals(new Answer.Fault("telegram.checksum"), read(frame.replace("AABB", "AABC"), 5));
        assertEquals(new Answer.Fault("telegram.wrong-address"), read(frame, 6));
        assertEquals(new Answer.Fault("telegram.too-long"), read("68".repeat(1000), 5));
    }

    @Test
    void aFrameThatFollowsABrokenOneIsFound() throws IOException {
        String frame = frame("0805" + "72AABBCC");
        assertInstanceOf(Answer.Frame.class, read(frame.replace("AABB", "AABC") + frame, 5));
    }

    @Test
    void noiseThatNeverEndsIsLeft() throws IOException {
        assertEquals(new Answer.Fault("line.garbage"), Answers.acknowledgement(new Heard("11".repeat(5000)), PATIENCE));
        assertEquals(new Answer.Acknowledged(), Answers.acknowledgement(new Heard("1122E5"), PATIENCE));
    }

    @Property
    void whateverALineSaysIsAFrameOfTheMeterOrAFaultWithAName(
            @ForAll @Size(max = 600) byte[] said, @ForAll boolean secondary) throws IOException {
        MeterAddress address = secondary ? MeterAddress.Secondary.of("12345678-HMN") : new MeterAddress.Primary(5);
        switch (Answers.frame(new Heard(said), address, PATIENCE)) {
            case Answer.Frame(byte[] bytes) -> assertTrue(address.sent(bytes));
            case Answer.Acknowledged ignored -> assertEquals(0xE5, said[0] & 0xFF);
            case Answer.Fault(String name) -> assertTrue(name.matches("(line|telegram)\\.[a-z-]+"), name);
        }
    }

    @Property
    void aFrameIsFoundBehindWhateverShortNoise(@ForAll @Size(max = 40) byte[] noise) throws IOException {
        byte[] frame = HexFormat.of().parseHex(frame("0805" + "72AABBCC"));
        byte[] said = Arrays.copyOf(noise, noise.length + frame.length);
        System.arraycopy(frame, 0, said, noise.length, frame.length);
        Answer answer = Answers.frame(new Heard(said), new MeterAddress.Primary(5), PATIENCE);
        boolean acknowledged = noise.length > 0 && (noise[0] & 0xFF) == 0xE5;
        assertTrue(acknowledged || answer instanceof Answer.Frame, answer::toString);
    }

    private static Answer read(String heard, int address) throws IOException {
        return Answers.frame(new Heard(heard), new MeterAddress.Primary(address), PATIENCE);
    }

    private static String frame(String content) {
        byte[] bytes = HexFormat.of().parseHex(content);
        int sum = 0;
        for (byte octet : bytes) {
            sum += octet;
        }
        return "68%02X%02X68%s%02X16".formatted(bytes.length, bytes.length, content, sum & 0xFF);
    }

    /** A line on which certain bytes come and then none. */
    private static final class Heard implements Line {
        private final byte[] bytes;
        private int position;

        Heard(String hex) {
            this(HexFormat.of().parseHex(hex));
        }

        Heard(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void send(byte[] frame) {}

        @Override
        public int read(Duration within) {
            return position < bytes.length ? bytes[position++] & 0xFF : -1;
        }

        @Override
        public void baud(int baud) {}

        @Override
        public void drain() {}

        @Override
        public void close() {}
    }
}
