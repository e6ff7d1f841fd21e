package city.hamana.link;

import city.hamana.messages.PayloadType;
import city.hamana.messages.v1.Command;

/** A command as it travels: signed by city hall, verified by the one device it is for. */
public final class SignedCommand {
    private SignedCommand() {}

    /** Signed, with the signer's certificate. */
    public static byte[] attest(Command command, DeviceIdentity signer) {
        return CityHall.attest(PayloadType.COMMAND, command, signer);
    }

    /**
     * The command, once it is certain that city hall has signed it for this device. Whether it is new and its time is
     * not over is for the device to see.
     *
     * @throws city.hamana.messages.MalformedException if it is no such command
     * @throws TrustException if the city's CA does not vouch for the signer
     */
    public static Command verify(byte[] attested, DeviceIdentity me, CertificateTime time) {
        Command command = CityHall.verify(PayloadType.COMMAND, Command.parser(), attested, me, time);
        CityHall.meant(command.getDeviceId(), me);
        return command;
    }
}
