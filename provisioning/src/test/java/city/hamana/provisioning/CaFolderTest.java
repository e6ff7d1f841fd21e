package city.hamana.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Role;
import java.io.FileReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaFolderTest {
    private static final char[] PASSPHRASE = "a long passphrase".toCharArray();
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aCaSignsAgainAfterARestartAndDoesNotNeedTheRootKeyForIt() throws Exception {
        CaFolder made = CaFolder.create(folder, "Testville", PASSPHRASE, NOW);
        Files.delete(folder.resolve("root-key.pem"));
        CaFolder opened = CaFolder.open(folder, PASSPHRASE);
        assertEquals(made.fingerprint(), opened.fingerprint());
        var node = opened.issuing().identity("node-1", Role.NODE, List.of(), opened.trust(), NOW);
        assertEquals("node-1", made.trust().verify(node.certificate(), NOW).id());
    }

    @Test
    void theKeysAreEncryptedForTheirOwnerOnlyAndAnotherProgramCanOpenThem() throws Exception {
        CaFolder made = CaFolder.create(folder, "Testville", PASSPHRASE, NOW);
        for (String file : List.of("root-key.pem", "issuing-key.pem")) {
            Path key = folder.resolve(file);
            assertTrue(Files.readString(key).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        }
        try (PEMParser parser =
                new PEMParser(new FileReader(folder.resolve("issuing-key.pem").toFile(), StandardCharsets.US_ASCII))) {
            PrivateKeyInfo opened = ((PKCS8EncryptedPrivateKeyInfo) parser.readObject())
                    .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(PASSPHRASE));
            assertEquals(
                    PrivateKeyInfo.getInstance(made.issuing().privateKey().getEncoded())
                            .getPrivateKeyAlgorithm(),
                    opened.getPrivateKeyAlgorithm());
        }
    }

    @Test
    void aWrongPassphraseIsSaidInOneLineWithoutIt() {
        CaFolder.create(folder, "Testville", PASSPHRASE, NOW);
        String message = assertThrows(ProvisioningException.class, () -> CaFolder.open(folder, "guess".toCharArray()))
                .getMessage();
        assertTrue(message.contains("does not open with this passphrase"), message);
        assertFalse(message.contains("guess"));
        assertFalse(message.contains("\n"));
    }

    @Test
    void aCaIsNeverOverwritten() {
        CaFolder made = CaFolder.create(folder, "Testville", PASSPHRASE, NOW);
        assertThrows(ProvisioningException.class, () -> CaFolder.create(folder, "Testville", PASSPHRASE, NOW));
        assertEquals(made.fingerprint(), CaFolder.open(folder, PASSPHRASE).fingerprint());
    }
}
