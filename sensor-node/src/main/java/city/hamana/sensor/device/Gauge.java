package city.hamana.sensor.device;

import city.hamana.sensor.level.Reading;

/** A level gauge, whatever it hangs on. Asked by one thread at a time. */
public interface Gauge extends AutoCloseable {
    /** What it tells now. Faults are readings too; nothing is thrown. Takes a few seconds at most. */
    Reading read();

    @Override
    void close();
}
