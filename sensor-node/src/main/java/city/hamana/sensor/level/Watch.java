package city.hamana.sensor.level;

import city.hamana.messages.LevelCondition;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Judges a road by its gauges, one round of readings after the other. Of gauges that contradict each other the one that
 * tells more water counts; a gauge at fault has no vote, and one that has just jumped as no water does has none as long
 * as another can be believed.
 */
public final class Watch {
    /** What a float switch says in one round. */
    public enum FloatState {
        NONE,
        DOWN,
        LIFTED
    }

    private final Rules rules;
    private final SignAspect failSafe;
    private final Map<String, GaugeTrack> gauges = new LinkedHashMap<>();
    private final Threshold caution;
    private final Threshold close;
    private final Threshold floatUp;
    private final Rise rise;
    private boolean known;
    private boolean apart;
    private boolean disagree;
    private boolean liftedBefore;
    private boolean lifted;
    private long wetUntilMs = Long.MIN_VALUE;

    /**
     * A watch that knows nothing yet.
     *
     * @param gauges their ids
     * @param failSafe what is shown while nobody knows the depth
     */
    public Watch(Rules rules, List<String> gauges, SignAspect failSafe) {
        this.rules = rules;
        this.failSafe = failSafe;
        this.caution = threshold(rules.cautionMm());
        this.close = threshold(rules.closeMm());
        this.floatUp = new Threshold(1, 0, rules.clearAfter());
        this.rise = new Rise(rules);
        gauges.forEach(gauge -> this.gauges.put(gauge, new GaugeTrack(rules)));
    }

    /**
     * One round.
     *
     * @param readings by gauge; a gauge that is not named was not asked
     * @param nowMs on a clock that is never set
     */
    public Assessment assess(Map<String, Reading> readings, FloatState floatSwitch, long nowMs) {
        readings.forEach((gauge, reading) -> gauges.get(gauge).take(reading, nowMs));
        lookAtFloat(floatSwitch, nowMs);
        OptionalInt depth = vote(nowMs);
        look(depth, nowMs);
        Map<String, Set<LevelCondition>> byGauge = new LinkedHashMap<>();
        gauges.forEach((id, track) -> byGauge.put(id, track.conditions(nowMs)));
        Set<LevelCondition> conditions = conditions(depth, byGauge.values());
        Shown shown = shown(conditions);
        boolean mayOpen = !lifted && (depth.isEmpty() || depth.getAsInt() < rules.closeMm());
        return new Assessment(depth, conditions, byGauge, shown.aspect(), shown.reason(), mayOpen, next(nowMs));
    }

    private Threshold threshold(int mm) {
        return new Threshold(mm, mm - rules.hysteresisMm(), rules.clearAfter());
    }

    /** A float counts as lifted, or as down, when it was so twice in a row; one that cannot be read stays as it was. */
    private void lookAtFloat(FloatState floatSwitch, long nowMs) {
        if (floatSwitch != FloatState.NONE) {
            boolean up = floatSwitch == FloatState.LIFTED;
            lifted = up == liftedBefore ? up : lifted;
            liftedBefore = up;
        }
        floatUp.look(lifted ? 1 : 0, nowMs);
    }

    /** Whether the gauge's last reading was held back as doubtful. */
    public boolean held(String gauge) {
        return gauges.get(gauge).held();
    }

    private OptionalInt vote(long nowMs) {
        List<GaugeTrack> voters =
                gauges.values().stream().filter(g -> g.depth().isPresent()).toList();
        List<GaugeTrack> sure = voters.stream().filter(g -> !g.doubted(nowMs)).toList();
        voters.stream()
                .filter(g -> g.doubted(nowMs) && (lifted || agrees(g, sure)))
                .forEach(GaugeTrack::believed);
        boolean apartNow = spread(voters) > rules.toleranceMm();
        disagree = apartNow && (apart || disagree);
        apart = apartNow;
        List<GaugeTrack> counted =
                voters.stream().filter(g -> sure.isEmpty() || !g.doubted(nowMs)).toList();
        return counted.stream().mapToInt(Watch::depth).max();
    }

    private boolean agrees(GaugeTrack gauge, List<GaugeTrack> others) {
        return others.stream().anyMatch(o -> Math.abs(depth(o) - depth(gauge)) <= rules.toleranceMm());
    }

    private static int spread(Collection<GaugeTrack> gauges) {
        int most = gauges.stream().mapToInt(Watch::depth).max().orElse(0);
        return most - gauges.stream().mapToInt(Watch::depth).min().orElse(0);
    }

    private static int depth(GaugeTrack gauge) {
        return Math.max(0, gauge.depth().orElseThrow());
    }

    private void look(OptionalInt depth, long nowMs) {
        if (depth.isPresent()) {
            int mm = depth.getAsInt();
            known = true;
            caution.look(mm, nowMs);
            close.look(mm, nowMs);
            rise.look(mm, nowMs);
        } else {
            caution.unknown();
            close.unknown();
            rise.unknown();
        }
        if (lifted || depth.orElse(0) >= rules.wetMm()) {
            wetUntilMs = nowMs + rules.wetFor().toMillis();
        }
    }

    private Set<LevelCondition> conditions(OptionalInt depth, Collection<Set<LevelCondition>> byGauge) {
        Set<LevelCondition> conditions = EnumSet.noneOf(LevelCondition.class);
        add(conditions, caution.reached(), LevelCondition.CAUTION);
        add(conditions, close.reached(), LevelCondition.CLOSE);
        add(conditions, rise.rising() && !close.reached(), LevelCondition.RISING);
        add(conditions, floatUp.reached(), LevelCondition.FLOAT);
        add(conditions, disagree, LevelCondition.DISAGREE);
        boolean failed = byGauge.stream().allMatch(c -> !c.isEmpty());
        add(conditions, depth.isEmpty() && (known || failed), LevelCondition.SILENT);
        boolean fault = byGauge.stream().anyMatch(c -> c.contains(LevelCondition.SENSOR_FAULT));
        add(conditions, fault, LevelCondition.SENSOR_FAULT);
        return conditions;
    }

    private static void add(Set<LevelCondition> conditions, boolean so, LevelCondition condition) {
        if (so) {
            conditions.add(condition);
        }
    }

    private record Shown(SignAspect aspect, SignReason reason) {}

    /** The strictest of what the conditions ask for; of two that ask for the same, the surer reason. */
    private Shown shown(Set<LevelCondition> conditions) {
        boolean silent = conditions.contains(LevelCondition.SILENT);
        if (conditions.contains(LevelCondition.CLOSE)) {
            return new Shown(SignAspect.SIGN_ASPECT_CLOSED, SignReason.SIGN_REASON_LEVEL);
        } else if (conditions.contains(LevelCondition.FLOAT)) {
            return new Shown(SignAspect.SIGN_ASPECT_CLOSED, SignReason.SIGN_REASON_FLOAT);
        } else if (silent && conditions.contains(LevelCondition.RISING)) {
            // The gauges have died in the rising water.
            return new Shown(SignAspect.SIGN_ASPECT_CLOSED, SignReason.SIGN_REASON_FAIL_SAFE);
        } else if (!known || silent || conditions.contains(LevelCondition.DISAGREE)) {
            return failSafe(conditions.contains(LevelCondition.CAUTION));
        } else if (conditions.contains(LevelCondition.CAUTION)) {
            return new Shown(SignAspect.SIGN_ASPECT_CAUTION, SignReason.SIGN_REASON_LEVEL);
        } else if (conditions.contains(LevelCondition.RISING)) {
            return new Shown(SignAspect.SIGN_ASPECT_CAUTION, SignReason.SIGN_REASON_RISE);
        }
        return new Shown(SignAspect.SIGN_ASPECT_OPEN, SignReason.SIGN_REASON_LEVEL);
    }

    private Shown failSafe(boolean caution) {
        return caution && failSafe == SignAspect.SIGN_ASPECT_CAUTION
                ? new Shown(SignAspect.SIGN_ASPECT_CAUTION, SignReason.SIGN_REASON_LEVEL)
                : new Shown(failSafe, SignReason.SIGN_REASON_FAIL_SAFE);
    }

    private Duration next(long nowMs) {
        if (liftedBefore != lifted || gauges.values().stream().anyMatch(GaugeTrack::held)) {
            return rules.confirmEvery();
        }
        boolean unsure = gauges.values().stream().anyMatch(GaugeTrack::unsure);
        return unsure || nowMs < wetUntilMs ? rules.wetEvery() : rules.dryEvery();
    }
}
