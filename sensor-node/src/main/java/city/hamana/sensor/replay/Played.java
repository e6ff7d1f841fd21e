package city.hamana.sensor.replay;

import city.hamana.messages.v1.SignAspect;
import city.hamana.sensor.level.Assessment;
import city.hamana.sensor.level.Reading;
import city.hamana.sensor.level.Rules;
import city.hamana.sensor.level.Watch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What the sign did in one event; milliseconds from its beginning, the first minute apart.
 *
 * @param dangerMs when the water stood 15 cm deep, at which cars begin to stall
 * @param cautionMs when the sign warned first, or closed
 * @param closedMs when it closed first
 * @param falseCautions how often it warned though the water did not reach the threshold within ten minutes of it
 * @param falseClosures likewise
 */
record Played(
        Event event,
        OptionalLong dangerMs,
        OptionalLong cautionMs,
        OptionalLong closedMs,
        int falseCautions,
        int falseClosures) {
    private static final int DANGER_MM = 150;
    private static final long STEP_MS = 1_000;
    private static final long AROUND_MS = 600_000;

    static Played of(Event event, Rules rules) {
        List<String> names = IntStream.range(0, event.gauges().size())
                .mapToObj(i -> "gauge-" + i)
                .toList();
        Watch watch = new Watch(rules, names, SignAspect.SIGN_ASPECT_CAUTION);
        Tally tally = new Tally(event, rules);
        for (long ms = 0; ms < event.untilMs(); ) {
            Map<String, Reading> readings = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                readings.put(names.get(i), event.gauges().get(i).apply(ms));
            }
            Assessment found = watch.assess(readings, Watch.FloatState.NONE, ms);
            tally.look(ms, found.aspect());
            ms += found.next().toMillis();
        }
        return tally.played();
    }

    /** 15 cm were reached and the road was not closed by then. */
    boolean missed() {
        return dangerMs.isPresent() && (closedMs.isEmpty() || closedMs.getAsLong() > dangerMs.getAsLong());
    }

    static OptionalLong first(Event event, double mm) {
        return LongStream.iterate(0, ms -> ms < event.untilMs(), ms -> ms + STEP_MS)
                .filter(ms -> event.truthMm().applyAsDouble(ms) >= mm)
                .findFirst();
    }

    /** Counts while an event is played. */
    private static final class Tally {
        private static final long START_MS = 60_000;

        private final Event event;
        private final Rules rules;
        private OptionalLong caution = OptionalLong.empty();
        private OptionalLong closed = OptionalLong.empty();
        private SignAspect before = SignAspect.SIGN_ASPECT_CAUTION;
        private int falseCautions;
        private int falseClosures;

        Tally(Event event, Rules rules) {
            this.event = event;
            this.rules = rules;
        }

        void look(long ms, SignAspect aspect) {
            boolean stricter = aspect.getNumber() > before.getNumber();
            boolean warns = aspect != SignAspect.SIGN_ASPECT_OPEN;
            if (ms >= START_MS && warns && caution.isEmpty()) {
                caution = OptionalLong.of(ms);
            }
            if (aspect == SignAspect.SIGN_ASPECT_CLOSED && closed.isEmpty()) {
                closed = OptionalLong.of(ms);
            }
            if (ms >= START_MS && stricter) {
                falseCautions += aspect == SignAspect.SIGN_ASPECT_CAUTION && !near(ms, rules.cautionMm()) ? 1 : 0;
                falseClosures += aspect == SignAspect.SIGN_ASPECT_CLOSED && !near(ms, rules.closeMm()) ? 1 : 0;
            }
            before = aspect;
        }

        Played played() {
            return new Played(event, first(event, DANGER_MM), caution, closed, falseCautions, falseClosures);
        }

        private boolean near(long ms, int mm) {
            return LongStream.rangeClosed(-AROUND_MS / STEP_MS, AROUND_MS / STEP_MS)
                    .map(step -> ms + step * STEP_MS)
                    .anyMatch(at ->
                            at >= 0 && at < event.untilMs() && event.truthMm().applyAsDouble(at) >= mm);
        }
    }
}
