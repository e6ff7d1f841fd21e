package city.hamana.meter.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import city.hamana.meter.line.Answers.Answer;
import city.hamana.meter.line.Answers.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
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
            bytes = HexFormat.of().parseHex(hex);
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
