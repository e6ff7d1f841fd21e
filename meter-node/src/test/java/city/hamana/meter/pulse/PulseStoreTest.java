package city.hamana.meter.pulse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulseStoreTest {
    private static final int PLACE = 32;

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = dir.resolve("counts").resolve("meter.pulses");
    }

    @Test
    void whatWasAddedOutlivesAProgramThatIsKilled() {
        // Never closed, as after kill -9.
        PulseStore killed = PulseStore.open(file);
        killed.add(3);
        killed.add(4);
        try (PulseStore again = PulseStore.open(file)) {
            assertEquals(7, again.count());
        }
    }

    @Test
    void aPlaceThatAPowerCutSpoiledCostsWhatCameSinceTheLastForce() throws IOException {
        PulseStore store = PulseStore.open(file);
        for (int i = 0; i < 5; i++) {
            store.add(10);
            store.force();
        }
        store.add(1);
        byte[] bytes = Files.readAllBytes(file);
        for (int place = 0; place < 2; place++) {
            byte[] spoiled = bytes.clone();
            spoiled[place * PLACE + 9] ^= 1;
            Files.write(file, spoiled);
            try (PulseStore again = PulseStore.open(file)) {
                assertTrue(again.count() == 50 || again.count() == 51, "count " + again.count());
            }
        }
        Files.write(file, bytes);
        try (PulseStore again = PulseStore.open(file)) {
            assertEquals(51, again.count());
        }
    }

    @Test
    void aFileThatIsDamagedInBothPlacesIsNotBegunAnew() throws IOException {
        PulseStore.open(file).close();
        Files.write(file, new byte[2 * PLACE]);
        String message = assertThrows(PulseStoreException.class, () -> PulseStore.open(file))
                .getMessage();
        assertTrue(message.contains("start-litres"), message);
    }

    @Test
    void aFileThatAPowerCutLeftEmptyIsBegun() throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        try (PulseStore store = PulseStore.open(file)) {
            assertEquals(0, store.count());
        }
    }
}
