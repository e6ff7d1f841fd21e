package city.hamana.meter.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A meter without time and memory: its telegram carries the register of now and no date. The register is the city's
 * true time, in seconds since an agreed instant, so that whoever holds a value knows when it was right.
 */
final class TimelessContent implements Content {
    private final int id;
    private final Instant since;
    private final Clock clock;
    private final Memory.Notes given;
    private long register = -1;

    TimelessContent(int id, Instant since, Clock clock, Memory.Notes given) {
        this.id = id;
        this.since = since;
        this.clock = clock;
        this.given = given;
    }

    /** No two telegrams carry the same value, also within a second. */
    @Override
    public byte[] telegram(int address, int accessNumber) {
        register =
                Math.max(register + 1, Duration.between(since, clock.instant()).toSeconds());
        return SlaveTelegram.withoutTime(address, id, accessNumber, register);
    }

    @Override
    public byte[] identity() {
        return SlaveTelegram.identity(id);
    }

    @Override
    public void acknowledged() {
        given.add(register);
    }

    @Override
    public void close() {
        given.close();
    }
}
