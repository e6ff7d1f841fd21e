package city.hamana.capability.people;

import city.hamana.platform.db.Database;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.StartAssertionOptions;
import com.yubico.webauthn.StartRegistrationOptions;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.data.exception.Base64UrlException;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passkeys (W3C WebAuthn Level 3). They are discoverable, so that nobody types a name, and the authenticator checks its
 * owner by PIN, finger or face: one passkey is two factors.
 */
final class Passkeys {
    private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);

    private final Database database;
    private final PasskeyStore store;
    private final RelyingParty party;

    /** @param site {@code https://host}: passkeys belong to its host and work there only */
    Passkeys(Database database, PasskeyStore store, URI site) {
        this.database = database;
        this.store = store;
        boolean here = site.getHost().equals("localhost");
        this.party = RelyingParty.builder()
                .identity(RelyingPartyIdentity.builder()
                        .id(site.getHost())
                        .name("湖西市 Kosai City")
                        .build())
                .credentialRepository(store)
                .origins(Set.of(site.getScheme() + "://" + site.getRawAuthority()))
                // On one's own machine the port is whatever was free.
                .allowOriginPort(here)
                .build();
    }

    /** What a browser is told to make a passkey: JSON for it, and JSON to be kept for {@link #added} and {@link #signedIn}. */
    record Question(String forBrowser, String kept) {}

    Question newPasskey(Account account, String handle) {
        PublicKeyCredentialCreationOptions options = party.startRegistration(StartRegistrationOptions.builder()
                .user(UserIdentity.builder()
                        .name(account.name())
                        .displayName(account.shown())
                        .id(bytes(handle))
                        .build())
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build())
                .build());
        try {
            return new Question(options.toCredentialsCreateJson(), options.toJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the library's own JSON cannot be written", e);
        }
    }

    /** Keeps the new passkey; false if the browser's answer does not fit the question. */
    boolean added(long user, String kept, String answer, String label) {
        try {
            RegistrationResult made = party.finishRegistration(FinishRegistrationOptions.builder()
                    .request(PublicKeyCredentialCreationOptions.fromJson(kept))
                    .response(PublicKeyCredential.parseRegistrationResponseJson(answer))
                    .build());
            return database.inTransaction(tx -> {
                boolean room = store.list(tx, user).size() < PasskeyStore.MOST;
                if (room) {
                    store.add(tx, user, made, label);
                }
                return room;
            });
        } catch (RegistrationFailedException | IOException | IllegalArgumentException e) {
            LOG.info("a new passkey was refused: {}", e.getMessage());
            return false;
        }
    }

    Question signIn() {
        AssertionRequest request = party.startAssertion(StartAssertionOptions.builder()
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build());
        try {
            return new Question(request.toCredentialsGetJson(), request.toJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the library's own JSON cannot be written", e);
        }
    }

    /** The account whose passkey answered; empty if the answer does not fit the question. */
    OptionalLong signedIn(String kept, String answer) {
        try {
            AssertionResult result = party.finishAssertion(FinishAssertionOptions.builder()
                    .request(AssertionRequest.fromJson(kept))
                    .response(PublicKeyCredential.parseAssertionResponseJson(answer))
                    .build());
            if (!result.isSuccess() || !result.isUserVerified()) {
                return OptionalLong.empty();
            }
            database.inTransaction(tx -> {
                store.used(tx, result);
                return true;
            });
            return OptionalLong.of(Parties.number(result.getUsername()));
        } catch (AssertionFailedException | IOException | IllegalArgumentException e) {
            LOG.info("a passkey was refused: {}", e.getMessage());
            return OptionalLong.empty();
        }
    }

    private static ByteArray bytes(String handle) {
        try {
            return ByteArray.fromBase64Url(handle);
        } catch (Base64UrlException e) {
            throw new IllegalStateException("a handle is base64url", e);
        }
    }
}
