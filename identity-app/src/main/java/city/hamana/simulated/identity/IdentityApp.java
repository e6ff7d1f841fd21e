package city.hamana.simulated.identity;

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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An OpenID provider that listens on real HTTP and refuses what a real one refuses: OpenID Connect Core 1.0 §3.1, PKCE
 * (RFC 7636, S256 only), client assertions (RFC 7523 §3). Visitors choose which invented person they are. What its next
 * token says can be bent, to see who notices.
 */
@SuppressWarnings("JavaUtilDate")
public final class IdentityApp implements AutoCloseable {
    /** As the city is known here. */
    public static final String CLIENT = "kosai-city";

    private static final Duration CODE_LIFE = Duration.ofSeconds(60);
    private static final Duration LONGEST_ASSERTION = Duration.ofMinutes(5);

    private final HttpServer server;
    private final ECKey clientKey;
    private final String redirect;
    private final List<ECKey> keys = new ArrayList<>();
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final Set<String> seenAssertions = new HashSet<>();
    private Bend bend = Bend.NONE;
    private final List<Person> people;
    private Optional<Person> present = Optional.empty();
    private int keyReads;

    /**
     * Somebody invented.
     *
     * @param subject never changes
     * @param born ISO day
     */
    public record Person(String subject, String name, String born) {}

    /** What is wrong with the next ID token. */
    public enum Bend {
        NONE,
        OTHER_ISSUER,
        OTHER_AUDIENCE,
        OTHER_NONCE,
        EXPIRED,
        UNSIGNED,
        FOREIGN_KEY
    }

    /**
     * Listens on the loopback address at once.
     *
     * @param port 0 takes a free one
     * @param clientKey by which the city is known
     * @param redirect the one address to which people are sent back
     * @param people of whom a visitor chooses to be one
     */
    public IdentityApp(int port, ECKey clientKey, String redirect, List<Person> people) {
        this.clientKey = clientKey.toPublicJWK();
        this.redirect = redirect;
        this.people = List.copyOf(people);
        rotate();
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
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

    /** {@code http://127.0.0.1:PORT}; no name is looked up for it. */
    public URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public URI tokenEndpoint() {
        return issuer().resolve("/token");
    }

    public void bending(Bend next) {
        bend = next;
    }

    /** From now on it is this person who has the app, and nobody is asked. */
    public void present(Person person) {
        present = Optional.of(person);
    }

    /** New keys; the old ones are gone, as after a key was lost. */
    public void rotate() {
        keys.clear();
        keys.add(newKey());
    }

    public int keyReads() {
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
        Optional<Person> proved = present.or(() -> people.stream()
                .filter(person -> person.subject.equals(query.get("as")))
                .findFirst());
        if (query.containsKey("no")) {
            back(exchange, Map.of("error", "access_denied", "state", query.get("state")));
            return;
        }
        if (proved.isEmpty()) {
            page(exchange);
            return;
        }
        String code = UUID.randomUUID().toString();
        query.put("subject", proved.get().subject);
        query.put("name", proved.get().name);
        query.put("born", proved.get().born);
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
                """.formatted(UUID.randomUUID(), idToken(asked)));
    }

    private String idToken(Map<String, String> asked) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(bend == Bend.OTHER_ISSUER ? "https://elsewhere.example" : issuer().toString())
                .audience(bend == Bend.OTHER_AUDIENCE ? "another-client" : CLIENT)
                .subject(asked.get("subject"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(bend == Bend.EXPIRED ? -3_600 : 300)))
                .claim("nonce", bend == Bend.OTHER_NONCE ? "another-nonce" : asked.get("nonce"))
                .claim("name", asked.get("name"))
                .claim("birthdate", asked.get("born"))
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

    /** Who the visitor wishes to be; links only, so that it works everywhere. */
    private void page(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        StringBuilder choices = new StringBuilder();
        for (Person person : people) {
            choices.append("<li><a href=\"/authorize?")
                    .append(escaped(query + "&as=" + URLEncoder.encode(person.subject, StandardCharsets.UTF_8)))
                    .append("\">")
                    .append(escaped(person.name))
                    .append(" <span>")
                    .append(escaped(person.born))
                    .append("</span></a></li>\n");
        }
        send(exchange, 200, "text/html; charset=utf-8", html(choices, escaped(query)));
    }

    private static String html(CharSequence choices, String query) {
        return """
            <!DOCTYPE html>
            <html lang="ja">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>SIMULATED 本人確認アプリ(見本)</title>
            <style>
            body { font: 1.125rem/1.7 sans-serif; color: #333; background: #fff; margin: 0 auto; max-width: 34rem; padding: 1rem; }
            .label { background: #1a1a1a; color: #fff; display: inline-block; font-weight: bold; margin: 0; padding: .25rem .75rem; }
            h1 { font-size: 1.5rem; line-height: 1.5; }
            ul { list-style: none; padding: 0; }
            a { border: 1px solid #767676; border-radius: 8px; box-sizing: border-box; color: #0017c1; display: block; margin: .5rem 0; min-height: 44px;
              padding: .5rem 1rem; }
            a:focus { outline: 4px solid #000; outline-offset: 2px; }
            span { color: #666; }
            </style>
            </head>
            <body>
            <main>
            <p class="label">SIMULATED 見本</p>
            <h1>だれとして本人確認しますか</h1>
            <p>これは見本です。本物のデジタル認証アプリではありません。みな実在しない人です。</p>
            <p lang="pt-BR">Simulação: não é o aplicativo verdadeiro; ninguém aqui existe. Escolha quem você quer ser.</p>
            <p lang="en">A simulation: this is not the real app, and nobody here exists. Choose who you want to be.</p>
            <ul>
            %s</ul>
            <p><a href="/authorize?%s&amp;no=1">やめる / <span lang="en">Cancel</span></a></p>
            </main>
            </body>
            </html>
            """.formatted(choices, query);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
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

    /** A key as the city reads it: both halves, PEM. */
    public static String pem(ECKey key) {
        Base64.Encoder base64 = Base64.getMimeEncoder();
        try {
            return "-----BEGIN PRIVATE KEY-----\n"
                    + base64.encodeToString(key.toECPrivateKey().getEncoded()) + "\n-----END PRIVATE KEY-----\n"
                    + "-----BEGIN PUBLIC KEY-----\n"
                    + base64.encodeToString(key.toECPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new key, EC P-256. */
    public static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
