package city.hamana.demo;

/** Why the city does not come up; the message fits on one line. */
final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private DemoException(String message, Throwable cause) {
        super(message, cause);
    }

    static DemoException of(String what) {
        return new DemoException(what, null);
    }

    static DemoException of(String what, Throwable cause) {
        String why = cause.getMessage() == null ? "" : " " + cause.getMessage();
        return new DemoException(what + ": " + cause.getClass().getSimpleName() + why, cause);
    }
}
