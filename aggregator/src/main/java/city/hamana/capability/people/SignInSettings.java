package city.hamana.capability.people;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How people sign in to this city.
 *
 * @param publicAddress {@code https://host}, to which passkeys belong and to which a provider of identities returns
 * @param staffFactor what is asked of staff beside the password
 * @param provider of proven identities (デジタル認証アプリ); without it its button is not shown
 * @param keysFile keys that seal the secrets of authenticator apps; made at the first start
 * @param townsFile the city's own list of towns; without it the one that comes with the program
 */
public record SignInSettings(
        URI publicAddress,
        SecondFactor staffFactor,
        Optional<Provider> provider,
        Path keysFile,
        Optional<Path> townsFile) {
    /** What is asked of staff beside the password. */
    public enum SecondFactor {
        /** Without a second factor they can do nothing but set one up. */
        REQUIRED,
        /** They may have one. */
        OFFERED
    }

    /**
     * An OpenID provider.
     *
     * @param issuer {@code https://…}; below it stands {@code /.well-known/openid-configuration}
     * @param keyFile PEM with the private key of this client, EC P-256 or RSA
     */
    public record Provider(URI issuer, String clientId, Path keyFile) {
        public Provider {
            boolean here = "localhost".equals(issuer.getHost()) || "127.0.0.1".equals(issuer.getHost());
            if (!"https".equals(issuer.getScheme()) && !here) {
                throw new IllegalArgumentException("an issuer's address begins with https://, not " + issuer);
            }
        }
    }
}
