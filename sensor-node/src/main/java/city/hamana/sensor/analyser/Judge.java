package city.hamana.sensor.analyser;

import city.hamana.messages.AnalyserCondition;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Tells what is wrong with an analyser from what is wrong with the water. Every value is kept; some are not believed. */
final class Judge {
    /** Conditions under which no value of the analyser says anything of the water. */
    private static final Set<AnalyserCondition> ALL_DOUBTED =
            EnumSet.of(AnalyserCondition.SENSOR_FAULT, AnalyserCondition.NO_SAMPLE_FLOW, AnalyserCondition.MAINTENANCE);

    private record Stay(double value, int times) {}

    /**
     * What was found.
     *
     * @param ofValues what the values themselves say
     * @param flags of each value, bits of {@link Quality}
     */
    record Found(Set<AnalyserCondition> ofValues, Map<Quantity, Integer> flags) {}

    private final int frozenAfter;
    private final Map<Quantity, Stay> stays = new EnumMap<>(Quantity.class);

    /**
     * A judge who has seen nothing yet.
     *
     * @param frozenAfter so many times the same value in a row are not believed; 0: any number is
     */
    Judge(int frozenAfter) {
        this.frozenAfter = frozenAfter;
    }

    /**
     * Judges one reading.
     *
     * @param values by channel, finite
     * @param told what the analyser and its calendar say of it
     */
    Found judge(Map<Channel, Double> values, Set<AnalyserCondition> told) {
        Set<AnalyserCondition> ofValues = EnumSet.noneOf(AnalyserCondition.class);
        Map<Quantity, Integer> flags = new EnumMap<>(Quantity.class);
        boolean allDoubted = told.stream().anyMatch(ALL_DOUBTED::contains);
        values.forEach((channel, value) -> {
            Set<AnalyserCondition> own = own(channel, value);
            ofValues.addAll(own);
            flags.put(channel.quantity(), own.isEmpty() && !allDoubted ? 0 : Quality.METER_ERROR);
        });
        return new Found(ofValues, flags);
    }

    private Set<AnalyserCondition> own(Channel channel, double value) {
        Set<AnalyserCondition> own = EnumSet.noneOf(AnalyserCondition.class);
        if (channel.dead(value)) {
            own.add(AnalyserCondition.SENSOR_FAULT);
        }
        if (!channel.inRange(value)) {
            own.add(AnalyserCondition.OUT_OF_RANGE);
        }
        if (frozen(channel.quantity(), value)) {
            own.add(AnalyserCondition.FROZEN);
        }
        return own;
    }

    private boolean frozen(Quantity quantity, double value) {
        Stay before = stays.get(quantity);
        boolean same = before != null && Double.compare(before.value(), value) == 0;
        Stay now = new Stay(value, same ? Math.min(before.times() + 1, Integer.MAX_VALUE - 1) : 1);
        stays.put(quantity, now);
        return frozenAfter > 0 && now.times() >= frozenAfter;
    }
}
