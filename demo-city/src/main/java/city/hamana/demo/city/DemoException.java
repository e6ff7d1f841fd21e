package city.hamana.demo.city;

/** Why the city does not come up; the message fits on one line. */
public final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private DemoException(String message, Throwable cause) {
        super(message, cause);
    }

    public static DemoException of(String what) {
        return new DemoException(what, null);
    }

    public static DemoException of(String what, Throwable cause) {
        String why = cause.getMessage() == null ? "" : " " + cause.getMessage();
        return new DemoException(what + ": " + cause.getClass().getSimpleName() + why, cause);
    }
}
