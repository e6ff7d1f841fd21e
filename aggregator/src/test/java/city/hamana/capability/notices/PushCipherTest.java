package city.hamana.capability.notices;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushCipherTest {
    private static final String BROWSER =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    @Test
    void theExampleOfRfc8291ComesOutByteForByte() throws GeneralSecurityException, JOSEException {
        byte[] point = bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        KeyPair sender = new ECKey.Builder(
                        Curve.P_256,
                        Base64URL.encode(Arrays.copyOfRange(point, 1, 33)),
                        Base64URL.encode(Arrays.copyOfRange(point, 33, 65)))
                .d(new Base64URL("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
                .build()
                .toKeyPair();
        byte[] body = PushCipher.encrypt(
                "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII),
                PushCipher.key(bytes(BROWSER)).orElseThrow(),
                bytes("BTBZMqHH6r4Tts7J_aSIgg"),
                sender,
                bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        assertEquals(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                        + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                        + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
                Base64.getUrlEncoder().withoutPadding().encodeToString(body));
    }

    @Test
    void aKeyIsAPointOfTheCurveOrNone() {
        ECPublicKey key = PushCipher.key(bytes(BROWSER)).orElseThrow();
        assertArrayEquals(bytes(BROWSER), PushCipher.point(key));
        byte[] beside = bytes(BROWSER);
        beside[64] ^= 1;
        assertEquals(Optional.empty(), PushCipher.key(beside));
        assertEquals(Optional.empty(), PushCipher.key(new byte[65]));
        assertEquals(Optional.empty(), PushCipher.key(new byte[0]));
    }

    @Test
    void theLongestTextFillsOneRecordAndALongerOneIsRefused() {
        ECPublicKey key = PushCipher.key(bytes(BROWSER)).orElseThrow();
        byte[] secret = new byte[PushCipher.SECRET_BYTES];
        assertEquals(4_096, PushCipher.encrypt(new byte[PushCipher.LONGEST_BYTES], key, secret).length);
        byte[] longer = new byte[PushCipher.LONGEST_BYTES + 1];
        assertThrows(IllegalArgumentException.class, () -> PushCipher.encrypt(longer, key, secret));
    }

    private static byte[] bytes(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }
}
