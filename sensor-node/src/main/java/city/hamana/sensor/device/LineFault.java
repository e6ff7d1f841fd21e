package city.hamana.sensor.device;

/** A device was asked and told nothing that can be used. */
public final class LineFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final boolean answered;

    private LineFault(String name, boolean answered, Throwable cause) {
        super(name, cause, false, false);
        this.name = name;
        this.answered = answered;
    }

    /** The device itself answered, with what is of no use. */
    static LineFault answered(String name) {
        return new LineFault(name, true, null);
    }

    /** Nothing came, or nothing that can be believed to be the device's. */
    static LineFault silent(String name, Throwable cause) {
        return new LineFault(name, false, cause);
    }

    /** Under which it is counted: {@code line.timeout}, {@code modbus.exception-2}. */
    public String name() {
        return name;
    }

    /** Whether the device did answer. */
    public boolean answered() {
        return answered;
    }
}
