package city.hamana.meter.simulator;

import city.hamana.messages.Condition;
import city.hamana.messages.MeterAlarm;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/**
 * A meter that tells all it knows of the present, in two telegrams: the register, what ran backwards, flow, temperature,
 * battery and its alarms; then what the register was at the end of the last months. Reading it changes nothing.
 */
final class DetailedContent implements Content {
    private static final int TELEGRAMS = 2;
    private static final int MONTHS = 12;

    private final int id;
    private final Log log;
    private final Clock clock;
    private final Set<MeterAlarm> alarms;
    private int next;

    DetailedContent(int id, Log log, Clock clock, Set<MeterAlarm> alarms) {
        this.id = id;
        this.log = log;
        this.clock = clock;
        this.alarms = Set.copyOf(alarms);
    }

    @Override
    public byte[] identity() {
        return SlaveTelegram.identity(id);
    }

    @Override
    public void begin() {
        next = 0;
    }

    @Override
    public byte[] telegram(int address, int accessNumber) {
        Instant now = clock.instant();
        long litres = litres(log.lastPlace(now));
        if (next == 0) {
            int degrees = 8 + Math.floorMod(now.getEpochSecond() / 3_600, 12);
            SlaveTelegram.Present present =
                    new SlaveTelegram.Present(litres, 0, 0, degrees, 3_000, (int) Condition.bits(alarms));
            return SlaveTelegram.detailed(address, id, accessNumber, present);
        }
        long[] months = new long[MONTHS];
        for (int i = 0; i < MONTHS; i++) {
            months[i] = litres(log.lastPlace(now.minusSeconds(2_592_000L * (i + 1))));
        }
        return SlaveTelegram.months(address, id, accessNumber, months);
    }

    @Override
    public void acknowledged() {
        next = (next + 1) % TELEGRAMS;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private long litres(long place) {
        return place < 0 ? 0 : log.at(place).litres();
    }
}
