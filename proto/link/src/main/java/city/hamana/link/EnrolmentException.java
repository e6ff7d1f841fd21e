package city.hamana.link;

import java.net.URI;

/** An enrolment or renewal that did not happen; the message says why, fit for one line and free of secrets. */
public final class EnrolmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private EnrolmentException(String message, Throwable cause) {
        super(message, cause);
    }

    static EnrolmentException of(String what) {
        return new EnrolmentException(what, null);
    }

    static EnrolmentException unreachable(URI address, Throwable cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new EnrolmentException(address + " cannot be reached: " + why, cause);
    }

    static EnrolmentException unreadable(String what, Throwable cause) {
        return new EnrolmentException("the server's " + what + " cannot be read: " + cause.getMessage(), cause);
    }
}
