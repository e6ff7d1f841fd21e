package city.hamana.sensing.readings;

/** Bytes that are not a packed day. */
public final class PackedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PackedException(String message) {
        super(message);
    }

    static PackedException of(String what) {
        return new PackedException("not a packed day: " + what);
    }
}
