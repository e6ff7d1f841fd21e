package city.hamana.sensor;

import city.hamana.link.ClockWatch;
import city.hamana.messages.Quality;
import city.hamana.sensor.sign.Moment;
import java.time.Instant;

/** The instant of a sample with what is to be said of the clock; both of before or both of after the clock was set. */
record Stamp(Instant at, int flags) {
    static Stamp of(ClockWatch clock) {
        Moment now = moment(clock);
        return new Stamp(Instant.ofEpochMilli(now.unixMs()), now.clockSet() ? 0 : Quality.CLOCK_UNKNOWN);
    }

    static Moment moment(ClockWatch clock) {
        boolean set = clock.synchronised();
        long unixMs = clock.now().toEpochMilli();
        boolean stillSet = clock.synchronised();
        return new Moment(set == stillSet ? unixMs : clock.now().toEpochMilli(), stillSet, clock.uptimeMs());
    }
}
