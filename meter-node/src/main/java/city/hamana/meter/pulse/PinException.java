package city.hamana.meter.pulse;

/** A pin that cannot be had: the machine has none, another program holds it, or the user may not. */
public final class PinException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PinException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public static PinException of(int pin, Throwable cause) {
        return new PinException("pin " + pin + " cannot be had: " + cause.getMessage(), cause);
    }
}
