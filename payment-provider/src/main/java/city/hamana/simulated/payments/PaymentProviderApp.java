package city.hamana.simulated.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * A payment provider that listens on real HTTP. {@code POST /v1/payments} begins one and says where to send the payer;
 * {@code GET /v1/payments/ID}, {@code POST …/cancel} and {@code …/refunds} do what they say; {@code GET
 * /v1/settlements/DAY} is the file of a day. Programs show {@code Authorization: Bearer KEY}; the same {@code
 * Idempotency-Key} twice does one thing. What happens is told to the shop by web-hooks, {@code Payment-Signature:
 * t=SECONDS,v1=HMAC-SHA256(secret, SECONDS.BODY)}.
 */
public final class PaymentProviderApp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_SALES = 10_000;
    private static final int LONGEST_BODY = 64 << 10;
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

    /** What the company keeps of every payment: 3.24 %, rounded down. */
    private static final long FEE_PER_100_000 = 3_240;

    private final HttpServer server;
    private final String key;
    private final Hooks hooks;
    private final Map<String, Sale> sales = new LinkedHashMap<>();
    private final Map<String, String> once = new HashMap<>();
    private volatile boolean down;

    /**
     * Listens on the loopback address at once.
     *
     * @param port 0 takes a free one
     * @param key by which the shop is known
     * @param secret with which web-hooks are signed
     * @param shop where they go
     * @param client by which they go; it trusts the shop's certificate, and is asked for when there is something to tell
     */
    public PaymentProviderApp(int port, String key, String secret, URI shop, Supplier<HttpClient> client) {
        this.key = key;
        this.hooks = new Hooks(client, shop, secret);
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/payments", exchange -> api(exchange, this::payments));
        server.createContext("/v1/settlements/", exchange -> api(exchange, this::settlement));
        server.createContext("/pay/", this::screen);
        server.createContext("/manners", this::manners);
        server.start();
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How it tells of things from now on. */
    public void behave(Manners manners) {
        hooks.manners(manners);
    }

    /** From now on programs get no answer but an error; or do again. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** How many web-hooks of a payment the shop has taken so far. */
    public int told(String payment) {
        return known(payment).taken();
    }

    /** How many of them it has not. */
    public int refused(String payment) {
        return known(payment).refused();
    }

    /** As if the payer had done it on the page: {@code accept}, {@code decline}, {@code cancel} or {@code abandon}. */
    public void answer(String payment, String answer) {
        Sale sale = known(payment);
        pending(sale);
        settle(sale, answer);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private interface Api {
        void answer(HttpExchange exchange, String body) throws IOException;
    }

    private void api(HttpExchange exchange, Api api) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (down) {
            json(exchange, 503, "{\"error\":\"down\"}");
        } else if (!("Bearer " + key).equals(shown)) {
            json(exchange, 401, "{\"error\":\"unknown key\"}");
        } else if (body.length > LONGEST_BODY) {
            json(exchange, 413, "{\"error\":\"too long\"}");
        } else {
            api.answer(exchange, new String(body, StandardCharsets.UTF_8));
        }
    }

    private void payments(HttpExchange exchange, String body) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", 6);
        if (path.length == 3) {
            begin(exchange, body);
            return;
        }
        Optional<Sale> sale = sale(path[3]);
        if (sale.isEmpty()) {
            json(exchange, 404, "{\"error\":\"unknown payment\"}");
        } else if (path.length == 4) {
            json(exchange, 200, facts(sale.get()));
        } else if (path[4].equals("cancel")) {
            settle(sale.get(), "cancel");
            json(exchange, 200, facts(sale.get()));
        } else {
            refund(exchange, sale.get(), body);
        }
    }

    private void begin(HttpExchange exchange, String body) throws IOException {
        JsonNode asked = read(body);
        long yen = asked.path("amount").asLong();
        String method = asked.path("method").asText();
        boolean good = yen > 0 && yen < 100_000_000 && (method.equals("card") || method.equals("qr"));
        if (!good || !asked.path("return_url").asText().startsWith("https://")) {
            json(exchange, 422, "{\"error\":\"amount, method or return_url\"}");
            return;
        }
        String idempotency = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Sale sale;
        synchronized (sales) {
            String id = once.computeIfAbsent(String.valueOf(idempotency), k -> "pay_" + UUID.randomUUID());
            sale = sales.computeIfAbsent(
                    id,
                    k -> new Sale(
                            k,
                            method,
                            yen,
                            asked.path("reference").asText(),
                            asked.path("return_url").asText(),
                            Instant.now()));
            if (sales.size() > MOST_SALES) {
                sales.remove(sales.keySet().iterator().next());
            }
        }
        json(exchange, 201, facts(sale));
    }

    private void refund(HttpExchange exchange, Sale sale, String body) throws IOException {
        String idempotency = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        long yen = read(body).path("amount").asLong();
        boolean again;
        synchronized (sales) {
            again = once.putIfAbsent("refund " + idempotency, sale.id) != null;
        }
        if (!again && !sale.refund(yen)) {
            json(exchange, 409, "{\"error\":\"nothing so large to give back\"}");
            return;
        }
        if (!again) {
            hooks.tell(event(sale, "payment.refunded"), true);
        }
        json(exchange, 200, facts(sale));
    }

    /** What was paid on a day, net of the company's fee: {@code payment,reference,method,paid_at,amount,fee,net}. */
    private void settlement(HttpExchange exchange, String body) throws IOException {
        LocalDate day = LocalDate.parse(exchange.getRequestURI().getPath().substring("/v1/settlements/".length()));
        StringBuilder csv = new StringBuilder("payment,reference,method,paid_at,amount,fee,net\r\n");
        synchronized (sales) {
            sales.values().stream()
                    .filter(sale -> sale.state().equals("succeeded"))
                    .filter(sale -> sale.changed().atZone(ZONE).toLocalDate().equals(day))
                    .forEach(sale -> csv.append(line(sale)));
        }
        send(exchange, 200, "text/csv; charset=utf-8", csv.toString());
    }

    private static String line(Sale sale) {
        long fee = sale.yen * FEE_PER_100_000 / 100_000;
        return "%s,%s,%s,%s,%d,%d,%d\r\n"
                .formatted(sale.id, sale.reference, sale.method, sale.changed(), sale.yen, fee, sale.yen - fee);
    }

    /** {@code /pay/ID}, {@code /pay/ID/card}, {@code /pay/ID/secure}. */
    private void screen(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8));
        String[] path = exchange.getRequestURI().getPath().split("/", 5);
        Optional<Sale> found = sale(path.length > 2 ? path[2] : "");
        if (found.isEmpty()) {
            send(exchange, 404, "text/plain", "SIMULATED: no such payment\n");
            return;
        }
        Sale sale = found.get();
        boolean over = !sale.state().equals("created") && !sale.state().equals("pending");
        boolean posts = exchange.getRequestMethod().equals("POST") && path.length > 3;
        if (over) {
            html(exchange, Screens.over(sale));
        } else if (posts && path[3].equals("card")) {
            card(exchange, sale, form);
        } else if (posts) {
            pending(sale);
            settle(sale, form.getOrDefault("answer", ""));
            answered(exchange, sale, form.getOrDefault("answer", ""));
        } else {
            html(
                    exchange,
                    sale.method.equals("card")
                            ? Screens.card(sale, false)
                            : Screens.qr(sale, address() + "/pay/" + sale.id));
        }
    }

    private void card(HttpExchange exchange, Sale sale, Map<String, String> form) throws IOException {
        String number = form.getOrDefault("number", "").replaceAll("[ -]", "");
        boolean good = number.matches("\\d{16}")
                && form.getOrDefault("expiry", "").matches("(0[1-9]|1[0-2])/\\d{2}")
                && form.getOrDefault("code", "").matches("\\d{3,4}");
        if (!good) {
            html(exchange, Screens.card(sale, true));
        } else if (number.endsWith("0002")) {
            pending(sale);
            settle(sale, "decline");
            back(exchange, sale);
        } else {
            pending(sale);
            html(exchange, Screens.secure(sale));
        }
    }

    private static void answered(HttpExchange exchange, Sale sale, String answer) throws IOException {
        if (answer.equals("abandon")) {
            html(exchange, Screens.left(sale));
        } else {
            back(exchange, sale);
        }
    }

    private void pending(Sale sale) {
        if (sale.state().equals("created") && sale.become("pending", Instant.now())) {
            hooks.tell(event(sale, "payment.pending"), false);
        }
    }

    private void settle(Sale sale, String answer) {
        String next = switch (answer) {
            case "accept" -> "succeeded";
            case "decline" -> "failed";
            case "cancel" -> "cancelled";
            default -> sale.state();
        };
        if (sale.become(next, Instant.now())) {
            hooks.tell(event(sale, "payment." + next), true);
        }
    }

    private void manners(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            String how = parameters(
                            new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8))
                    .getOrDefault("how", "");
            hooks.manners(
                    switch (how) {
                        case "late" -> Manners.GOOD.after(Duration.ofSeconds(20));
                        case "doubled" -> Manners.GOOD.times(2);
                        case "backwards" -> Manners.GOOD.outOfOrder();
                        case "forged" -> Manners.GOOD.withForeignSignature();
                        case "lost" -> Manners.GOOD.times(0);
                        default -> Manners.GOOD;
                    });
        }
        html(exchange, Screens.manners(hooks.manners(), count(Sale::taken), count(Sale::refused)));
    }

    private int count(ToIntFunction<Sale> of) {
        synchronized (sales) {
            return sales.values().stream().mapToInt(of).sum();
        }
    }

    private Sale known(String payment) {
        return sale(payment).orElseThrow(() -> new IllegalArgumentException(payment));
    }

    private Optional<Sale> sale(String id) {
        synchronized (sales) {
            return Optional.ofNullable(sales.get(id));
        }
    }

    private static Hooks.Event event(Sale sale, String type) {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", "evt_" + UUID.randomUUID());
        event.put("type", type);
        event.put("payment", sale.id);
        event.put("amount", sale.yen);
        event.put("reference", sale.reference);
        event.put("at", Instant.now().toString());
        return new Hooks.Event(sale, event.toString());
    }

    private String facts(Sale sale) {
        ObjectNode facts = JSON.createObjectNode();
        facts.put("id", sale.id);
        facts.put("state", sale.state());
        facts.put("method", sale.method);
        facts.put("amount", sale.yen);
        facts.put("refunded", sale.refunded());
        facts.put("reference", sale.reference);
        facts.put("changed_at", sale.changed().toString());
        facts.put("redirect", address() + "/pay/" + sale.id);
        return facts.toString();
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static void back(HttpExchange exchange, Sale sale) throws IOException {
        exchange.getResponseHeaders().set("Location", sale.back);
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }

    private static void html(HttpExchange exchange, String page) throws IOException {
        send(exchange, 200, "text/html; charset=utf-8", page);
    }

    private static void json(HttpExchange exchange, int status, String json) throws IOException {
        send(exchange, status, "application/json", json);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&", 20)) {
            String[] both = pair.split("=", 2);
            if (both.length == 2) {
                values.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
            }
        }
        return values;
    }
}
