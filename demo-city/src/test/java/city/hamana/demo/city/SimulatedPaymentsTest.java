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

/** The SIMULATED payment provider as the demonstration starts it. */
class SimulatedPaymentsTest {
    @TempDir
    private Path city;

    @Test
    void itKeepsItsPortOverAStartAndPutsTheCitysSecretsForTheirOwnerAlone() throws IOException {
        URI first;
        try (SimulatedPayments payments = SimulatedPayments.in(city, 8443)) {
            first = payments.address();
            assertTrue(payments.settings().contains("payment-api=" + first), payments.settings());
        }
        try (SimulatedPayments again = SimulatedPayments.in(city, 8443)) {
            assertEquals(first, again.address());
        }
        for (String file : new String[] {"payment.key", "payment.secret"}) {
            Path secret = city.resolve("aggregator").resolve(file);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
        }
    }

    @Test
    void itBeginsAPaymentForWhoHasTheKeyAndSaysThatItIsSimulated() throws IOException, InterruptedException {
        try (SimulatedPayments payments = SimulatedPayments.in(city, 8443);
                HttpClient client = HttpClient.newHttpClient()) {
            String key =
                    Files.readString(city.resolve("aggregator/payment.key")).strip();
            String wish = """
                    {"amount":5500,"method":"card","reference":"r","return_url":"https://localhost:8443/x"}
                    """;
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            payments.address().resolve("/v1/payments"))
                    .POST(HttpRequest.BodyPublishers.ofString(wish));
            assertEquals(401, send(client, request.copy().build()).statusCode());
            HttpResponse<String> begun = send(
                    client, request.header("Authorization", "Bearer " + key).build());
            assertEquals(201, begun.statusCode());
            String page = begun.body().replaceFirst("(?s).*\"redirect\":\"([^\"]+)\".*", "$1");
            HttpResponse<String> shown =
                    send(client, HttpRequest.newBuilder(URI.create(page)).build());
            assertTrue(shown.body().contains("SIMULATED") && shown.body().contains("5,500円"), shown.body());
        }
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
