package city.hamana.demo.city;

import city.hamana.link.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Whether something answers. */
public interface Probe {
    Duration PATIENCE = Duration.ofSeconds(5);

    boolean answers() throws InterruptedException;

    /** A GET over TLS, believing the city's CA only, is answered with 200. */
    static Probe https(URI address, Trust trust) {
        return () -> body(HttpRequest.newBuilder(address), trust).isPresent();
    }

    /** Such a GET with a bearer token is answered with 200 and a text that holds this. */
    static Probe https(URI address, Trust trust, String token, String holds) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
        return () -> body(request, trust).filter(text -> text.contains(holds)).isPresent();
    }

    private static Optional<String> body(HttpRequest.Builder request, Trust trust) throws InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trust.sslContext())
                .connectTimeout(PATIENCE)
                .build()) {
            HttpResponse<String> answer =
                    client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A port of the loopback takes connections. */
    static Probe port(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            } catch (IOException e) {
                return false;
            }
        };
    }
}
