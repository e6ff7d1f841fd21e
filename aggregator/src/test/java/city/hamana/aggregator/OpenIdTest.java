package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.capability.people.SignInSettings;
import city.hamana.capability.people.TestPeople;
import city.hamana.simulated.identity.IdentityApp;
import city.hamana.simulated.identity.IdentityApp.Bend;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proving an identity with an OpenID provider, over real HTTP; and what the provider and the city refuse. */
@SuppressWarnings("JavaUtilDate")
class OpenIdTest {
    private static final String BACK = "https://localhost:8443/sign-in/provider/back";
    private static final HttpClient BROWSER =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private static ECKey key;
    private static IdentityApp provider;
    private static City city;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException, JOSEException {
        key = IdentityApp.newKey();
        provider = new IdentityApp(0, key, BACK, List.of());
        Path file = folder.resolve("oidc.pem");
        Files.writeString(file, IdentityApp.pem(key));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        city = new City(
                TestCity.settings(new SignInSettings(
                        URI.create("https://localhost:8443"),
                        SignInSettings.SecondFactor.OFFERED,
                        Optional.of(new SignInSettings.Provider(provider.issuer(), IdentityApp.CLIENT, file)),
                        TestPeople.keysFile(),
                        Optional.empty())),
                TestCity.identity());
    }

    @AfterAll
    static void close() {
        city.close();
        provider.close();
    }

    @BeforeEach
    void straighten() {
        provider.bending(Bend.NONE);
        provider.present(new IdentityApp.Person("person-" + System.nanoTime(), "袴田 花子", "1990-05-05"));
        city.database().inTransaction(tx -> tx.execute("DELETE FROM people_identity"));
    }

    @Test
    void aResidentProvesWhoTheyAreAndComesBackToWhereTheyWereGoing() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("ja");
        String before = hanako.cookie("__Host-session");
        assertTrue(hanako.get("/sign-in/prove?to=/account").body().contains("/sign-in/provider?to=%2Faccount"));
        Answer back = arrive(hanako, "/sign-in/provider?to=/account");
        assertEquals("/account", back.location(), back.body());
        assertNotEquals(before, hanako.cookie("__Host-session"), "a better proof is a new session");
        assertEquals("/account", hanako.get("/sign-in/prove?to=/account").location(), "it is proved now");
        Guest later = new Guest(city);
        assertEquals("/water", arrive(later, "/sign-in/provider?to=/water").location());
        assertTrue(later.get("/").body().contains("袴田 花子"));
    }

    @Test
    void fromTheFormOnePassesByTheAppAndNothingTypedIsLost() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("ja");
        String draft = ProcedureWalk.begun(hanako, "residence-copy");
        Map<String, String> who = Map.of(
                "name", "袴田 葛\uDB40\uDD00子",
                "born", "昭和60年4月1日",
                "address-town", "9028000",
                "address-rest", "1番地",
                "phone", "053-000-0001");
        ProcedureWalk.next(hanako, draft, "who", who);
        ProcedureWalk.next(
                hanako,
                draft,
                "copy",
                Map.of("scope", "myself", "copies", "2", "purpose", "other", "purpose-other", "市の奨学金"));
        ProcedureWalk.next(hanako, draft, "delivery-page", Map.of("delivery", "post"));
        String photo = hanako.get(draft + "/identity-page").body();
        String prove = photo.replaceFirst("(?s).*href=\"(/sign-in/prove\\?to=[^\"]+)\".*", "$1");
        assertEquals("/sign-in/prove?to=" + draft + "/confirm", prove, photo);
        String depart = hanako.get(prove).body().replaceFirst("(?s).*href=\"(/sign-in/provider\\?to=[^\"]+)\".*", "$1");
        Answer back = arrive(hanako, depart.replace("%2F", "/"));
        assertEquals(draft + "/confirm", back.location(), back.body());
        String confirm = hanako.get(back.location()).body();
        assertTrue(confirm.contains("袴田 葛\uDB40\uDD00子") && confirm.contains("市の奨学金"), confirm);
        assertFalse(confirm.contains("identity-page"), "no photo is asked for any more");
        Answer sent = hanako.post(draft + "/send", Map.of());
        assertTrue(sent.location().contains("/cases/"), sent.body());
    }

    @Test
    void whoIsNewRegistersWithTheProvedName() {
        provider.present(new IdentityApp.Person("newcomer-" + System.nanoTime(), "中村 葛\uDB40\uDD00子", "1999-09-09"));
        Guest guest = new Guest(city).speaking("ja");
        assertEquals("/sign-in/register", arrive(guest, "/sign-in/provider").location());
        String form = guest.get("/sign-in/register").body();
        assertTrue(form.contains("value=\"中村 葛\uDB40\uDD00子\"") && form.contains("value=\"1999-09-09\""), form);
        Answer done = guest.post(
                "/sign-in/register",
                Map.of("written", "中村 葛\uDB40\uDD00子", "born", "1999-09-09", "language", "ja", "agreed", "yes"));
        assertEquals(303, done.status(), done.body());
        assertTrue(guest.get("/").body().contains("中村 葛\uDB40\uDD00子"));
        assertEquals("/", guest.get("/sign-in/prove").location(), "the identity is proved");
    }

    @Test
    void somebodyElsesIdentityIsNotTakenForOnesOwn() {
        Guest jiro = Guest.signedIn(city, "jiro");
        assertEquals(403, arrive(jiro, "/sign-in/provider").status(), "another name");
        Guest hanako = Guest.signedIn(city, "hanako");
        assertEquals(303, arrive(hanako, "/sign-in/provider").status());
        provider.present(new IdentityApp.Person("person-2-" + System.nanoTime(), "袴田 花子", "1990-05-05"));
        assertEquals(403, arrive(hanako, "/sign-in/provider").status(), "an account is linked once");
    }

    @ParameterizedTest
    @EnumSource(value = Bend.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aTokenThatIsNotWhatItShouldBeLetsNobodyIn(Bend bend) {
        provider.bending(bend);
        Guest guest = new Guest(city);
        Answer answer = arrive(guest, "/sign-in/provider");
        assertEquals(401, answer.status());
        assertEquals("", guest.cookie("__Host-session"));
    }

    @Test
    void theProvidersNewKeysAreReadWhenATokenNamesThem() {
        Guest hanako = Guest.signedIn(city, "hanako");
        assertEquals(303, arrive(hanako, "/sign-in/provider").status());
        int reads = provider.keyReads();
        assertEquals(303, arrive(hanako, "/sign-in/provider").status());
        assertEquals(reads, provider.keyReads(), "known keys are not asked for again");
        provider.rotate();
        assertEquals(303, arrive(hanako, "/sign-in/provider").status());
        assertTrue(provider.keyReads() > reads);
    }

    @Test
    void aReturnIsTakenOnceAndInTheBrowserThatLeftOnly() {
        Guest guest = Guest.signedIn(city, "hanako");
        String back = atProvider(guest, "/sign-in/provider");
        assertEquals(400, new Guest(city).get(back).status(), "another browser");
        assertEquals(
                401, guest.get(back.replaceFirst("state=[^&]+", "state=forged")).status());
        assertEquals(400, guest.get(back).status(), "the step is over");
        String second = atProvider(guest, "/sign-in/provider");
        assertEquals(303, guest.get(second).status());
        assertEquals(400, guest.get(second).status(), "taken already");
    }

    @Test
    void whoSaysNoIsToldThatNothingHasChanged() {
        Guest guest = new Guest(city).speaking("en");
        String back = atProvider(guest, "/sign-in/provider");
        String state = back.replaceFirst(".*state=([^&]+).*", "$1");
        Answer answer = guest.get("/sign-in/provider/back?error=access_denied&state=" + state);
        assertEquals(401, answer.status());
        assertTrue(answer.body().contains("It was cancelled in the app. Nothing has changed."));
    }

    @Test
    void theProviderRefusesAsARealOneDoes() throws JOSEException {
        CodeVerifier verifier = new CodeVerifier();
        Instant soon = Instant.now().plusSeconds(60);
        String endpoint = provider.tokenEndpoint().toString();
        assertEquals(200, token(code(verifier), verifier.getValue(), BACK, assertion(endpoint, soon, "1")));
        assertEquals(400, token(code(verifier), new CodeVerifier().getValue(), BACK, assertion(endpoint, soon, "2")));
        assertEquals(400, token(code(verifier), verifier.getValue(), BACK + "x", assertion(endpoint, soon, "3")));
        assertEquals(401, token(code(verifier), verifier.getValue(), BACK, assertion("https://x", soon, "4")));
        assertEquals(
                401, token(code(verifier), verifier.getValue(), BACK, assertion(endpoint, soon.minusSeconds(90), "5")));
        String once = assertion(endpoint, soon, "6");
        assertEquals(200, token(code(verifier), verifier.getValue(), BACK, once));
        assertEquals(401, token(code(verifier), verifier.getValue(), BACK, once), "a replayed assertion");
        String code = code(verifier);
        assertEquals(200, token(code, verifier.getValue(), BACK, assertion(endpoint, soon, "7")));
        assertEquals(400, token(code, verifier.getValue(), BACK, assertion(endpoint, soon, "8")), "a replayed code");
        URI elsewhere = URI.create(authorization(verifier).toString().replace("localhost", "evil.example"));
        assertEquals(400, get(elsewhere).statusCode(), "an address that is not registered");
    }

    @Test
    void withoutAProviderThereIsNoButton() {
        City plain = TestCity.open();
        Guest guest = new Guest(plain);
        assertEquals(404, guest.get("/sign-in/provider").status());
        assertTrue(!guest.get("/sign-in").body().contains("/sign-in/provider"));
        plain.close();
    }

    /** From the city to the provider and back; gives the city's answer. */
    private static Answer arrive(Guest guest, String from) {
        return guest.get(atProvider(guest, from));
    }

    private static String atProvider(Guest guest, String from) {
        Answer departure = guest.get(from);
        assertEquals(303, departure.status(), departure.body());
        String location = get(URI.create(departure.location()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.substring("https://localhost:8443".length());
    }

    private static HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return BROWSER.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI authorization(CodeVerifier verifier) {
        return URI.create(provider.issuer() + "/authorize?response_type=code&scope=openid&client_id="
                + IdentityApp.CLIENT + "&redirect_uri=" + URLEncoder.encode(BACK, StandardCharsets.UTF_8)
                + "&state=" + "s".repeat(22) + "&nonce=" + "n".repeat(22) + "&code_challenge_method=S256"
                + "&code_challenge="
                + CodeChallenge.compute(CodeChallengeMethod.S256, verifier));
    }

    private static String code(CodeVerifier verifier) {
        String location =
                get(authorization(verifier)).headers().firstValue("Location").orElseThrow();
        return location.replaceFirst(".*code=([^&]+).*", "$1");
    }

    private static String assertion(String audience, Instant until, String id) throws JOSEException {
        ClientID client = new ClientID(IdentityApp.CLIENT);
        JWTAuthenticationClaimsSet claims = new JWTAuthenticationClaimsSet(
                client, new Audience(audience).toSingleAudienceList(), Date.from(until), null, null, new JWTID(id));
        return new PrivateKeyJWT(claims, JWSAlgorithm.ES256, key.toPrivateKey(), null, null)
                .getClientAssertion()
                .serialize();
    }

    private static int token(String code, String verifier, String redirect, String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("code_verifier", verifier);
        form.put("redirect_uri", redirect);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion);
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(provider.tokenEndpoint())
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }
}
