package city.hamana.link;

import city.hamana.messages.v1.StorageState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The journal cannot do what was asked; nothing that it had acknowledged is lost by that. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StorageState state;

    private JournalException(StorageState state, String message, Throwable cause) {
        super(message, cause);
        this.state = state;
    }

    static JournalException of(Path file, StorageState state, SQLException cause) {
        return new JournalException(state, "journal " + file + ": " + words(state) + cause.getMessage(), cause);
    }

    static JournalException unreadable(Path file, IOException cause) {
        return new JournalException(
                StorageState.STORAGE_STATE_FAILING, "journal " + file + " cannot be read: " + cause, cause);
    }

    static JournalException foreign(Path file, String owner, String device) {
        return new JournalException(
                StorageState.STORAGE_STATE_FAILING,
                "journal " + file + " belongs to " + owner + ", not to " + device,
                null);
    }

    static JournalException version(Path file, int found, int known) {
        return new JournalException(
                StorageState.STORAGE_STATE_FAILING,
                "journal " + file + " is of version " + found + "; this program knows version " + known
                        + ": install the program that wrote it, or move the file away",
                null);
    }

    static JournalException full(Path file, long quotaBytes) {
        return new JournalException(
                StorageState.STORAGE_STATE_FULL,
                "journal " + file + " holds its quota of " + quotaBytes + " bytes, and nothing of it may be given up",
                null);
    }

    /** What it says of the storage. */
    StorageState state() {
        return state;
    }

    private static String words(StorageState state) {
        return switch (state) {
            case STORAGE_STATE_FULL -> "the disk is full: ";
            case STORAGE_STATE_READ_ONLY -> "the disk may not be written: ";
            case STORAGE_STATE_UNSPECIFIED,
                    STORAGE_STATE_OK,
                    STORAGE_STATE_SALVAGED,
                    STORAGE_STATE_FAILING,
                    UNRECOGNIZED -> "";
        };
    }
}
