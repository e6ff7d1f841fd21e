package city.hamana.sensing.equipment;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One quantity over a stretch of time.
 *
 * @param unit of the values; a total of octets is shown as what flows, in kB/s
 * @param marks in order of time
 * @param limits values that are drawn as lines across
 * @param words prefix of the words of each limit, one for one
 */
public record Trace(
        String id,
        Quantity quantity,
        String unit,
        Instant from,
        Instant to,
        List<Mark> marks,
        List<Double> limits,
        List<String> words) {
    /**
     * A value.
     *
     * @param doubted whether its equipment or its clock was not sound
     */
    public record Mark(Instant at, double value, boolean doubted) {}

    /** An hour's least, mean and greatest value. */
    public record Hour(Instant start, double least, double mean, double most, int count) {}

    static Trace of(String id, Quantity quantity, List<Sample> samples, Instant from, Instant to) {
        boolean total = quantity == Quantity.OCTETS_IN || quantity == Quantity.OCTETS_OUT;
        List<Mark> marks = samples.stream()
                .map(s -> new Mark(s.at(), s.decimal().doubleValue(), s.flags() != 0))
                .toList();
        return new Trace(
                id,
                quantity,
                total ? "kB/s" : quantity.unit(),
                from,
                to,
                total ? flow(marks) : marks,
                List.of(),
                List.of());
    }

    /** The same with lines across. */
    public Trace with(List<Double> across, List<String> theirWords) {
        return new Trace(id, quantity, unit, from, to, marks, List.copyOf(across), List.copyOf(theirWords));
    }

    /** Whether it jumps from value to value and is nothing between: states and counts. */
    public boolean stepped() {
        return switch (quantity) {
            case FLOAT, SIGN, UP, CLIENTS, LEVEL_CONDITIONS, ANALYSER_CONDITIONS, METER_ALARMS, METER_STATUS -> true;
            default -> false;
        };
    }

    /** How long the stretch is. */
    public long hoursApart() {
        return Duration.between(from, to).toHours();
    }

    public Optional<Mark> last() {
        return marks.isEmpty() ? Optional.empty() : Optional.of(marks.getLast());
    }

    public Curve curve(Curve.Size size) {
        return Curve.of(this, size);
    }

    /** By hours, those with values only. */
    public List<Hour> hours() {
        TreeMap<Long, List<Mark>> byHour = new TreeMap<>();
        for (Mark mark : marks) {
            byHour.computeIfAbsent(mark.at().getEpochSecond() / 3_600, hour -> new ArrayList<>())
                    .add(mark);
        }
        return byHour.entrySet().stream()
                .map(hour -> hour(Instant.ofEpochSecond(hour.getKey() * 3_600), hour.getValue()))
                .toList();
    }

    private static Hour hour(Instant start, List<Mark> marks) {
        var values = marks.stream().mapToDouble(Mark::value).summaryStatistics();
        return new Hour(start, values.getMin(), values.getAverage(), values.getMax(), marks.size());
    }

    /** What went through between two looks at the total; a total that went back was begun anew. */
    private static List<Mark> flow(List<Mark> totals) {
        List<Mark> flow = new ArrayList<>();
        for (int i = 1; i < totals.size(); i++) {
            Mark before = totals.get(i - 1);
            Mark after = totals.get(i);
            double seconds = Duration.between(before.at(), after.at()).toMillis() / 1e3;
            if (seconds > 0 && after.value() >= before.value()) {
                flow.add(new Mark(after.at(), (after.value() - before.value()) / seconds / 1e3, after.doubted()));
            }
        }
        return flow;
    }
}
