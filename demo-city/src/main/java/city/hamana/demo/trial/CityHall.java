package city.hamana.demo.trial;

import city.hamana.demo.city.DemoCity;
import city.hamana.demo.trial.Known.Meter;
import city.hamana.demo.trial.Known.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What city hall answers to programs. */
final class CityHall implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_PAGE = 50_000;
    private static final int MOST_PAGES = 1_000;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final DemoCity city;
    private final HttpClient http;

    CityHall(DemoCity city) {
        this.city = city;
        this.http = HttpClient.newBuilder()
                .sslContext(city.trust().sslContext())
                .connectTimeout(PATIENCE)
                .build();
    }

    /**
     * Every volume held of a meter, in litres.
     *
     * @throws IOException if city hall does not answer so
     */
    List<Reading> held(Meter meter) throws IOException, InterruptedException {
        List<Reading> held = new ArrayList<>();
        Optional<String> from = Optional.of("2000-01-01T00:00:00Z");
        for (int page = 0; page < MOST_PAGES && from.isPresent(); page++) {
            Optional<JsonNode> answer = get("/api/v1/series/" + meter.name() + "/volume?from=" + from.get()
                    + "&to=2100-01-01T00:00:00Z&limit=" + LONGEST_PAGE);
            answer.ifPresent(series -> series.path("samples").forEach(sample -> held.add(reading(sample))));
            from = answer.map(series -> series.path("next"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText);
        }
        return held;
    }

    /** The answer to a GET; empty where there is no such thing. */
    Optional<JsonNode> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(city.people(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + city.passwords().token())
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.statusCode() != OK) {
            throw new IOException(path + " is answered with " + answer.statusCode());
        }
        return Optional.of(JSON.readTree(answer.body()));
    }

    @Override
    public void close() {
        http.close();
    }

    private static Reading reading(JsonNode sample) {
        BigDecimal cubicMetres = new BigDecimal(sample.path("value").asText());
        return new Reading(
                Instant.parse(sample.path("at").asText()),
                cubicMetres.movePointRight(3).longValueExact());
    }
}
