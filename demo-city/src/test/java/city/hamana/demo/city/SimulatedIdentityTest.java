package city.hamana.demo.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedIdentityTest {
    private static final String ASKED = "/authorize?client_id=kosai-city&response_type=code&scope=openid"
            + "&redirect_uri=https%3A%2F%2Flocalhost%3A8443%2Fsign-in%2Fprovider%2Fback"
            + "&state=0123456789012345678901&nonce=0123456789012345678901&code_challenge_method=S256"
            + "&code_challenge=0123456789012345678901234567890123456789012";

    @TempDir
    private Path city;

    @Test
    void itKeepsItsNameOverAStartAndPutsTheCitysKeyForItsOwnerAlone() throws IOException {
        URI first;
        try (SimulatedIdentity identity = SimulatedIdentity.in(city, 8443)) {
            first = identity.address();
            assertTrue(identity.settings().contains("oidc-issuer=" + first), identity.settings());
        }
        try (SimulatedIdentity again = SimulatedIdentity.in(city, 8443)) {
            assertEquals(first, again.address());
        }
        Path key = city.resolve("aggregator/oidc.pem");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    }

    @Test
    void itSaysThatItIsSimulatedAndSendsBackWhomAVisitorChooses() throws IOException, InterruptedException {
        try (SimulatedIdentity identity = SimulatedIdentity.in(city, 8443);
                HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> page = get(browser, identity.address().resolve(ASKED));
            assertTrue(page.body().contains("SIMULATED") && page.body().contains("湖西 花子"), page.body());
            HttpResponse<String> back = get(browser, identity.address().resolve(ASKED + "&as=simulated-1"));
            String location = back.headers().firstValue("Location").orElse("");
            assertTrue(location.startsWith("https://localhost:8443/sign-in/provider/back?"), location);
            assertTrue(location.contains("code="), location);
            HttpResponse<String> foreign =
                    get(browser, identity.address().resolve(ASKED.replace("localhost%3A8443", "elsewhere.example")));
            assertEquals(400, foreign.statusCode());
        }
    }

    private static HttpResponse<String> get(HttpClient browser, URI address) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
