package city.hamana.messages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.v1.Envelope;
import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The published numbers are those of the DSSE specification, protocol.md, "Test Vectors". */
class DsseTest {
    private static final String TYPE = "http://example.com/HelloWorld";
    private static final byte[] BODY = "hello world".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PUBLISHED = Base64.getDecoder()
            .decode("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==");

    private final ECPrivateKey publishedKey =
            privateKey("97358161215184420915383655311931858321456579547487070936769975997791359926199");
    private final ECPublicKey publishedPublicKey = publicKey(
            "46950820868899156662930047687818585632848591499744589407958293238635476079160",
            "5640078356564379163099075877009565129882514886557779369047442380624545832820");
    private final KeyPair other = newKey();

    @Test
    void thePreAuthenticationEncodingIsThePublishedOne() {
        assertEquals(
                "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
                new String(Dsse.pae(TYPE, BODY), StandardCharsets.UTF_8));
    }

    @Test
    void lengthsInThePreAuthenticationEncodingCountBytesNotCharacters() {
        assertEquals(
                "DSSEv1 6 水道 3 水",
                new String(Dsse.pae("水道", "水".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
    }

    @Test
    void thePublishedSignatureIsMadeToTheByte() {
        assertArrayEquals(PUBLISHED, Dsse.sign(Dsse.pae(TYPE, BODY), publishedKey));
    }

    @Test
    void thePublishedSignatureIsAccepted() {
        assertTrue(Dsse.verify(Dsse.pae(TYPE, BODY), PUBLISHED, publishedPublicKey));
    }

    @Test
    void aSignatureWithAnyBitTurnedIsRefused() {
        for (int bit = 0; bit < PUBLISHED.length * 8; bit++) {
            byte[] broken = PUBLISHED.clone();
            broken[bit / 8] ^= (byte) (1 << (bit % 8));
            assertFalse(Dsse.verify(Dsse.pae(TYPE, BODY), broken, publishedPublicKey), "bit " + bit);
        }
    }

    @Test
    void theOtherValidHalfOfASignatureIsRefusedSoThatAnEnvelopeHasOneName() {
        BigInteger order = new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
        byte[] turned = PUBLISHED.clone();
        byte[] highS = order.subtract(new BigInteger(1, PUBLISHED, 32, 32)).toByteArray();
        System.arraycopy(highS, highS.length - 32, turned, 32, 32);

        assertFalse(Dsse.verify(Dsse.pae(TYPE, BODY), turned, publishedPublicKey));
    }

    @Test
    void signaturesOfOtherLengthsOfOtherKeysAndOfZerosAreRefused() {
        byte[] message = Dsse.pae(TYPE, BODY);
        assertFalse(Dsse.verify(message, new byte[0], publishedPublicKey));
        assertFalse(Dsse.verify(message, new byte[63], publishedPublicKey));
        assertFalse(Dsse.verify(message, new byte[64], publishedPublicKey));
        assertFalse(Dsse.verify(message, new byte[65], publishedPublicKey));
        assertFalse(Dsse.verify(message, PUBLISHED, other.getPublic()));
    }

    @Test
    void aKeyOnAnotherCurveVerifiesNothing() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        assertFalse(Dsse.verify(
                Dsse.pae(TYPE, BODY), PUBLISHED, generator.generateKeyPair().getPublic()));
    }

    @Test
    void whatWasSealedIsOpenedByItsKeyOnly() {
        byte[] sealed = Dsse.seal(PayloadType.BLOCK, BODY, publishedKey, Dsse.keyid(publishedPublicKey));
        Envelope envelope = Dsse.parse(sealed);

        assertArrayEquals(BODY, Dsse.open(envelope, PayloadType.BLOCK, publishedPublicKey));
        assertEquals(Dsse.keyid(publishedPublicKey), Dsse.claimedKeyid(envelope));
        assertThrows(MalformedException.class, () -> Dsse.open(envelope, PayloadType.BLOCK, other.getPublic()));
    }

    @Test
    void aReceiptCannotPassForABlock() {
        Envelope receipt = Dsse.parse(Dsse.seal(PayloadType.RECEIPT, BODY, publishedKey, "k"));
        Envelope relabelled =
                receipt.toBuilder().setPayloadType(PayloadType.BLOCK.uri()).build();

        assertThrows(MalformedException.class, () -> Dsse.open(receipt, PayloadType.BLOCK, publishedPublicKey));
        assertThrows(MalformedException.class, () -> Dsse.open(relabelled, PayloadType.BLOCK, publishedPublicKey));
    }

    @Test
    void anEnvelopeWithNoSignatureWithTwoOrWithBytesAddedIsRefused() {
        Envelope good = Dsse.parse(Dsse.seal(PayloadType.BLOCK, BODY, publishedKey, "k"));
        byte[] none = good.toBuilder().clearSignatures().build().toByteArray();
        byte[] two =
                good.toBuilder().addSignatures(good.getSignatures(0)).build().toByteArray();
        byte[] added = ByteString.copyFrom(good.toByteArray())
                .concat(ByteString.copyFrom(new byte[] {0x78, 0x01}))
                .toByteArray();

        for (byte[] bad : new byte[][] {none, two, added, new byte[0], {(byte) 0xff}}) {
            assertThrows(MalformedException.class, () -> Dsse.parse(bad));
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static ECPrivateKey privateKey(String d) {
        try {
            return (ECPrivateKey)
                    KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(new BigInteger(d), p256()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECPublicKey publicKey(String x, String y) {
        try {
            ECPoint point = new ECPoint(new BigInteger(x), new BigInteger(y));
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, p256()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
