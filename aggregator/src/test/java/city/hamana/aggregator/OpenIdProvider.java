package city.hamana.aggregator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An OpenID provider that listens on real HTTP and refuses what a real one refuses: OpenID Connect Core 1.0 §3.1, PKCE
 * (RFC 7636, S256 only), client assertions (RFC 7523 §3). What its next token says can be bent, to see who notices.
 */
@SuppressWarnings("JavaUtilDate")
final class OpenIdProvider implements AutoCloseable {
    static final String CLIENT = "kosai-city";
    private static final Duration CODE_LIFE = Duration.ofSeconds(60);
    private static final Duration LONGEST_ASSERTION = Duration.ofMinutes(5);

    private final HttpServer server;
    private final ECKey clientKey;
    private final String redirect;
    private final List<ECKey> keys = new ArrayList<>();
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final Set<String> seenAssertions = new HashSet<>();
    private Bend bend = Bend.NONE;
    private String person = "person-1";
    private String name = "袴田 花子";
    private String born = "1990-05-05";
    private int keyReads;

    /** What is wrong with the next ID token. */
    enum Bend {
        NONE,
        OTHER_ISSUER,
        OTHER_AUDIENCE,
        OTHER_NONCE,
        EXPIRED,
        UNSIGNED,
        FOREIGN_KEY
    }

    OpenIdProvider(ECKey clientKey, String redirect) {
        this.clientKey = clientKey.toPublicJWK();
        this.redirect = redirect;
        rotate();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, metadata()));
        server.createContext("/keys", exchange -> {
            keyReads++;
            answer(exchange, 200, new JWKSet(List.copyOf(keys)).toString(true));
        });
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    URI tokenEndpoint() {
        return issuer().resolve("/token");
    }

    void bending(Bend next) {
        bend = next;
    }

    void person(String subject, String called, String birthday) {
        person = subject;
        name = called;
        born = birthday;
    }

    /** New keys; the old ones are gone, as after a key was lost. */
    void rotate() {
        keys.clear();
        keys.add(newKey());
    }

    int keyReads() {
        return keyReads;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String metadata() {
        return """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["pairwise"],
                "id_token_signing_alg_values_supported":["ES256"],"code_challenge_methods_supported":["S256"],
                "token_endpoint_auth_methods_supported":["private_key_jwt"],
                "token_endpoint_auth_signing_alg_values_supported":["ES256"]}
                """.formatted(issuer());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
        if (!CLIENT.equals(query.get("client_id")) || !redirect.equals(query.get("redirect_uri"))) {
            // Never back to an address that is not registered.
            answer(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        boolean whole = "code".equals(query.get("response_type"))
                && query.getOrDefault("scope", "").contains("openid")
                && query.getOrDefault("state", "").length() >= 22
                && query.getOrDefault("nonce", "").length() >= 22
                && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("code_challenge", "").length() == 43;
        if (!whole) {
            back(exchange, Map.of("error", "invalid_request", "state", query.getOrDefault("state", "")));
            return;
        }
        String code = UUID.randomUUID().toString();
        query.put("until", Instant.now().plus(CODE_LIFE).toString());
        codes.put(code, query);
        back(exchange, Map.of("code", code, "state", query.get("state")));
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String wrong = assertionError(form);
        if (!wrong.isEmpty()) {
            answer(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"" + wrong + "\"}");
            return;
        }
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        boolean good = "authorization_code".equals(form.get("grant_type"))
                && asked != null
                && asked.get("redirect_uri").equals(form.get("redirect_uri"))
                && asked.get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))
                && Instant.now().isBefore(Instant.parse(asked.get("until")));
        if (!good) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(exchange, 200, """
                {"access_token":"%s","token_type":"Bearer","expires_in":60,"id_token":"%s"}
                """.formatted(UUID.randomUUID(), idToken(asked.get("nonce"))));
    }

    private String idToken(String nonce) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(bend == Bend.OTHER_ISSUER ? "https://elsewhere.example" : issuer().toString())
                .audience(bend == Bend.OTHER_AUDIENCE ? "another-client" : CLIENT)
                .subject(person)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(bend == Bend.EXPIRED ? -3_600 : 300)))
                .claim("nonce", bend == Bend.OTHER_NONCE ? "another-nonce" : nonce)
                .claim("name", name)
                .claim("birthdate", born)
                .build();
        if (bend == Bend.UNSIGNED) {
            return new PlainJWT(claims).serialize();
        }
        ECKey key = keys.getFirst();
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(bend == Bend.FOREIGN_KEY ? newKey() : key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 7523 §3: who made it, for whom, until when, and not seen before. */
    private String assertionError(Map<String, String> form) {
        if (!"urn:ietf:params:oauth:client-assertion-type:jwt-bearer".equals(form.get("client_assertion_type"))) {
            return "no assertion";
        }
        try {
            SignedJWT jwt = SignedJWT.parse(form.getOrDefault("client_assertion", ""));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!jwt.verify(new ECDSAVerifier(clientKey))) {
                return "signature";
            }
            if (!CLIENT.equals(claims.getIssuer()) || !CLIENT.equals(claims.getSubject())) {
                return "issuer";
            }
            if (!claims.getAudience().contains(tokenEndpoint().toString())) {
                return "audience";
            }
            Instant until = claims.getExpirationTime().toInstant();
            Instant now = Instant.now();
            if (!now.isBefore(until) || until.isAfter(now.plus(LONGEST_ASSERTION))) {
                return "time";
            }
            return claims.getJWTID() != null && seenAssertions.add(claims.getJWTID()) ? "" : "replay";
        } catch (ParseException | JOSEException e) {
            return "assertion";
        }
    }

    private void back(HttpExchange exchange, Map<String, String> query) throws IOException {
        StringBuilder address = new StringBuilder(redirect);
        query.forEach((key, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(key)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().set("Location", address.toString());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] both = pair.split("=", 2);
            values.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
