package city.hamana.link;

/** A certificate that the city does not vouch for; the message says why, fit for one line. */
public final class TrustException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TrustException(String message, Throwable cause) {
        super(message, cause);
    }

    static TrustException of(String what) {
        return new TrustException(what, null);
    }

    static TrustException of(String what, Throwable cause) {
        return new TrustException(what + ": " + cause.getMessage(), cause);
    }
}
