package city.hamana.meter.telegram;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES-128 as EN 13757-7 and OMS volume 2 use it. */
final class Cipher {
    static final int BLOCK = 16;

    private Cipher() {}

    static byte[] cbc(byte[] key, byte[] initial, byte[] encrypted) {
        return decrypt("AES/CBC/NoPadding", key, initial, encrypted);
    }

    static byte[] counter(byte[] key, byte[] initial, byte[] encrypted) {
        return decrypt("AES/CTR/NoPadding", key, initial, encrypted);
    }

    /** AES-CMAC (RFC 4493) over the parts in turn, 16 bytes. */
    static byte[] mac(byte[] key, byte[]... parts) {
        CMac mac = new CMac(AESEngine.newInstance());
        mac.init(new KeyParameter(key));
        for (byte[] part : parts) {
            mac.update(part, 0, part.length);
        }
        byte[] result = new byte[BLOCK];
        mac.doFinal(result, 0);
        return result;
    }

    /**
     * A key for one message of the meter (OMS volume 2, key derivation function A): CMAC over derivation constant, message counter, meter id
     * and seven bytes 07h.
     */
    static byte[] messageKey(byte[] masterKey, int constant, byte[] counter, byte[] id) {
        byte[] padding = new byte[7];
        Arrays.fill(padding, (byte) 7);
        return mac(masterKey, new byte[] {(byte) constant}, counter, id, padding);
    }

    private static byte[] decrypt(String transformation, byte[] key, byte[] initial, byte[] encrypted) {
        try {
            javax.crypto.Cipher aes = javax.crypto.Cipher.getInstance(transformation);
            aes.init(javax.crypto.Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(initial));
            return aes.doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + transformation, e);
        }
    }
}
