package city.hamana.meter.telegram;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TelegramPropertiesTest {
    private final TelegramDecoder decoder = new TelegramDecoder();

    @Property(tries = 2000)
    void anyBytesAreAValueOrANamedError(@ForAll @Size(max = 300) byte[] bytes) {
        accept(decoder.decode(bytes));
        accept(decoder.decode(bytes, RadioTelegram.hex(RadioTelegram.KEY)));
    }

    @Property(tries = 2000)
    void anyApplicationDataAreAValueOrANamedError(
            @ForAll @Size(max = 240) byte[] bytes, @ForAll("structures") String ci) {
        accept(decoder.decode(RadioTelegram.frame(ci + RadioTelegram.text(bytes))));
    }

    @Property(tries = 3000)
    void aRealFrameWithAnyBytesChangedIsAValueOrANamedError(
            @ForAll("realFrames") byte[] frame,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 255) Integer> places,
            @ForAll byte change) {
        byte[] mutated = frame.clone();
        places.forEach(p -> mutated[p % mutated.length] ^= change);
        accept(decoder.decode(mutated));
        repairChecksum(mutated);
        accept(decoder.decode(mutated));
    }

    @Provide
    Arbitrary<String> structures() {
        return Arbitraries.of("72", "73", "78", "79", "7A", "7B", "8C", "8D", "8E", "8F", "90", "70", "69");
    }

    @Provide
    Arbitrary<byte[]> realFrames() throws Exception {
        List<byte[]> frames = new ArrayList<>();
        for (Path file : LibmbusFramesTest.frames()) {
            frames.add(LibmbusFramesTest.bytes(file));
        }
        return Arbitraries.of(frames);
    }

    /** Without this the checksum would keep the changes from the deeper layers. */
    private static void repairChecksum(byte[] frame) {
        frame[frame.length - 2] = (byte) LongFrame.sum(frame, 4, frame.length - 2);
    }

    private static void accept(Decoding decoding) {
        switch (decoding) {
            case Telegram telegram -> assertFalse(telegram.records().isEmpty());
            case Undecodable undecodable -> assertFalse(undecodable.error().isBlank());
        }
    }
}
