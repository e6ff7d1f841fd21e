package city.hamana.capability.notices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Answers as LINE's Messaging API does (developers.line.biz/en/reference/messaging-api: "Send push message", "Retrying
 * API requests", "Error responses"): it checks token, retry key, user and message, takes a retry key once, and keeps what
 * it took.
 */
final class LineServer implements AutoCloseable {
    static final String TOKEN = "channel-token";
    static final String SECRET = "channel-secret";

    private static final ObjectMapper JSON = new ObjectMapper();

    final Queue<JsonNode> pushed = new ConcurrentLinkedQueue<>();
    final Queue<JsonNode> replied = new ConcurrentLinkedQueue<>();

    /** Answers to be given before the next requests are looked at. */
    final Queue<Integer> troubles = new ConcurrentLinkedQueue<>();

    private final Set<UUID> keys = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    LineServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v2/bot/message/push", exchange -> answer(exchange, this::push));
        server.createContext("/v2/bot/message/reply", exchange -> answer(exchange, this::reply));
        server.start();
    }

    ChannelSettings.LineAccount account() {
        return new ChannelSettings.LineAccount(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), TOKEN, SECRET);
    }

    private record Said(int status, Map<String, ?> body) {}

    private interface Endpoint {
        Said take(HttpExchange exchange, JsonNode body);
    }

    private void answer(HttpExchange exchange, Endpoint endpoint) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        Integer trouble = troubles.poll();
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Said said = trouble != null
                ? new Said(trouble, Map.of("message", "trouble"))
                : known
                        ? endpoint.take(exchange, JSON.readTree(request))
                        : new Said(401, Map.of("message", "Authentication failed"));
        byte[] body = JSON.writeValueAsString(said.body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("X-Line-Request-Id", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(said.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Said push(HttpExchange exchange, JsonNode body) {
        String key = exchange.getRequestHeaders().getFirst("X-Line-Retry-Key");
        if (!body.path("to").asText().matches("U[0-9a-f]{32}")) {
            return new Said(400, Map.of("message", "The property, 'to', in the request body is invalid"));
        }
        if (!wellFormed(body.path("messages"))) {
            return new Said(400, Map.of("message", "The request body has 1 error(s)"));
        }
        if (key != null && !keys.add(UUID.fromString(key))) {
            return new Said(409, Map.of("message", "The retry key is already accepted"));
        }
        pushed.add(body);
        return new Said(200, Map.of("sentMessages", List.of(Map.of("id", "461230966842064897"))));
    }

    private Said reply(HttpExchange exchange, JsonNode body) {
        if (body.path("replyToken").asText().isEmpty() || !wellFormed(body.path("messages"))) {
            return new Said(400, Map.of("message", "Invalid reply token"));
        }
        replied.add(body);
        return new Said(200, Map.of("sentMessages", List.of(Map.of("id", "461230966842064898"))));
    }

    /** One to five messages, a text of at most 5,000 letters. */
    private static boolean wellFormed(JsonNode messages) {
        int length = messages.path(0).path("text").asText().length();
        return messages.size() >= 1
                && messages.size() <= 5
                && messages.path(0).path("type").asText().equals("text")
                && length > 0
                && length <= 5_000;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
