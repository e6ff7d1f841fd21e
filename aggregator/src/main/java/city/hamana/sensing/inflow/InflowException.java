package city.hamana.sensing.inflow;

import java.io.IOException;

/** A file of inflow, weather, days or leaks cannot be read; the message says which, where and what to do. */
public final class InflowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InflowException(String message) {
        super(message);
    }

    private InflowException(String message, IOException cause) {
        super(message, cause);
    }

    public static InflowException unreadable(String file, IOException cause) {
        return new InflowException("%s cannot be read: %s".formatted(file, cause.getMessage()), cause);
    }
}
