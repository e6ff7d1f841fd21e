package city.hamana.meter.pulse;

/** The two wires of a pulse meter. */
public interface Contact extends AutoCloseable {
    /** What is done at every change, bounces and all; {@code nanos} is of {@link System#nanoTime}. */
    interface Changes {
        void changed(boolean shut, long nanos);
    }

    /** As it is now. */
    boolean shut();

    @Override
    void close();
}
