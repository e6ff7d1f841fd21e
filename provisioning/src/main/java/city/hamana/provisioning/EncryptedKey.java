package city.hamana.provisioning;

import city.hamana.link.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * A CA's private key at rest: PKCS#8 EncryptedPrivateKeyInfo (RFC 5958) under PBES2 (RFC 8018) with
 * PBKDF2-HMAC-SHA256, 600,000 rounds, and AES-256-CBC; PEM, mode 0600. OpenSSL reads it as well.
 */
final class EncryptedKey {
    private static final String TYPE = "ENCRYPTED PRIVATE KEY";
    private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
    private static final int ROUNDS = 600_000;
    private static final int SALT_BYTES = 16;

    private EncryptedKey() {}

    static void write(Path file, PrivateKey key, char[] passphrase) {
        try {
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            Cipher cipher = Cipher.getInstance(SCHEME);
            cipher.init(Cipher.ENCRYPT_MODE, secret(passphrase), new PBEParameterSpec(salt, ROUNDS));
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
            byte[] encrypted = cipher.doFinal(key.getEncoded());
            Pem.replaceSecret(file, Pem.text(TYPE, new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw ProvisioningException.of(file, "the key cannot be encrypted", e);
        }
    }

    /**
     * The key of a file.
     *
     * @throws ProvisioningException if the passphrase is wrong or the file is no such key
     */
    static PrivateKey read(Path file, char[] passphrase) {
        Pem.requireSecret(file);
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(Pem.block(file, TYPE));
            Cipher cipher = Cipher.getInstance(SCHEME);
            cipher.init(Cipher.DECRYPT_MODE, secret(passphrase), info.getAlgParameters());
            return KeyFactory.getInstance("EC").generatePrivate(info.getKeySpec(cipher));
        } catch (GeneralSecurityException | IOException e) {
            throw ProvisioningException.of(file, "the key does not open with this passphrase", e);
        }
    }

    private static SecretKey secret(char[] passphrase) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(passphrase));
    }
}
