package city.hamana.link;

import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.v1.Attested;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

/** What city hall tells one device, as it travels: signed by city hall, with its certificate. */
final class CityHall {
    private CityHall() {}

    static byte[] attest(PayloadType type, MessageLite said, DeviceIdentity signer) {
        return Attested.newBuilder()
                .setEnvelope(ByteString.copyFrom(signer.seal(type, said.toByteArray())))
                .setCertificate(ByteString.copyFrom(Certificates.der(signer.certificate())))
                .build()
                .toByteArray();
    }

    /**
     * What was said, once it is certain that city hall has signed it; for whom is for the caller to see.
     *
     * @throws MalformedException if it is nothing of this type
     * @throws TrustException if the city's CA does not vouch for the signer
     */
    static <M> M verify(PayloadType type, Parser<M> parser, byte[] attested, DeviceIdentity me, CertificateTime time) {
        try {
            Attested parts = Attested.parseFrom(attested);
            Trust.Peer signer =
                    time.verify(Certificates.parse(parts.getCertificate().toByteArray()), me.trust());
            if (signer.role() != Role.AGGREGATOR) {
                throw MalformedException.of("signed by " + signer.id() + " as " + signer.role());
            }
            return parser.parseFrom(Dsse.open(Dsse.parse(parts.getEnvelope().toByteArray()), type, signer.key()));
        } catch (InvalidProtocolBufferException e) {
            throw MalformedException.of("not what " + type.uri() + " is", e);
        }
    }

    /** Refuses what city hall has said to another device. */
    static void meant(String device, DeviceIdentity me) {
        if (!device.equals(me.deviceId())) {
            throw MalformedException.of("meant for " + device + ", not for " + me.deviceId());
        }
    }
}
