package city.hamana.sensing.vee;

import city.hamana.messages.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Takes out of a meter's readings what cannot be true, before anything is filled: first what its own flags or form
 * condemn, then what contradicts its neighbours. What is taken out stays in the readings; only the reckoning goes on
 * without it.
 */
final class Cleaning {
    /** For how many readings a register may stand wrong and come back. */
    private static final int MOST_WRONG = 6;

    private final Limits limits;
    private final Set<Instant> conflicts;
    private final List<Register> sound = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private int segment;

    private Cleaning(Limits limits, Set<Instant> conflicts) {
        this.limits = limits;
        this.conflicts = conflicts;
    }

    /** What counts of the readings, in order of time, and why the rest does not. */
    record Cleaned(List<Register> registers, List<Doubt> doubts) {}

    /**
     * Cleans one meter's registers.
     *
     * @param samples in order of time
     * @param conflicts instants for which two values came
     */
    static Cleaned of(List<Sample> samples, Set<Instant> conflicts, Limits limits) {
        Cleaning cleaning = new Cleaning(limits, conflicts);
        cleaning.stamps(samples);
        cleaning.chain(cleaning.formed(samples));
        return new Cleaned(cleaning.sound, cleaning.doubts);
    }

    private List<Register> formed(List<Sample> samples) {
        int usual = SampleChecks.usualExponent(samples);
        List<Register> formed = new ArrayList<>(samples.size());
        for (Sample sample : samples) {
            OptionalLong value = Register.millilitres(sample);
            if (SampleChecks.clockUnsynchronised(sample)) {
                doubt(Code.CLOCK_UNSYNCHRONISED, sample.at(), 0, 0);
            } else if (SampleChecks.meterError(sample)) {
                doubt(Code.METER_ERROR, sample.at(), 0, 0);
            } else if (SampleChecks.negative(sample)) {
                doubt(Code.NEGATIVE, sample.at(), 0, 0);
            } else if (SampleChecks.rounded(sample, usual)) {
                doubt(Code.ROUNDED, sample.at(), value.getAsLong(), 0);
            } else if (conflicts.contains(sample.at())) {
                doubt(Code.CONFLICT, sample.at(), value.getAsLong(), 0);
            } else {
                formed.add(Register.of(sample, value.getAsLong(), 0));
            }
        }
        return formed;
    }

    /** What the stamps alone tell. */
    private void stamps(List<Sample> samples) {
        long usual = usualStep(samples);
        for (int i = 1; i < samples.size(); i++) {
            Sample now = samples.get(i);
            long step = now.at().toEpochMilli() - samples.get(i - 1).at().toEpochMilli();
            long moved = SampleChecks.clockMoved(samples.get(i - 1), now, usual);
            if (moved != 0) {
                doubt(moved > 0 ? Code.CLOCK_FORWARD : Code.CLOCK_BACK, now.at(), Math.abs(moved), 0);
            } else if (SampleChecks.interval(step, usual)) {
                doubt(Code.INTERVAL, now.at(), step, usual);
            }
            if (SampleChecks.unaligned(now.at().toEpochMilli())) {
                doubt(Code.UNALIGNED, now.at(), 0, 0);
            }
        }
    }

    /** The median step; 0 when there are fewer than three. */
    private static long usualStep(List<Sample> samples) {
        if (samples.size() < 4) {
            return 0;
        }
        long[] steps = new long[samples.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] =
                    samples.get(i + 1).at().toEpochMilli() - samples.get(i).at().toEpochMilli();
        }
        Arrays.sort(steps);
        return steps[steps.length / 2];
    }

    private void chain(List<Register> formed) {
        for (int i = 0; i < formed.size(); i++) {
            Register now = formed.get(i);
            if (sound.isEmpty()) {
                keep(now);
            } else {
                follow(sound.getLast(), now, formed, i);
            }
        }
    }

    private void follow(Register before, Register now, List<Register> formed, int at) {
        if (SampleChecks.duplicate(before, now)) {
            doubt(Code.DUPLICATE, Instant.ofEpochMilli(now.at()), now.millilitres(), 0);
        } else if (SampleChecks.decrease(before, now)) {
            decreased(before, now, formed, at);
        } else if (SampleChecks.demand(before, now, limits.most())) {
            long amount = now.millilitres() - before.millilitres();
            doubt(Code.DEMAND, Instant.ofEpochMilli(now.at()), amount, limits.most());
            if (!comesBack(before, now, formed, at)) {
                jump(now);
            }
        } else {
            keep(now);
        }
    }

    /**
     * A register that went down: a few litres that ran back, which are run through again before they count; or one wrong
     * reading among right ones; or a register that began anew.
     */
    private void decreased(Register before, Register now, List<Register> formed, int at) {
        long by = before.millilitres() - now.millilitres();
        doubt(Code.DECREASE, Instant.ofEpochMilli(now.at()), by, 0);
        if (by <= limits.litres("ran-back-l")) {
            keep(now.held(before.millilitres()));
        } else if (!goesOn(before, formed, at)) {
            jump(now);
        }
    }

    /** Whether one of the next readings fits to the one before, so that what lies between is wrong. */
    private boolean goesOn(Register before, List<Register> formed, int at) {
        for (int i = at + 1; i < Math.min(formed.size(), at + 1 + MOST_WRONG); i++) {
            if (SampleChecks.possible(before, formed.get(i), limits.most())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a register that leapt up stands lower again soon. */
    private boolean comesBack(Register before, Register now, List<Register> formed, int at) {
        for (int i = at + 1; i < Math.min(formed.size(), at + 1 + MOST_WRONG); i++) {
            Register next = formed.get(i);
            if (next.millilitres() < now.millilitres() && SampleChecks.possible(before, next, limits.most())) {
                return true;
            }
        }
        return false;
    }

    private void jump(Register now) {
        segment++;
        keep(now);
    }

    private void keep(Register register) {
        sound.add(new Register(register.at(), register.millilitres(), register.estimated(), segment));
    }

    private void doubt(Code code, Instant at, long value, long limit) {
        doubts.add(new Doubt(code, at, 1, value, limit));
    }
}
