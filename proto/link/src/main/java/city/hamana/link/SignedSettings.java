package city.hamana.link;

import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.v1.Attested;
import city.hamana.messages.v1.RemoteSettings;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/** Remote settings as they travel: signed by city hall, verified by the one device they are for. */
public final class SignedSettings {
    private SignedSettings() {}

    /** Signed, with the signer's certificate. */
    public static byte[] attest(RemoteSettings settings, DeviceIdentity signer) {
        return Attested.newBuilder()
                .setEnvelope(ByteString.copyFrom(signer.seal(PayloadType.SETTINGS, settings.toByteArray())))
                .setCertificate(ByteString.copyFrom(Certificates.der(signer.certificate())))
                .build()
                .toByteArray();
    }

    /**
     * The settings, once it is certain that city hall has signed them for this device.
     *
     * @throws MalformedException if they are no such settings
     * @throws TrustException if the city's CA does not vouch for the signer
     */
    static RemoteSettings verify(byte[] attested, DeviceIdentity me, CertificateTime time) {
        try {
            Attested parts = Attested.parseFrom(attested);
            Trust.Peer signer =
                    time.verify(Certificates.parse(parts.getCertificate().toByteArray()), me.trust());
            if (signer.role() != Role.AGGREGATOR) {
                throw MalformedException.of("settings signed by " + signer.id() + " as " + signer.role());
            }
            byte[] payload =
                    Dsse.open(Dsse.parse(parts.getEnvelope().toByteArray()), PayloadType.SETTINGS, signer.key());
            RemoteSettings settings = RemoteSettings.parseFrom(payload);
            if (!settings.getDeviceId().equals(me.deviceId())) {
                throw MalformedException.of("settings for " + settings.getDeviceId() + ", not for " + me.deviceId());
            }
            return settings;
        } catch (InvalidProtocolBufferException e) {
            throw MalformedException.of("not remote settings", e);
        }
    }
}
