package city.hamana.platform.http;

/** A body that cannot be taken. */
public final class BodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private BodyException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static BodyException tooLong(int longestBytes) {
        return new BodyException(413, "The body is longer than " + longestBytes + " bytes.", null);
    }

    static BodyException broken(Exception cause) {
        return new BodyException(400, "The body broke off.", cause);
    }

    static BodyException busy() {
        return new BodyException(503, "Too many files are being sent at this moment; try again in a minute.", null);
    }

    static BodyException notAForm() {
        return new BodyException(415, "The form's content type is not one that is read here.", null);
    }

    int status() {
        return status;
    }
}
