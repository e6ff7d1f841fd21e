package city.hamana.link;

import java.nio.file.Path;
import java.sql.SQLException;

/** The journal cannot do what was asked; nothing that it had acknowledged is lost by that. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private JournalException(String message, Throwable cause) {
        super(message, cause);
    }

    static JournalException of(Path file, SQLException cause) {
        return new JournalException("journal " + file + ": " + cause.getMessage(), cause);
    }

    static JournalException foreign(Path file, String owner, String device) {
        return new JournalException("journal " + file + " belongs to " + owner + ", not to " + device, null);
    }

    static JournalException full(Path file, long quotaBytes) {
        return new JournalException("journal " + file + " holds its quota of " + quotaBytes + " bytes", null);
    }
}
