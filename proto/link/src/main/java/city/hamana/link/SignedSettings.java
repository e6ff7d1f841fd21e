package city.hamana.link;

import city.hamana.messages.PayloadType;
import city.hamana.messages.v1.RemoteSettings;

/** Remote settings as they travel: signed by city hall, verified by the one device they are for. */
public final class SignedSettings {
    private SignedSettings() {}

    /** Signed, with the signer's certificate. */
    public static byte[] attest(RemoteSettings settings, DeviceIdentity signer) {
        return CityHall.attest(PayloadType.SETTINGS, settings, signer);
    }

    /**
     * The settings, once it is certain that city hall has signed them for this device.
     *
     * @throws city.hamana.messages.MalformedException if they are no such settings
     * @throws TrustException if the city's CA does not vouch for the signer
     */
    static RemoteSettings verify(byte[] attested, DeviceIdentity me, CertificateTime time) {
        RemoteSettings settings = CityHall.verify(PayloadType.SETTINGS, RemoteSettings.parser(), attested, me, time);
        CityHall.meant(settings.getDeviceId(), me);
        return settings;
    }
}
