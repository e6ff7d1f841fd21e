package city.hamana.capability.notices;

import city.hamana.link.Pem;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** By what push services know the city: tokens signed with a key that stays the same (VAPID, RFC 8292). */
final class Vapid {
    /** Well below the 24 hours that RFC 8292 §2 allows, so that a clock a little off does no harm. */
    private static final Duration LIFE = Duration.ofHours(12);

    private final ECKey key;
    private final String contact;

    private Vapid(ECKey key, String contact) {
        this.key = key;
        this.contact = contact;
    }

    /**
     * Reads the key, or makes it where there is none: browsers keep to the key they were given, so it is made once.
     *
     * @throws IllegalArgumentException if the file holds no key, or others may read it
     */
    static Vapid of(ChannelSettings.PushSender sender) {
        try {
            if (!Files.exists(sender.keyFile())) {
                Pem.replaceSecret(
                        sender.keyFile(),
                        new ECKeyGenerator(Curve.P_256).generate().toJSONString() + "\n");
            }
            ECKey key = ECKey.parse(ChannelSettings.secret(sender.keyFile()));
            if (!key.getCurve().equals(Curve.P_256) || !key.isPrivate()) {
                throw new IllegalArgumentException(sender.keyFile() + " holds no private key on P-256");
            }
            return new Vapid(key, sender.contact());
        } catch (ParseException e) {
            throw new IllegalArgumentException(sender.keyFile() + " holds no key (JWK)", e);
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** As browsers and push services want it: the point, base64url. */
    String publicKey() {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(PushCipher.point(key.toECPublicKey()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The header {@code Authorization} for a push service. */
    String authorization(Endpoint endpoint, Instant now) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .audience(endpoint.origin())
                .claim("exp", now.plus(LIFE).getEpochSecond())
                .subject(contact)
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key on P-256 signs", e);
        }
        return "vapid t=" + token.serialize() + ", k=" + publicKey();
    }
}
