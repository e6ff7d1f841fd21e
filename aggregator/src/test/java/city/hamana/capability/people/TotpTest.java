package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest(name = "RFC 6238, appendix B, at {0} s: {1}")
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    void theStandardsOwnExamples(long seconds, String sha1, String sha256, String sha512) {
        long step = Totp.step(Instant.ofEpochSecond(seconds));
        assertEquals(sha1, Totp.code(longer(20), step, "HmacSHA1", 8));
        assertEquals(sha256, Totp.code(longer(32), step, "HmacSHA256", 8));
        assertEquals(sha512, Totp.code(longer(64), step, "HmacSHA512", 8));
        assertEquals(sha1.substring(2), Totp.code(SECRET, step));
    }

    @ParameterizedTest(name = "{0} s off: taken {1}")
    @CsvSource({"-60, false", "-30, true", "0, true", "30, true", "60, false"})
    void aClockMayBeOffByOneStep(int seconds, boolean taken) {
        Instant now = Instant.ofEpochSecond(2_000_000_015);
        String code = Totp.code(SECRET, Totp.step(now.plusSeconds(seconds)));
        assertEquals(taken, Totp.matching(SECRET, code, now, 0).isPresent());
    }

    @Test
    void aCodeAndAllBeforeItAreUsedUp() {
        Instant now = Instant.ofEpochSecond(2_000_000_015);
        long step = Totp.step(now);
        assertEquals(OptionalLong.of(step), Totp.matching(SECRET, Totp.code(SECRET, step), now, step - 1));
        assertEquals(OptionalLong.empty(), Totp.matching(SECRET, Totp.code(SECRET, step), now, step));
        assertEquals(OptionalLong.empty(), Totp.matching(SECRET, Totp.code(SECRET, step - 1), now, step));
        assertEquals(OptionalLong.empty(), Totp.matching(SECRET, "", now, 0));
    }

    @Test
    void anAppReadsTheKeyFromItsAddress() {
        String secret = Totp.base32(SECRET);
        assertEquals("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", secret);
        assertArrayEquals(SECRET, Totp.ofBase32(secret));
        assertEquals("otpauth://totp/Kosai%3A7?secret=" + secret + "&issuer=Kosai", Totp.uri(secret, "7"));
    }

    private static byte[] longer(int bytes) {
        return "1234567890".repeat(7).substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }
}
