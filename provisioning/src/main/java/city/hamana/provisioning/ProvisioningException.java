package city.hamana.provisioning;

import java.nio.file.Path;

/** What staff must mend: a folder, a passphrase, a database; the message fits on one line and holds no secret. */
final class ProvisioningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ProvisioningException(String message, Throwable cause) {
        super(message, cause);
    }

    static ProvisioningException of(String what) {
        return new ProvisioningException(what, null);
    }

    static ProvisioningException of(Path where, String what, Throwable cause) {
        return new ProvisioningException(where + ": " + what + ": " + cause.getMessage(), cause);
    }
}
