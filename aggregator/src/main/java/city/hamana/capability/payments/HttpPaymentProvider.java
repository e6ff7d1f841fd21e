package city.hamana.capability.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A provider that is asked by JSON over HTTP, in the manner most of them share: a bearer key, an idempotency key, a hosted
 * page, web-hooks with a time and an HMAC-SHA256 over time and body. A company that speaks otherwise gets its own class
 * beside this one.
 */
final class HttpPaymentProvider implements PaymentProvider {
    /** No web-hook is longer. */
    static final int LONGEST_HOOK = 16 << 10;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 64 << 10;

    /** A web-hook that is older may be one that somebody has caught and sends again. */
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private static final Pattern SIGNATURE = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final ProviderSettings settings;
    private final InstantSource real;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpPaymentProvider(ProviderSettings settings, InstantSource real) {
        this.settings = settings;
        this.real = real;
    }

    @Override
    public Begun begin(Wish wish) {
        ObjectNode body = JSON.createObjectNode();
        body.put("amount", wish.yen());
        body.put("currency", "JPY");
        body.put("method", wish.channel().code());
        body.put("reference", wish.code());
        body.put("return_url", wish.back().toString());
        Answer answer = ask("/v1/payments", wish.code(), Optional.of(body));
        String payment = answer.json.path("id").asText();
        Optional<URI> address = address(answer.json.path("redirect").asText());
        return answer.good() && NAME.matcher(payment).matches() && address.isPresent()
                ? new Begun.Ready(payment, address.get())
                : new Begun.Not(answer.why());
    }

    @Override
    public Seen query(String payment) {
        return seen(ask("/v1/payments/" + name(payment), "", Optional.empty()));
    }

    @Override
    public Seen cancel(String payment) {
        return seen(ask("/v1/payments/" + name(payment) + "/cancel", "", Optional.of(JSON.createObjectNode())));
    }

    @Override
    public boolean refund(String payment, long yen, String once) {
        ObjectNode body = JSON.createObjectNode().put("amount", yen);
        return ask("/v1/payments/" + name(payment) + "/refunds", once, Optional.of(body))
                .good();
    }

    @Override
    public Told told(String signature, byte[] body) {
        Matcher parts = SIGNATURE.matcher(signature);
        if (!parts.matches()) {
            return new Told.Untrusted("no signature");
        }
        if (!MessageDigest.isEqual(mac(parts.group(1), body), HexFormat.of().parseHex(parts.group(2)))) {
            return new Told.Untrusted("wrong signature");
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
        if (Duration.between(signed, real.instant()).abs().compareTo(OLDEST) > 0) {
            return new Told.Untrusted("too old");
        }
        return told(read(body));
    }

    private static Told told(JsonNode event) {
        String type = event.path("type").asText();
        Optional<Progress> progress =
                type.startsWith("payment.") ? Progress.ofCode(type.substring("payment.".length())) : Optional.empty();
        if (progress.isEmpty()) {
            return new Told.Nothing();
        }
        return known(
                        event.path("payment").asText(),
                        event.path("reference").asText(),
                        progress.get(),
                        event.path("amount"),
                        event.path("at").asText())
                .<Told>map(Told.Trusted::new)
                .orElseGet(() -> new Told.Untrusted("unreadable"));
    }

    private static Seen seen(Answer answer) {
        if (!answer.good()) {
            return new Seen.Not(answer.why());
        }
        JsonNode json = answer.json;
        return Progress.ofCode(json.path("state").asText())
                .flatMap(progress -> known(
                        json.path("id").asText(),
                        json.path("reference").asText(),
                        progress,
                        json.path("amount"),
                        json.path("changed_at").asText()))
                .<Seen>map(known -> known)
                .orElseGet(() -> new Seen.Not("unreadable"));
    }

    private static Optional<Seen.Known> known(
            String payment, String code, Progress progress, JsonNode amount, String at) {
        boolean names = NAME.matcher(payment).matches() && NAME.matcher(code).matches();
        if (!names || !amount.isIntegralNumber() || amount.asLong() <= 0 || amount.asLong() > Charge.MOST_YEN) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Seen.Known(payment, code, progress, amount.asLong(), Instant.parse(at)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** @param status 0 when there was none */
    private record Answer(int status, JsonNode json) {
        boolean good() {
            return status / 100 == 2;
        }

        String why() {
            return status == 0 ? "no answer" : "answer " + status;
        }
    }

    private Answer ask(String path, String once, Optional<ObjectNode> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.api().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + settings.key());
        if (!once.isEmpty()) {
            request.header("Idempotency-Key", once);
        }
        body.ifPresent(json ->
                request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json.toString())));
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                return new Answer(answer.statusCode(), read(in.readNBytes(LONGEST_ANSWER)));
            }
        } catch (IOException e) {
            return new Answer(0, JSON.createObjectNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, JSON.createObjectNode());
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            return json == null ? JSON.createObjectNode() : json;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** Only where a browser may be sent: over TLS, or to a simulated provider on this machine. */
    private static Optional<URI> address(String text) {
        if (!text.matches("(https://|http://127\\.0\\.0\\.1[:/])[\\x21-\\x7e]{1,900}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null && uri.getUserInfo() == null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String name(String payment) {
        if (!NAME.matcher(payment).matches()) {
            throw PaymentsException.stored(payment);
        }
        return payment;
    }

    private byte[] mac(String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(settings.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
