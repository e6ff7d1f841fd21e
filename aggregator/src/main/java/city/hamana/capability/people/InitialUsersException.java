package city.hamana.capability.people;

import java.nio.file.Path;

/** A file of initial users that cannot be used; its secrets are not in the message. */
public final class InitialUsersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private InitialUsersException(String message) {
        super(message);
    }

    static InitialUsersException of(Path file, String what) {
        return new InitialUsersException(file + ": " + what);
    }
}
