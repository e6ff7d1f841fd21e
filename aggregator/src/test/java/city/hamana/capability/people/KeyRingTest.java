package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.IdentityException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final byte[] SECRET = "twenty bytes of it..".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void aKeyIsMadeOnceForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("data/secrets.key");
        String sealed = KeyRing.of(file).seal(SECRET, "people_totp:7");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertArrayEquals(SECRET, KeyRing.of(file).open(sealed, "people_totp:7"), "after the next start");
        assertNotEquals(sealed, KeyRing.of(file).seal(SECRET, "people_totp:7"), "no two are alike");
    }

    @Test
    void itOpensForItsOwnerOnlyAndUnchangedOnly() {
        KeyRing ring = KeyRing.of(folder.resolve("secrets.key"));
        String sealed = ring.seal(SECRET, "people_totp:7");
        assertThrows(PeopleException.class, () -> ring.open(sealed, "people_totp:8"));
        char last = sealed.charAt(10) == 'A' ? 'B' : 'A';
        String changed = sealed.substring(0, 10) + last + sealed.substring(11);
        assertThrows(PeopleException.class, () -> ring.open(changed, "people_totp:7"));
        KeyRing other = KeyRing.of(folder.resolve("other.key"));
        PeopleException foreign = assertThrows(PeopleException.class, () -> other.open(sealed, "people_totp:7"));
        assertTrue(foreign.getMessage().contains("other.key"), foreign.getMessage());
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        Path file = folder.resolve("secrets.key");
        KeyRing.of(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(IdentityException.class, () -> KeyRing.of(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "k1\n", "k1 AAAA\n", "K_1 AAAA\n", "k1 not base64!\n"})
    void aFileWithoutKeysIsRefused(String text) throws IOException {
        Path file = folder.resolve("secrets.key");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
        assertThrows(PeopleException.class, () -> KeyRing.of(file));
    }
}
