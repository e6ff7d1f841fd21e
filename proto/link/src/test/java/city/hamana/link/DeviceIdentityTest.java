package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceIdentityTest {
    private final Instant now = Instant.now();
    private final CertificateAuthority root = CertificateAuthority.root("Testville", now);
    private final CertificateAuthority issuing = root.issuing("Testville", now);
    private final Trust trust = Trust.of(List.of(root.certificate(), issuing.certificate()));

    @TempDir
    Path folder;

    private DeviceIdentity identity(String id, Role role) {
        return issuing.identity(id, role, role.serves() ? List.of("localhost", "127.0.0.1") : List.of(), trust, now);
    }

    @Test
    void whatIsSavedIsLoadedAgainAndTheKeyIsForItsOwnerOnly() throws IOException {
        DeviceIdentity saved = identity("gw-1", Role.GATEWAY);
        saved.save(folder);
        DeviceIdentity loaded = DeviceIdentity.load(folder);
        assertEquals("gw-1", loaded.deviceId());
        assertEquals(Role.GATEWAY, loaded.role());
        assertEquals(saved.keyid(), loaded.keyid());
        assertEquals(saved.privateKey(), loaded.privateKey());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))));
        try (var files = Files.list(folder)) {
            assertEquals(3, files.count());
        }
    }

    @Test
    void aKeyThatOthersCanReadIsRefusedInOneLine() throws IOException {
        identity("gw-1", Role.GATEWAY).save(folder);
        Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        String message = loadingFails();
        assertTrue(message.contains("key.pem: is open to others"), message);
        assertFalse(message.contains("\n"));
    }

    @Test
    void aRenewalBrokenOffBetweenItsTwoRenamesIsCompletedByTheNextStart() throws IOException {
        identity("gw-1", Role.GATEWAY).save(folder);
        DeviceIdentity renewed = identity("gw-1", Role.GATEWAY);
        Path other = Files.createDirectory(folder.resolve("other"));
        renewed.save(other);
        Files.move(other.resolve("certificate.pem"), folder.resolve("certificate.pem.new"));
        Files.move(other.resolve("key.pem"), folder.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(renewed.keyid(), DeviceIdentity.load(folder).keyid());
        assertFalse(Files.exists(folder.resolve("certificate.pem.new")));
        assertEquals(renewed.keyid(), DeviceIdentity.load(folder).keyid());
    }

    @Test
    void aRenewalBrokenOffBeforeItsFirstRenameLeavesTheOldIdentity() throws IOException {
        DeviceIdentity old = identity("gw-1", Role.GATEWAY);
        old.save(folder);
        Files.writeString(folder.resolve("certificate.pem.new"), "-----BEGIN CERT");
        assertEquals(old.keyid(), DeviceIdentity.load(folder).keyid());
    }

    @Test
    void aForeignCertificateBesideTheKeyIsRefused() {
        identity("gw-1", Role.GATEWAY).save(folder);
        Path other = folder.resolve("other");
        identity("gw-2", Role.GATEWAY).save(other);
        copy(other, "certificate.pem");
        assertTrue(loadingFails().contains("does not belong to the private key"));
    }

    @Test
    void brokenAndMissingFilesAreNamed() throws IOException {
        assertTrue(loadingFails().contains("key.pem"));
        identity("gw-1", Role.GATEWAY).save(folder);
        Files.writeString(folder.resolve("ca.pem"), "nothing");
        assertTrue(loadingFails().contains("ca.pem"));
        Files.delete(folder.resolve("ca.pem"));
        assertTrue(loadingFails().contains("ca.pem"));
        Files.writeString(folder.resolve("key.pem"), "nothing");
        assertTrue(loadingFails().contains("key.pem"));
    }

    @Test
    void renewalIsDueAfterTwoThirdsOfTheLife() {
        DeviceIdentity gateway = identity("gw-1", Role.GATEWAY);
        assertFalse(gateway.renewalDue(now.plus(Duration.ofDays(200))));
        assertTrue(gateway.renewalDue(now.plus(Duration.ofDays(300))));
    }

    @Test
    void twoDevicesOfTheCityKnowEachOtherOverTls() throws Exception {
        String seen = handshake(identity("hall", Role.AGGREGATOR), identity("gw-1", Role.GATEWAY));
        assertEquals("CN=gw-1,OU=gateway", seen);
    }

    @Test
    void aNodeCannotPoseAsAServer() {
        assertThrows(
                SSLException.class, () -> handshake(identity("node-1", Role.NODE), identity("gw-1", Role.GATEWAY)));
    }

    @Test
    void aDeviceOfAnotherCityIsNotServed() {
        DeviceIdentity foreign =
                CertificateAuthority.root("Elsewhere", now).identity("gw-1", Role.GATEWAY, List.of(), now);
        assertThrows(SSLException.class, () -> handshake(identity("hall", Role.AGGREGATOR), foreign));
    }

    /** The client's name as the server saw it; both sides read and write a byte, so that TLS 1.3 has told its mind. */
    private static String handshake(DeviceIdentity server, DeviceIdentity client) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket) server.sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setNeedClientAuth(true);
            CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> serveOnce(listener));
            greet(client, listener.getLocalPort());
            return seen.get();
        }
    }

    private static void greet(DeviceIdentity client, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket)
                client.sslContext().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write('?');
            socket.getOutputStream().flush();
            if (socket.getInputStream().read() != '!') {
                throw new SSLException("no answer");
            }
        }
    }

    private static String serveOnce(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.getInputStream().read();
            String name = socket.getSession().getPeerPrincipal().getName();
            socket.getOutputStream().write("!".getBytes(StandardCharsets.UTF_8));
            return name;
        } catch (IOException e) {
            return "failed: " + e.getMessage();
        }
    }

    private void copy(Path from, String name) {
        try {
            Files.copy(from.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String loadingFails() {
        return assertThrows(IdentityException.class, () -> DeviceIdentity.load(folder))
                .getMessage();
    }
}
