package city.hamana.meter.simulator;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A simulated radio meter, HMN with a number of its own: plain transport header, security mode 5. Its key is its number
 * four times, as 32 hex digits, which no real meter's key should be.
 */
public final class RadioMeter {
    private static final int SEND_NO_REPLY = 0x44;
    private static final int SHORT_HEADER = 0x7A;
    private static final int MODE_FIVE = 5;
    private static final int BLOCK = 16;
    private static final byte FILLER = 0x2F;

    private final int id;
    private final byte[] key;
    private int accessNumber;

    /** With its own key. */
    public RadioMeter(int id) {
        this(id, HexFormat.of().parseHex("%08d".formatted(id).repeat(4)));
    }

    /** With another key. */
    public RadioMeter(int id, byte[] key) {
        this.id = id;
        this.key = key.clone();
    }

    /** As the city calls it. */
    public String name() {
        return Simulator.name(id);
    }

    /** The next telegram from the C field on, as a stick hands it over. */
    public byte[] telegram(long litres, int alarms) {
        accessNumber = accessNumber + 1 & 0xFF;
        byte[] address = address();
        byte[] sealed = sealed(address, records(litres, alarms));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(SEND_NO_REPLY);
        out.writeBytes(address);
        for (int octet : new int[] {SHORT_HEADER, accessNumber, 0, (sealed.length / BLOCK) << 4, MODE_FIVE}) {
            out.write(octet);
        }
        out.writeBytes(sealed);
        return out.toByteArray();
    }

    /** In the order of the radio link: manufacturer first. */
    private byte[] address() {
        byte[] wired = SlaveTelegram.identity(id);
        byte[] address = wired.clone();
        System.arraycopy(wired, 4, address, 0, 2);
        System.arraycopy(wired, 0, address, 2, 4);
        return address;
    }

    private static byte[] records(long litres, int alarms) {
        String text = "2F2F0C13" + little("%08d".formatted(litres % 100_000_000)) + "015B0F" + "02FD74B80B" + "02FD17"
                + little("%04X".formatted(alarms));
        byte[] records = HexFormat.of().parseHex(text);
        byte[] padded = Arrays.copyOf(records, (records.length + BLOCK - 1) / BLOCK * BLOCK);
        Arrays.fill(padded, records.length, padded.length, FILLER);
        return padded;
    }

    private byte[] sealed(byte[] address, byte[] plain) {
        byte[] initial = Arrays.copyOf(address, BLOCK);
        Arrays.fill(initial, address.length, BLOCK, (byte) accessNumber);
        try {
            Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(initial));
            return aes.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-CBC", e);
        }
    }

    /** Hex digits with the lowest byte first. */
    private static String little(String digits) {
        StringBuilder turned = new StringBuilder();
        for (int i = digits.length() - 2; i >= 0; i -= 2) {
            turned.append(digits, i, i + 2);
        }
        return turned.toString();
    }
}
