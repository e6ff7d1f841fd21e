package city.hamana.sensor.sign;

import city.hamana.messages.v1.SignAspect;

/** The lamps and the siren of a sign. */
public interface Board extends AutoCloseable {
    /**
     * Switches to an aspect. What is safe already stays as it is while it changes.
     *
     * @return false where an output could not be switched; it is tried again with the next call
     */
    boolean show(SignAspect aspect, boolean siren);

    /** Leaves the sign as it is safe without a program. */
    @Override
    void close();
}
