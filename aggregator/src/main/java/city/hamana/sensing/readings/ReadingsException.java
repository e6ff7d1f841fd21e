package city.hamana.sensing.readings;

/** Samples that cannot be kept. */
public final class ReadingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ReadingsException(String message) {
        super(message);
    }

    static ReadingsException tooManyInADay(int count) {
        return new ReadingsException(count + " samples of one series in one day, more than " + Packed.MOST_SAMPLES);
    }
}
