package city.hamana.service.watchover;

import city.hamana.sensing.vee.Use;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether a home's water goes as it usually does. What is usual is learnt from the home itself: a limit for all sends two
 * messages a month for each person who is well (坂城町 2017-19: 9,487 mails for 40 elders,
 * 1,645 of them alarms). So the limit is the longest pause of nineteen in twenty days, and a quarter of it more.
 */
final class Rhythm {
    /** Hours that are looked at: four weeks, and today. */
    static final int HOURS = 29 * 24;

    /** Never asked before so long a pause: a night's sleep and a late rising. */
    static final int LEAST_QUIET = 10;

    /** A meter whose newest hour is older says nothing of now. */
    static final int FRESH = 6;

    /** Always asked after it, however a home lives. */
    static final int MOST_QUIET = 24;

    /** Never asked before water has run so long without a pause. */
    static final int LEAST_RUNNING = 3;

    private static final int DAY = 24;
    private static final int LEAST_DAYS = 7;
    private static final double MORE = 1.25;
    private static final double DAYS_OF_TWENTY = 0.95;
    /** Millilitres an hour that a person uses at least; less drips. */
    private static final long USED = 1_000;

    private Rhythm() {}

    /** What is not usual. */
    enum Kind {
        /** No water for too long. */
        QUIET,
        /** Water without a pause. */
        RUNNING;

        String code() {
            return this == QUIET ? "quiet" : "running";
        }
    }

    /** What the water says of now. */
    sealed interface Judged {}

    /** All is as it usually is. */
    record Usual() implements Judged {}

    /** The meter is silent. */
    record Unknown() implements Judged {}

    /**
     * Something that is not usual.
     *
     * @param hours ago, that it began
     * @param limit of this home
     */
    record Unusual(Kind kind, int hours, int limit) implements Judged {}

    /**
     * Judges by the hours up to now. Hours that are missing end a pause without a word: they say nothing of the person.
     *
     * @param hours one after the other, the last the newest
     */
    static Judged of(List<Use> hours) {
        int end = lastKnown(hours);
        int silent = hours.size() - 1 - end;
        if (end < 0 || silent > FRESH) {
            return new Unknown();
        }
        int quiet = run(hours, end, false);
        int running = run(hours, end, true);
        List<Use> past = hours.subList(0, Math.max(0, end - Math.max(quiet, running) + 1));
        int quietLimit = limit(past, false, LEAST_QUIET, MOST_QUIET);
        int runningLimit = limit(past, true, LEAST_RUNNING, MOST_QUIET);
        if (quiet >= quietLimit) {
            return new Unusual(Kind.QUIET, quiet + silent, quietLimit);
        }
        return running >= runningLimit ? new Unusual(Kind.RUNNING, running + silent, runningLimit) : new Usual();
    }

    private static int lastKnown(List<Use> hours) {
        int end = hours.size() - 1;
        while (end >= 0 && !(hours.get(end) instanceof Use.Known)) {
            end--;
        }
        return end;
    }

    /** Hours up to {@code end} in which water was used, or was not, without a break. */
    private static int run(List<Use> hours, int end, boolean used) {
        int length = 0;
        while (end - length >= 0
                && hours.get(end - length) instanceof Use.Known known
                && used == known.millilitres() >= USED) {
            length++;
        }
        return length;
    }

    /** The longest run of nineteen in twenty days, and a quarter more. */
    private static int limit(List<Use> past, boolean used, int least, int most) {
        List<Integer> longest = new ArrayList<>();
        for (int from = past.size() % DAY; from + DAY <= past.size(); from += DAY) {
            int best = 0;
            for (int hour = from; hour < from + DAY; hour++) {
                best = Math.max(best, run(past, hour, used));
            }
            longest.add(best);
        }
        if (longest.size() < LEAST_DAYS) {
            return most;
        }
        Collections.sort(longest);
        int usual = longest.get((int) Math.floor((longest.size() - 1) * DAYS_OF_TWENTY));
        return Math.clamp((int) Math.ceil(usual * MORE), least, most);
    }
}
