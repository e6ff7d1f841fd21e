package city.hamana.capability.people;

import java.nio.file.Path;

/** A fault of the caller or of a file, not of a reader of the pages. */
public final class PeopleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PeopleException(String message, Throwable cause) {
        super(message, cause);
    }

    static PeopleException unknownParty(String id) {
        return new PeopleException("there is no party " + id, null);
    }

    static PeopleException keys(Path file, String what) {
        return new PeopleException(file + ": " + what, null);
    }

    static PeopleException unreadable(String file, Throwable cause) {
        return new PeopleException(file + " cannot be read: " + cause.getMessage(), cause);
    }
}
