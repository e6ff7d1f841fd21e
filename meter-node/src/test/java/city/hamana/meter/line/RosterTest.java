package city.hamana.meter.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.messages.DeviceId;
import city.hamana.messages.MeterAlarm;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.EquipmentKind;
import city.hamana.meter.line.Roster.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Place SEVEN = new Place("cellar", "7");

    private final Counters counters = new Counters();
    private final Roster roster = new Roster(counters);

    @Test
    void aMeterThatAnswersAndWarnsOfNothingIsNotTold() {
        roster.heard(SEVEN, NOW);
        roster.warns(SEVEN, List.of());
        assertEquals(List.of(), roster.report());
    }

    @Test
    void aMeterIsToldWithItsFaultsAndWhatItWarnsOfUntilItDoesNoMore() {
        roster.fault(SEVEN, "line.timeout");
        roster.fault(SEVEN, "line.timeout");
        roster.silent(SEVEN);
        roster.heard(SEVEN, NOW);
        roster.named(SEVEN, "els-12345678", "ELS");
        roster.warns(SEVEN, List.of(MeterAlarm.DRY, MeterAlarm.BURST));
        Equipment told = Equipment.newBuilder()
                .setId("els-12345678")
                .setKind(EquipmentKind.EQUIPMENT_KIND_METER)
                .setLine("cellar 7")
                .setAnswers(true)
                .setHeardUnixMs(NOW.toEpochMilli())
                .setVendor("ELS")
                .addAllConditions(List.of("burst", "dry"))
                .putAllFaults(Map.of("line.timeout", 2L))
                .build();
        assertEquals(List.of(told), roster.report());
        assertEquals(2, counters.of("line.timeout"));
        roster.warns(SEVEN, List.of());
        assertEquals(0, roster.report().getFirst().getConditionsCount());
    }

    @Test
    void aMeterThatNeverToldItsNameIsCalledByItsPlace() {
        for (String address : List.of("7", "12345678-HMN-01-07", "gpio 17")) {
            roster.silent(new Place("Cellar.2", address));
        }
        assertTrue(roster.report().stream().allMatch(e -> DeviceId.valid(e.getId())));
        assertEquals("cellar-2-7", roster.report().getFirst().getId());
    }

    @Test
    void nothingThatComesFromALineMakesItGrow() {
        for (int i = 0; i < 20_000; i++) {
            roster.fault(new Place("cellar", Integer.toString(i)), "telegram.checksum");
            roster.fault(SEVEN, "made-up-" + i);
        }
        assertEquals(Roster.MOST_REPORTED, roster.report().size());
        Equipment seven = roster.report().stream()
                .filter(e -> e.getLine().equals("cellar 7"))
                .findFirst()
                .orElseThrow();
        assertTrue(seven.getFaultsCount() <= 30);
        assertEquals(20_000, counters.of("telegram.checksum"));
    }
}
