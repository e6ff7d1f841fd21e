package city.hamana.capability.people;

import city.hamana.link.Pem;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OpenID provider that proves identities, as デジタル認証アプリ does: authorization code flow with PKCE S256, state and
 * nonce (OpenID Connect Core 1.0, RFC 7636), this city known to it by a signed assertion (private_key_jwt, RFC 7523), and
 * its word checked by its published keys, which it may change at any time.
 */
final class IdentityProvider {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);
    private static final int TIMEOUT_MS = 10_000;
    private static final int LONGEST_KEYS_BYTES = 100_000;
    private static final Duration METADATA_LIFE = Duration.ofHours(1);
    private static final Set<JWSAlgorithm> TAKEN = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256, JWSAlgorithm.PS256);

    private final SignInSettings.Provider settings;
    private final URI callback;
    private final InstantSource real;
    private final JWK key;
    private Known known = new Known(Instant.MIN);

    /** What the provider says of itself, for an hour. */
    private record Known(Instant read, Optional<OIDCProviderMetadata> metadata, Optional<IDTokenValidator> validator) {
        Known(Instant read) {
            this(read, Optional.empty(), Optional.empty());
        }
    }

    /** Where to send the browser, and what to keep for its return. */
    record Departure(URI address, String kept) {}

    /** What came of it. */
    sealed interface Return {
        record Proved(Identity identity) implements Return {}

        /** The person, or the provider, said no. */
        record Declined() implements Return {}

        /** What came back cannot be trusted, or the provider cannot be reached. */
        record Failed() implements Return {}
    }

    /**
     * @param callback the address of this city to which browsers come back, as registered with the provider
     * @throws PeopleException if the key cannot be read
     */
    IdentityProvider(SignInSettings.Provider settings, URI callback, InstantSource real) {
        this.settings = settings;
        this.callback = callback;
        this.real = real;
        this.key = key(settings);
    }

    /** Empty when the provider cannot be reached. */
    Optional<Departure> depart() {
        try {
            State state = new State();
            Nonce nonce = new Nonce();
            CodeVerifier verifier = new CodeVerifier();
            AuthenticationRequest request = new AuthenticationRequest.Builder(
                            ResponseType.CODE,
                            new Scope("openid", "name", "birthdate"),
                            new ClientID(settings.clientId()),
                            callback)
                    .endpointURI(metadata().getAuthorizationEndpointURI())
                    .state(state)
                    .nonce(nonce)
                    .codeChallenge(verifier, CodeChallengeMethod.S256)
                    .build();
            String kept = String.join("\n", state.getValue(), nonce.getValue(), verifier.getValue());
            return Optional.of(new Departure(request.toURI(), kept));
        } catch (GeneralException | IOException e) {
            LOG.warn("the provider of identities cannot be reached: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Looks at what a browser brings back.
     *
     * @param address to which it came, with its query
     * @param kept of the departure
     */
    Return arrive(URI address, String kept) {
        String[] parts = kept.split("\n", 3);
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(address);
            if (response.getState() == null || !response.getState().getValue().equals(parts[0])) {
                return failed("the state is not ours");
            }
            if (!response.indicatesSuccess()) {
                LOG.info(
                        "the provider of identities declined: {}",
                        response.toErrorResponse().getErrorObject().getCode());
                return new Return.Declined();
            }
            Issuer issuer = response.getIssuer();
            if (issuer != null && !issuer.equals(new Issuer(settings.issuer()))) {
                return failed("another provider answered (RFC 9207)");
            }
            return exchanged(response.toSuccessResponse().getAuthorizationCode(), parts[1], parts[2]);
        } catch (GeneralException | JOSEException | BadJOSEException | IOException e) {
            return failed(e.getMessage());
        }
    }

    private Return exchanged(AuthorizationCode code, String nonce, String verifier)
            throws GeneralException, JOSEException, BadJOSEException, IOException {
        URI endpoint = metadata().getTokenEndpointURI();
        TokenRequest request = new TokenRequest.Builder(
                        endpoint,
                        assertion(endpoint),
                        new AuthorizationCodeGrant(code, callback, new CodeVerifier(verifier)))
                .build();
        HTTPRequest http = request.toHTTPRequest();
        http.setConnectTimeout(TIMEOUT_MS);
        http.setReadTimeout(TIMEOUT_MS);
        http.setFollowRedirects(false);
        TokenResponse response = OIDCTokenResponseParser.parse(http.send());
        if (!response.indicatesSuccess()) {
            return failed(
                    "no token: " + response.toErrorResponse().getErrorObject().getCode());
        }
        OIDCTokenResponse tokens = (OIDCTokenResponse) response.toSuccessResponse();
        IDTokenClaimsSet claims = validator().validate(tokens.getOIDCTokens().getIDToken(), new Nonce(nonce));
        return new Return.Proved(new Identity(
                claims.getIssuer().getValue(),
                claims.getIssuer().getValue() + " " + claims.getSubject().getValue(),
                Optional.ofNullable(claims.getStringClaim("name")).orElse(""),
                day(Optional.ofNullable(claims.getStringClaim("birthdate")))));
    }

    /** Good for one minute and once: its id is random. The key is named by its thumbprint (RFC 7638). */
    private PrivateKeyJWT assertion(URI endpoint) throws JOSEException {
        boolean elliptic = key.getKeyType().equals(com.nimbusds.jose.jwk.KeyType.EC);
        PrivateKey secret =
                elliptic ? key.toECKey().toPrivateKey() : key.toRSAKey().toPrivateKey();
        return new PrivateKeyJWT(
                new ClientID(settings.clientId()),
                endpoint,
                elliptic ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256,
                secret,
                key.computeThumbprint().toString(),
                null);
    }

    private synchronized OIDCProviderMetadata metadata() throws GeneralException, IOException {
        if (known.metadata.isEmpty() || known.read.plus(METADATA_LIFE).isBefore(real.instant())) {
            OIDCProviderMetadata read =
                    OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), TIMEOUT_MS, TIMEOUT_MS);
            known = new Known(real.instant(), Optional.of(read), Optional.of(validator(read)));
        }
        return known.metadata.orElseThrow();
    }

    private synchronized IDTokenValidator validator() throws GeneralException, IOException {
        metadata();
        return known.validator.orElseThrow();
    }

    /** Reads the provider's keys again when a token names one that is not known: that is how keys are changed. */
    private IDTokenValidator validator(OIDCProviderMetadata metadata) throws IOException {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, LONGEST_KEYS_BYTES))
                .rateLimited(false)
                .build();
        return new IDTokenValidator(
                new Issuer(settings.issuer()),
                new ClientID(settings.clientId()),
                new JWSVerificationKeySelector<>(TAKEN, keys),
                null);
    }

    private static Return failed(String why) {
        LOG.warn("an identity was not taken: {}", why);
        return new Return.Failed();
    }

    private static Optional<LocalDate> day(Optional<String> text) {
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** EC P-256 or RSA. */
    private static JWK key(SignInSettings.Provider settings) {
        Pem.requireSecret(settings.keyFile());
        try {
            JWK key = JWK.parseFromPEMEncodedObjects(Files.readString(settings.keyFile()));
            if (!key.isPrivate()) {
                throw PeopleException.unreadable(
                        settings.keyFile().toString(), new IOException("there is no private key in it"));
            }
            return key;
        } catch (IOException | JOSEException e) {
            throw PeopleException.unreadable(settings.keyFile().toString(), e);
        }
    }
}
