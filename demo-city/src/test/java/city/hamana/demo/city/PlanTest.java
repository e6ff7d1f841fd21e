package city.hamana.demo.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    @TempDir
    Path folder;

    @Test
    void everySettingsFileTellsItsProgramToEndWithUsAndTheCitysTime() {
        Plan plan = Plan.of(folder, new CityTime(java.time.Instant.EPOCH, java.time.Instant.EPOCH, 7), 8443)
                .withSensors();
        Plan.Sensors sensors = plan.sensors().orElseThrow();
        for (Plan.Program program : List.of(
                plan.aggregator(),
                plan.gateway(),
                plan.simulator(),
                plan.accessPointSimulator(sensors),
                plan.sensorSimulator(sensors),
                plan.sensorNode(sensors),
                plan.node("meter-node-1", plan.street1()))) {
            assertTrue(program.settings().contains("\nexit-with-parent=true\n"), program.name());
            assertTrue(program.settings().contains("\nclock-speed=7\n"), program.name());
        }
    }

    @Test
    void furtherSettingsStandLastAndSoCount() {
        CityTime time = new CityTime(java.time.Instant.EPOCH, java.time.Instant.EPOCH, 1);
        Plan plan = Plan.of(folder, time, 8443)
                .with(Plan.NODE_1, "poll-every-ms=200\n")
                .with(Plan.NODE_1, "keep-alive-ms=1000\n");
        assertTrue(plan.node(Plan.NODE_1, 1).settings().endsWith("\npoll-every-ms=200\nkeep-alive-ms=1000\n"));
        assertTrue(plan.node(Plan.NODE_2, 1).settings().endsWith("\nexit-with-parent=true\n"));
    }

    @Test
    void theSignInsOfACityAreMadeOnceAndAreItsOwn() {
        Path file = folder.resolve("sign-ins.properties");
        Passwords first = Passwords.of(file);
        assertEquals(first, Passwords.of(file));
        assertTrue(!first.staff().equals(Passwords.of(folder.resolve("other")).staff()));
        List<String> lines = first.initialUsers("hmn-00000001").lines().toList();
        assertTrue(lines.getFirst().startsWith("staff:staff+admin+auditor:" + first.staff() + ":suido.manager"));
        assertTrue(lines.contains("road-manager:staff:" + first.staff() + ":doboku.manager:森 恵"));
        assertTrue(
                lines.stream().anyMatch(l -> l.startsWith("resident:resident:" + first.resident() + ":hmn-00000001")));
        assertEquals("demonstration:api:" + first.token() + ":readings,metrics", lines.getLast());
    }
}
