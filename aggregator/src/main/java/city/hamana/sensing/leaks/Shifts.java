package city.hamana.sensing.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All hours at which the level may have jumped: every hour of the last three days, every sixth of the days before. */
final class Shifts {
    private static final int FINE_HOURS = 72;
    private static final int COARSE_STEP = 6;
    private static final int FEWEST_HOURS = 3;

    private final Tuning tuning;
    private final List<Shift> shifts = new ArrayList<>();

    Shifts(Tuning tuning) {
        this.tuning = tuning;
    }

    void pass(InflowModel model, long elapsed) {
        shifts.forEach(shift -> model.carry(shift.absorbed(), elapsed));
    }

    /** Asks all of them about an hour, which may itself be the first after a jump. */
    void see(long hour, Look look) {
        shifts.removeIf(shift -> tooOld(shift.start(), hour));
        shifts.add(new Shift(hour));
        shifts.forEach(shift -> shift.see(look));
    }

    private boolean tooOld(long start, long hour) {
        long age = hour - start;
        return age > tuning.memoryDays() * 24L || (age > FINE_HOURS && Math.floorMod(start, COARSE_STEP) != 0);
    }

    /**
     * The rise or fall that is told from chance best, if it is large, lasting and sure enough.
     *
     * @param alarm the evidence that is enough for a rise
     */
    Optional<Shift> sure(long hour, double alarm) {
        Shift rise = null;
        Shift fall = null;
        for (Shift shift : shifts) {
            if (hour - shift.start() + 1 >= FEWEST_HOURS) {
                rise = shift.size() > 0 && (rise == null || shift.evidence() > rise.evidence()) ? shift : rise;
                fall = shift.size() < 0 && (fall == null || shift.evidence() > fall.evidence()) ? shift : fall;
            }
        }
        Optional<Shift> up = Optional.ofNullable(rise).filter(shift -> sure(shift, hour, alarm, tuning.smallest()));
        Optional<Shift> down =
                Optional.ofNullable(fall).filter(shift -> sure(shift, hour, tuning.repair(), 0.7 * tuning.smallest()));
        boolean both = up.isPresent() && down.isPresent();
        return both && down.orElseThrow().evidence() > up.orElseThrow().evidence() ? down : up.or(() -> down);
    }

    private boolean sure(Shift shift, long hour, double evidence, double smallest) {
        long lasted = hour - shift.start() + 1;
        int least = shift.evidence() >= tuning.strong() ? tuning.leastHours() : tuning.weakHours();
        return shift.evidence() >= evidence
                && Math.abs(shift.size()) >= smallest
                && (lasted >= least || shift.evidence() >= tuning.alarmAtOnce());
    }

    /** After a jump was taken for true, what was thought of the others no longer holds. */
    void forget() {
        shifts.clear();
    }
}
