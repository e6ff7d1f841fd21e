package city.hamana.gateway.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.gateway.simulator.Simulator;
import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask, over a real line: SNMPv2c and SNMPv3, right keys and wrong ones, and where the keys are kept. */
class AccessTest {
    private static final String V3 = """
            access-points=hall
            hall-address=udp://127.0.0.1:%d
            hall-user=hamana
            hall-auth=%s
            hall-priv=%s
            snmp-timeout-ms=3000
            snmp-retries=0
            """;
    private static final String SECRETS = "hall-auth-passphrase=SIMULATED-auth\nhall-priv-passphrase=SIMULATED-priv\n";

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({"sha-1,aes-128", "sha-1,aes-256", "sha-256,aes-128", "sha-256,aes-256", "sha-512,aes-256c"})
    void anAgentIsReadOverSnmpV3WithEveryPairOfProtocols(String auth, String priv) throws IOException {
        try (Simulator agent = site().simulator("hall-auth=" + auth + "\nhall-priv=" + priv)) {
            AccessPoint hall = v3(agent, "hamana", auth, priv, SECRETS);
            Snapshot said = hall.ask(Instant.now()).orElseThrow();
            assertEquals("SIMULATED AP", said.device().facts().model());
            assertEquals(Map.of(), hall.faults());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hamana,wrong-passphrase,SIMULATED-priv,snmp.auth",
        // AES has no check of its own: what comes out is no message to the agent, so it is silent.
        "hamana,SIMULATED-auth,wrong-passphrase,snmp.timeout",
        "somebody,SIMULATED-auth,SIMULATED-priv,snmp.unknown-user"
    })
    void wrongKeysAreCountedUnderTheirOwnNames(String user, String auth, String priv, String name) throws IOException {
        try (Simulator agent = site().simulator("")) {
            String secrets = "hall-auth-passphrase=%s\nhall-priv-passphrase=%s\n".formatted(auth, priv);
            AccessPoint hall = v3(agent, user, "sha-256", "aes-128", secrets);
            assertTrue(hall.ask(Instant.now()).isEmpty());
            assertEquals(Map.of(name, 1L), hall.faults());
        }
    }

    @Test
    void anAgentThatDoesNotKnowTheCommunityIsSilent() throws IOException {
        try (Simulator agent = site().simulator("hall-community=another")) {
            AccessPoint hall = Site.accessPoint(site().v2c(agent.ports().getFirst()));
            assertTrue(hall.ask(Instant.now()).isEmpty());
            assertEquals(Map.of("snmp.timeout", 1L), hall.faults());
        }
    }

    @Test
    void secretsAreNeitherPrintedNorInWhatIsRefused() throws IOException {
        WifiSettings settings = site().settings(V3.formatted(161, "sha-1", "aes-128"), SECRETS);
        assertFalse(settings.toString().contains("SIMULATED"), settings.toString());
        String refusal = assertThrows(
                        IllegalArgumentException.class,
                        () -> site().settings(
                                        V3.formatted(161, "sha-1", "aes-128"),
                                        "hall-auth-passphrase=secret\nhall-priv-passphrase=secret\n"))
                .getMessage();
        assertTrue(refusal.contains("hall-auth-passphrase is shorter than 8"), refusal);
    }

    @Test
    void aFileOfSecretsThatOthersMayReadIsRefused() throws IOException {
        site().settings(V3.formatted(161, "sha-1", "aes-128"), SECRETS);
        Files.setPosixFilePermissions(
                site().file("edge-gateway.secrets"), PosixFilePermissions.fromString("rw-r--r--"));
        String refusal = assertThrows(
                        IllegalArgumentException.class,
                        () -> WifiSettings.read(Settings.read(site().file("gateway.properties"))))
                .getMessage();
        assertTrue(refusal.contains("chmod 0600"), refusal);
    }

    @Test
    void aSecretThatBelongsToNobodyIsRefused() {
        SettingsException refusal = assertThrows(
                SettingsException.class,
                () -> site().settings(V3.formatted(161, "sha-1", "aes-128"), SECRETS + "lobby-community=x\n"));
        assertTrue(refusal.getMessage().contains("lobby-community is not a setting"), refusal.getMessage());
    }

    private Site site() {
        return new Site(dir);
    }

    private AccessPoint v3(Simulator agent, String user, String auth, String priv, String secrets) throws IOException {
        String text = V3.formatted(agent.ports().getFirst(), auth, priv).replace("user=hamana", "user=" + user);
        return Site.accessPoint(site().settings(text, secrets));
    }
}
