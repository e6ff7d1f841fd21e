package city.hamana.aggregator;

/** The server cannot start; the message says in one line why. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StartException(String message) {
        super(message);
    }

    /** Helidon logs which of the two it is and why, and does not throw. */
    static StartException ports(String host, int publicPort, int devicePort) {
        return new StartException("port " + publicPort + " or " + devicePort + " of " + host
                + " cannot be used; is another one running?");
    }
}
