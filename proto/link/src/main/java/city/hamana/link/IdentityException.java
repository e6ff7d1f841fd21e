package city.hamana.link;

import java.nio.file.Path;

/** A device's folder that cannot be used; the message names the file and what is wrong, fit for one line. */
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private IdentityException(String message, Throwable cause) {
        super(message, cause);
    }

    static IdentityException of(Path file, String what) {
        return new IdentityException(file + ": " + what, null);
    }

    static IdentityException of(Path file, String what, Throwable cause) {
        return new IdentityException(file + ": " + what + ": " + cause.getMessage(), cause);
    }

    /** For cryptography that every JDK must offer; seen only on a broken installation. */
    static IdentityException unsupported(Throwable cause) {
        return new IdentityException("this Java cannot do what an identity needs: " + cause.getMessage(), cause);
    }
}
