package city.hamana.sensing.vee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Sample;
import city.hamana.sensing.inflow.OffDays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule on the sample of real registers that ships with the simulator (DAIAD, CC BY-SA 4.0, see the attribution beside
 * it): what is put in is found, and the days beside it stay silent.
 */
class TrialTest {
    private static final Path SAMPLE =
            Path.of("../meter-node/src/main/resources/city/hamana/meter/simulator/daiad-sample.csv.gz");

    /** Of these, how many are found goes by how the home lives: a home that is away now and then has no "least day". */
    private static final Set<Code> BY_THE_HOME = Set.of(Code.LOW, Code.MULTIPLIER, Code.HISTORY_MAXIMUM, Code.INACTIVE);

    private static Trial trial;

    @BeforeAll
    static void read() throws IOException {
        Map<String, List<Sample>> homes = TrialReport.homes(SAMPLE);
        assertEquals(12, homes.size());
        trial = new Trial(homes, TrialReport.limits(), new CityDays(TrialReport.ZONE, OffDays.none()));
    }

    static Stream<Fault> faults() {
        // The sample is 90 days long; a gap of 50 and the weeks before it do not fit in.
        return Fault.all().stream().filter(fault -> fault.code() != Code.GAP_TOO_LONG);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsPutInIsFoundAndTheDaysBesideItStaySilent(Fault fault) {
        Trial.Tried tried = trial.tried(fault);
        assertTrue(tried.injected() >= 6, tried::toString);
        int missed = tried.injected() - tried.found();
        assertTrue(missed == 0 || (BY_THE_HOME.contains(fault.code()) && tried.found() > 0), tried::toString);
        assertTrue(tried.falsely() <= 1, tried::toString);
    }
}
