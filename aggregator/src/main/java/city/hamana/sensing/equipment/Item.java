package city.hamana.sensing.equipment;

import city.hamana.messages.AnalyserCondition;
import city.hamana.messages.Condition;
import city.hamana.messages.LevelCondition;
import city.hamana.messages.MeterAlarm;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.Equipment;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One piece of equipment as city hall knows it.
 *
 * @param device what it hangs on; empty where no device tells of it now
 * @param told what its device last said of it; empty values where nothing
 * @param now its newest value, of the quantity it is there for; none of a meter
 */
public record Item(String id, Kind kind, String device, Equipment told, Optional<Sample> now) {
    private static final Set<String> KNOWN = Stream.<Condition[]>of(
                    MeterAlarm.values(), LevelCondition.values(), AnalyserCondition.values())
            .flatMap(Arrays::stream)
            .map(Condition::code)
            .collect(Collectors.toUnmodifiableSet());

    /** Does something about it want somebody to look? */
    public boolean troubled() {
        return silent() || !told.getConditionsList().isEmpty();
    }

    /** Whether its device says that it does not answer. */
    public boolean silent() {
        return tells() && !told.getAnswers();
    }

    /** Whether its device tells of it; what has only values and no trouble may be left out. */
    public boolean tells() {
        return !told.getId().isEmpty();
    }

    public Optional<Instant> heard() {
        return told.getHeardUnixMs() > 0
                ? Optional.of(Instant.ofEpochMilli(told.getHeardUnixMs()))
                : now.map(Sample::at);
    }

    public List<String> conditions() {
        return told.getConditionsList();
    }

    /** Whether this version has words for a condition; a newer device may tell of others. */
    public static boolean known(String condition) {
        return KNOWN.contains(condition);
    }

    /** By name. */
    public SortedMap<String, Long> faults() {
        return new TreeMap<>(told.getFaultsMap());
    }

    public long faultCount() {
        return told.getFaultsMap().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Maker and model, as far as it says. */
    public String model() {
        return (told.getVendor() + " " + told.getModel()).strip();
    }
}
