package city.hamana.capability.notices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A push service and the browsers behind it. It answers as RFC 8030 and RFC 8292 have it: it wants a token made out to
 * itself and signed with the key to which the browser subscribed, the headers in their form, and at most 4,096 bytes; and
 * it opens what it took with the browser's own key (RFC 8291), which a real one could not.
 */
final class PushServer implements AutoCloseable {
    static final String CONTACT = "mailto:city@kosai.example";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern VAPID = Pattern.compile("vapid t=([\\w.-]+), k=([\\w-]{87})");
    private static final Duration LONGEST_LIFE = Duration.ofHours(24);

    /** What came, in its order. */
    final Queue<Pushed> pushed = new ConcurrentLinkedQueue<>();

    /** Why requests were refused that no test wanted refused. */
    final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    private final Map<String, Browser> browsers = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final HttpServer server;

    /** A message that a browser could read. */
    record Pushed(Browser browser, JsonNode message, int ttl, String urgency, String topic) {}

    /** An answer before the request is looked at; {@code retryAfter} may be empty. */
    record Trouble(int status, String retryAfter) {}

    /** A browser that has subscribed. */
    record Browser(String endpoint, KeyPair pair, byte[] secret, Queue<Trouble> troubles) {
        String key() {
            return base64url(PushCipher.point((ECPublicKey) pair.getPublic()));
        }

        String secretText() {
            return base64url(secret);
        }

        void answers(int... codes) {
            Arrays.stream(codes).forEach(code -> troubles.add(new Trouble(code, "")));
        }

        @Override
        public String toString() {
            return endpoint;
        }
    }

    PushServer(InstantSource clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    ChannelSettings.PushSender sender(Path folder) {
        return new ChannelSettings.PushSender(folder.resolve("push-key.json"), CONTACT, true);
    }

    Browser subscribe() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            byte[] secret = new byte[16];
            RANDOM.nextBytes(secret);
            String path = "/push/" + (browsers.size() + 1);
            Browser browser =
                    new Browser(origin() + path, pairs.generateKeyPair(), secret, new ConcurrentLinkedQueue<>());
            browsers.put(path, browser);
            return browser;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> titles(Browser browser) {
        return pushed.stream()
                .filter(p -> p.browser.equals(browser))
                .map(p -> p.message.path("title").asText())
                .toList();
    }

    private String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Browser browser = browsers.get(exchange.getRequestURI().getPath());
        Trouble trouble = browser == null ? new Trouble(404, "") : browser.troubles.poll();
        int status = trouble != null ? trouble.status : taken(exchange.getRequestHeaders(), browser, body);
        if (trouble != null && !trouble.retryAfter.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", trouble.retryAfter);
        }
        if (status == 201) {
            exchange.getResponseHeaders().add("Location", origin() + "/message/" + pushed.size());
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private int taken(Headers headers, Browser browser, byte[] body) {
        if (body.length > 4_096) {
            return refused(413, "a body of " + body.length + " bytes");
        }
        String ttl = String.valueOf(headers.getFirst("TTL"));
        String urgency = String.valueOf(headers.getFirst("Urgency"));
        String topic = String.valueOf(headers.getFirst("Topic"));
        boolean formed = ttl.matches("\\d{1,9}")
                && urgency.matches("very-low|low|normal|high")
                && topic.matches("[A-Za-z0-9_-]{1,32}")
                && "aes128gcm".equals(headers.getFirst("Content-Encoding"));
        if (!formed) {
            return refused(400, "headers " + headers.entrySet());
        }
        try {
            String token = known(headers.getFirst("Authorization"));
            if (!token.isEmpty()) {
                return refused(403, token);
            }
            JsonNode message = JSON.readTree(opened(browser, body));
            pushed.add(new Pushed(browser, message, Integer.parseInt(ttl), urgency, topic));
            return 201;
        } catch (ParseException | JOSEException | GeneralSecurityException | IOException e) {
            return refused(400, e.toString());
        }
    }

    /** What is wrong with the token; empty when nothing is. */
    private String known(String authorization) throws ParseException, JOSEException {
        Matcher parts = VAPID.matcher(String.valueOf(authorization));
        if (!parts.matches()) {
            return "no token: " + authorization;
        }
        SignedJWT token = SignedJWT.parse(parts.group(1));
        ECPublicKey key =
                PushCipher.key(Base64.getUrlDecoder().decode(parts.group(2))).orElseThrow();
        JWTClaimsSet claims = token.getJWTClaimsSet();
        Instant ends = claims.getExpirationTime().toInstant();
        boolean right = token.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
                && token.getHeader().getType().equals(JOSEObjectType.JWT)
                && token.verify(new ECDSAVerifier(key))
                && claims.getAudience().equals(List.of(origin()))
                && claims.getSubject().equals(CONTACT)
                && ends.isAfter(clock.instant())
                && !ends.isAfter(clock.instant().plus(LONGEST_LIFE));
        return right ? "" : "a wrong token: " + claims;
    }

    /** RFC 8291 §3.4 and RFC 8188 §2, step by step with HMAC: another way than the one that is tested. */
    private static byte[] opened(Browser browser, byte[] body) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(body);
        byte[] salt = next(in, 16);
        int record = in.getInt();
        byte[] point = next(in, in.get());
        byte[] sealed = next(in, in.remaining());
        if (sealed.length > record) {
            throw new GeneralSecurityException("more than one record");
        }
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(browser.pair.getPrivate());
        agreement.doPhase(PushCipher.key(point).orElseThrow(), true);
        byte[] prkKey = hmac(browser.secret, agreement.generateSecret());
        byte[] ikm = hmac(
                prkKey,
                "WebPush: info\0".getBytes(StandardCharsets.US_ASCII),
                PushCipher.point((ECPublicKey) browser.pair.getPublic()),
                point,
                new byte[] {1});
        byte[] prk = hmac(salt, ikm);
        byte[] key = hmac(prk, "Content-Encoding: aes128gcm\0\1".getBytes(StandardCharsets.US_ASCII));
        byte[] nonce = hmac(prk, "Content-Encoding: nonce\0\1".getBytes(StandardCharsets.US_ASCII));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(Arrays.copyOf(key, 16), "AES"),
                new GCMParameterSpec(128, Arrays.copyOf(nonce, 12)));
        byte[] text = cipher.doFinal(sealed);
        if (text[text.length - 1] != 2) {
            throw new GeneralSecurityException("not the last record");
        }
        return Arrays.copyOf(text, text.length - 1);
    }

    private static byte[] next(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private int refused(int status, String why) {
        wrong.add(status + ": " + why);
        return status;
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
