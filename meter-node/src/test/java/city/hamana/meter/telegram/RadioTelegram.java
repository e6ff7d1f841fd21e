package city.hamana.meter.telegram;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** Builds wireless telegrams of an invented meter, HMN 12345678, as a meter would. */
final class RadioTelegram {
    static final String KEY = "000102030405060708090A0B0C0D0E0F";
    static final String METER = "AE21" + "78563412" + "01" + "07";
    static final String RECORDS = "0C1378563412" + "046D0B0BCD13";

    private RadioTelegram() {}

    /** L, C and address before the given rest. */
    static byte[] frame(String rest) {
        byte[] content = hex("44" + METER + rest);
        return join(new byte[] {(byte) content.length}, content);
    }

    static byte[] formatA(byte[] frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int size = 10; from < frame.length; size = Math.min(16, frame.length - from)) {
            checked(out, Arrays.copyOfRange(frame, from, from + size));
            from += size;
        }
        return out.toByteArray();
    }

    static byte[] formatB(byte[] frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] counted = frame.clone();
        int first = Math.min(126, frame.length);
        counted[0] = (byte) (frame.length - 1 + (frame.length > first ? 4 : 2));
        checked(out, Arrays.copyOf(counted, first));
        if (frame.length > first) {
            checked(out, Arrays.copyOfRange(counted, first, frame.length));
        }
        return out.toByteArray();
    }

    /** Security mode 5 with a short header. */
    static byte[] modeFive(String records) {
        byte[] plain = padded("2F2F" + records);
        String header = "7A2A00" + "%02X05".formatted(plain.length);
        byte[] initial = hex(METER + "2A".repeat(8));
        return frame(header + text(aes("AES/CBC/NoPadding", hex(KEY), initial, plain)));
    }

    /** Security mode 7 behind an authentication layer with an 8-byte MAC. */
    static byte[] modeSeven(String records) {
        byte[] counter = hex("B30A0000");
        byte[] padding = hex("07070707070707");
        byte[] id = hex("78563412");
        byte[] plain = padded("2F2F" + records);
        byte[] cipherKey = mac(hex(KEY), hex("00"), counter, id, padding);
        byte[] macKey = mac(hex(KEY), hex("01"), counter, id, padding);
        String message = "7A2A00" + "%02X07".formatted(plain.length) + "10"
                + text(aes("AES/CBC/NoPadding", cipherKey, new byte[16], plain));
        byte[] mac = Arrays.copyOf(mac(macKey, hex("25"), counter, hex(message)), 8);
        return frame("90" + "0F" + "002C" + "25" + text(counter) + text(mac) + message);
    }

    /** The extended link layer's own cipher, as Kamstrup uses it. */
    static byte[] session(String application) {
        byte[] plain = hex(application);
        int crc = Crc.of(plain);
        byte[] payload = join(new byte[] {(byte) crc, (byte) (crc >> 8)}, plain);
        byte[] initial = hex(METER + "20" + "CC8C3A20" + "000000");
        return frame("8D" + "20" + "79" + "CC8C3A20" + text(aes("AES/CTR/NoPadding", hex(KEY), initial, payload)));
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    static String text(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private static void checked(ByteArrayOutputStream out, byte[] block) {
        out.writeBytes(block);
        int crc = Crc.of(block);
        out.write(crc >> 8);
        out.write(crc);
    }

    private static byte[] padded(String records) {
        byte[] plain = hex(records);
        byte[] padded = Arrays.copyOf(plain, (plain.length + 15) / 16 * 16);
        Arrays.fill(padded, plain.length, padded.length, (byte) 0x2F);
        return padded;
    }

    private static byte[] mac(byte[] key, byte[]... parts) {
        CMac mac = new CMac(AESEngine.newInstance());
        mac.init(new KeyParameter(key));
        for (byte[] part : parts) {
            mac.update(part, 0, part.length);
        }
        byte[] result = new byte[16];
        mac.doFinal(result, 0);
        return result;
    }

    private static byte[] aes(String transformation, byte[] key, byte[] initial, byte[] plain) {
        try {
            Cipher aes = Cipher.getInstance(transformation);
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(initial));
            return aes.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
