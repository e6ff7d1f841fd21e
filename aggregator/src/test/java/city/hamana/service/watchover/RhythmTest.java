package city.hamana.service.watchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import city.hamana.sensing.vee.Origin;
import city.hamana.sensing.vee.Use;
import city.hamana.service.watchover.Rhythm.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A home that uses water from seven to twenty-two, four weeks of it, and then something else. */
class RhythmTest {
    @Test
    void anOrdinaryNightIsNotAskedAbout() {
        for (int hours = 0; hours <= 10; hours++) {
            assertEquals(new Rhythm.Usual(), Rhythm.of(then(hours, 0)), hours + " hours after ten in the evening");
        }
    }

    @Test
    void aPauseAQuarterLongerThanTheUsualOneIsAskedAboutWithItsHours() {
        Rhythm.Unusual unusual = unusual(then(12, 0));
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
        assertEquals(new Rhythm.Usual(), Rhythm.of(hours));
        hours.addAll(Collections.nCopies(4, use(0)));
        assertEquals(Kind.QUIET, unusual(hours).kind());
    }

    @Test
    void waterWithoutAPauseIsAskedAbout() {
        assertEquals(Kind.RUNNING, unusual(then(24, 60_000)).kind());
    }

    @Test
    void aSilentMeterSaysNothingOfThePerson() {
        List<Use> hours = then(12, 0);
        hours.addAll(Collections.nCopies(Rhythm.FRESH, new Use.NotYet()));
        assertEquals(12 + Rhythm.FRESH, unusual(hours).hours());
        hours.add(new Use.NotYet());
        assertEquals(new Rhythm.Unknown(), Rhythm.of(hours));
        assertEquals(new Rhythm.Unknown(), Rhythm.of(List.of()));
        assertEquals(new Rhythm.Unknown(), Rhythm.of(Collections.nCopies(48, new Use.Missing())));
    }

    @Test
    void inTheFirstWeekOnlyAWholeDayIsAskedAbout() {
        List<Use> hours = new ArrayList<>(Collections.nCopies(24, use(5_000)));
        hours.addAll(Collections.nCopies(23, use(0)));
        assertEquals(new Rhythm.Usual(), Rhythm.of(hours));
        hours.add(use(0));
        assertEquals(24, unusual(hours).hours());
    }

    @Property
    void aWholeDayWithoutWaterIsAlwaysAskedAboutAndADripIsNoWater(@ForAll @IntRange(max = 999) int drip) {
        assertEquals(Kind.QUIET, unusual(then(24, drip)).kind());
    }

    private static Rhythm.Unusual unusual(List<Use> hours) {
        return assertInstanceOf(Rhythm.Unusual.class, Rhythm.of(hours));
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
