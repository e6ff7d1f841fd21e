package city.hamana.gateway;

/** The gateway cannot start or go on; the message says in one line why. */
final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private GatewayException(String message, Throwable cause) {
        super(message, cause);
    }

    static GatewayException broker(String what, Throwable cause) {
        return new GatewayException("MQTT broker: " + what, cause);
    }

    static GatewayException broker(String what) {
        return new GatewayException("MQTT broker: " + what, null);
    }
}
