package city.hamana.messages;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** What may be the case with a piece of equipment: a bit of a sample's value, and a code for everything else. */
public sealed interface Condition permits MeterAlarm, LevelCondition, AnalyserCondition {
    /** Place of the bit, from 0 up; never given to another condition of the kind. */
    int bit();

    /** What stands in statuses, words and CSV. */
    String code();

    /** All of them in one number. */
    static long bits(Collection<? extends Condition> conditions) {
        return conditions.stream().mapToLong(c -> 1L << c.bit()).reduce(0, (all, one) -> all | one);
    }

    /**
     * Those whose bits are set; bits that this version does not know are passed over.
     *
     * @param kinds all conditions of the kind: {@code MeterAlarm.values()}
     */
    static <C extends Condition> List<C> of(C[] kinds, long bits) {
        return Arrays.stream(kinds).filter(c -> (bits >> c.bit() & 1) == 1).toList();
    }
}
