package city.hamana.service.watchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.sensing.vee.Origin;
import city.hamana.sensing.vee.Use;
import city.hamana.service.watchover.Rhythm.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A home that uses water from seven to twenty-two, four weeks of it, and then something else. */
class RhythmTest {
    @Test
    void anOrdinaryNightIsNotAskedAbout() {
        for (int hours = 0; hours <= 10; hours++) {
            assertTrue(Rhythm.of(then(hours, 0)).isEmpty(), hours + " hours after ten in the evening");
        }
    }

    @Test
    void aPauseAQuarterLongerThanTheUsualOneIsAskedAboutWithItsHours() {
        Rhythm.Unusual unusual = Rhythm.of(then(12, 0)).orElseThrow();
        assertEquals(Kind.QUIET, unusual.kind());
        assertEquals(12, unusual.hours());
        assertEquals(12, unusual.limit());
    }

    @Test
    void aHomeThatIsOftenEmptyForTwentyHoursIsAskedLaterThanOneThatNeverIs() {
        List<Use> hours = new ArrayList<>();
        for (int day = 0; day < 28; day++) {
            hours.addAll(Collections.nCopies(19, use(0)));
            hours.addAll(Collections.nCopies(5, use(20_000)));
        }
        hours.addAll(Collections.nCopies(20, use(0)));
        assertEquals(Optional.empty(), Rhythm.of(hours));
        hours.addAll(Collections.nCopies(4, use(0)));
        assertEquals(Kind.QUIET, Rhythm.of(hours).orElseThrow().kind());
    }

    @Test
    void waterWithoutAPauseIsAskedAbout() {
        assertEquals(
                Kind.RUNNING, Rhythm.of(then(24, 60_000)).orElseThrow().kind());
    }

    @Test
    void aSilentMeterSaysNothingOfThePerson() {
        List<Use> hours = then(8, 0);
        hours.addAll(Collections.nCopies(20, new Use.NotYet()));
        assertEquals(Optional.empty(), Rhythm.of(hours));
        assertEquals(Optional.empty(), Rhythm.of(List.of()));
        assertEquals(Optional.empty(), Rhythm.of(Collections.nCopies(48, new Use.Missing())));
    }

    @Test
    void inTheFirstWeekOnlyAWholeDayIsAskedAbout() {
        List<Use> hours = new ArrayList<>(Collections.nCopies(24, use(5_000)));
        hours.addAll(Collections.nCopies(23, use(0)));
        assertEquals(Optional.empty(), Rhythm.of(hours));
        hours.add(use(0));
        assertEquals(24, Rhythm.of(hours).orElseThrow().hours());
    }

    @Property
    void aWholeDayWithoutWaterIsAlwaysAskedAboutAndADripIsNoWater(@ForAll @IntRange(max = 999) int drip) {
        assertEquals(Kind.QUIET, Rhythm.of(then(24, drip)).orElseThrow().kind());
    }

    /** Four weeks, and from ten in the evening so many hours of this. */
    private static List<Use> then(int hours, long millilitres) {
        List<Use> all = new ArrayList<>();
        for (int day = 0; day < 28; day++) {
            all.addAll(Collections.nCopies(9, use(0)));
            all.addAll(Collections.nCopies(15, use(15_000)));
        }
        all.addAll(Collections.nCopies(hours, use(millilitres)));
        return all;
    }

    private static Use use(long millilitres) {
        return new Use.Known(millilitres, Origin.MEASURED);
    }
}
