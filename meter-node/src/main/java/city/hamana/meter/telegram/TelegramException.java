package city.hamana.meter.telegram;

/** A telegram that cannot be decoded; it leaves the package as an {@link Undecodable}. */
final class TelegramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;

    private TelegramException(String error, String sentence) {
        super(sentence, null, false, false);
        this.error = error;
    }

    static TelegramException of(String error, String sentence) {
        return new TelegramException(error, sentence);
    }

    static TelegramException truncated(String what) {
        return of("truncated", "the telegram ends inside " + what);
    }

    /** The same fault, told with the meter it came from. */
    TelegramException from(Address address) {
        return of(error, getMessage() + " (meter " + address.manufacturer() + " " + address.id() + ")");
    }

    Undecodable undecodable() {
        return new Undecodable(error, getMessage());
    }
}
