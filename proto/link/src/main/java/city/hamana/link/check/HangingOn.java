package city.hamana.link.check;

import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.EquipmentKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules about what hangs on the device: access points, gauges, analysers, meters that have something to tell. */
final class HangingOn {
    private HangingOn() {}

    /**
     * What is to be said of a piece of equipment; empty for what is only a part of one, as a radio is.
     *
     * @param nowUnixMs by the clock of the program that asks it
     */
    static Optional<Finding> finding(Equipment one, long nowUnixMs) {
        return word(one.getKind()).map(word -> finding(word, one, nowUnixMs));
    }

    private static Finding finding(String word, Equipment one, long nowUnixMs) {
        String figure = Stream.of(
                        name(one),
                        heard(one, nowUnixMs),
                        String.join(", ", one.getConditionsList()),
                        faults(one.getFaultsMap()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        boolean well = one.getAnswers() && one.getConditionsCount() == 0;
        Finding finding = well ? Finding.ok(word, figure) : Finding.look(word, figure, advice(one));
        return finding.with("id", one.getId())
                .with("answers", one.getAnswers())
                .with("model", one.getModel())
                .with("serial", one.getSerial())
                .with("software", one.getSoftware());
    }

    private static String name(Equipment one) {
        String what = Stream.of(one.getVendor(), one.getModel(), one.getSerial())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        return one.getId()
                + (what.isEmpty() ? "" : " (" + what + ")")
                + (one.getLine().isEmpty() ? "" : " at " + one.getLine());
    }

    private static String heard(Equipment one, long nowUnixMs) {
        if (one.getHeardUnixMs() == 0) {
            return "not heard since the start";
        }
        Duration since = Duration.ofMillis(Math.max(0, nowUnixMs - one.getHeardUnixMs()));
        return (one.getAnswers() ? "heard " : "does not answer, heard ") + Figures.text(since) + " ago";
    }

    private static String faults(Map<String, Long> faults) {
        return new TreeMap<>(faults)
                .entrySet().stream()
                        .map(fault -> fault.getKey() + " " + fault.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String advice(Equipment one) {
        if (one.getAnswers()) {
            return "Look up what it says of itself in its manual; docs/wiring.md says where each condition comes from.";
        }
        return switch (one.getKind()) {
            case EQUIPMENT_KIND_ACCESS_POINT, EQUIPMENT_KIND_CONTROLLER, EQUIPMENT_KIND_RADIO, EQUIPMENT_KIND_SSID ->
                "Look whether it has power and a network, and whether address, version and secrets are its own.";
            case EQUIPMENT_KIND_METER,
                    EQUIPMENT_KIND_LEVEL_GAUGE,
                    EQUIPMENT_KIND_FLOAT_SWITCH,
                    EQUIPMENT_KIND_ANALYSER,
                    EQUIPMENT_KIND_UNSPECIFIED,
                    UNRECOGNIZED -> "Look at its power, its wires and its address in the settings.";
        };
    }

    private static Optional<String> word(EquipmentKind kind) {
        return switch (kind) {
            case EQUIPMENT_KIND_METER -> Optional.of("meter");
            case EQUIPMENT_KIND_LEVEL_GAUGE -> Optional.of("level-gauge");
            case EQUIPMENT_KIND_FLOAT_SWITCH -> Optional.of("float-switch");
            case EQUIPMENT_KIND_ANALYSER -> Optional.of("analyser");
            case EQUIPMENT_KIND_ACCESS_POINT -> Optional.of("access-point");
            case EQUIPMENT_KIND_CONTROLLER -> Optional.of("controller");
            case EQUIPMENT_KIND_RADIO -> Optional.of("radio");
            case EQUIPMENT_KIND_SSID -> Optional.of("ssid");
            case EQUIPMENT_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
