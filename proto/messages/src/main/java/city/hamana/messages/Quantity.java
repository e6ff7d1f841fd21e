package city.hamana.messages;

import java.util.Arrays;
import java.util.Optional;

/** What is measured, with the one unit its values are carried in. The code is what stands in blocks, URLs and CSV. */
public enum Quantity {
    /** Register of a water meter: the total that ran through, never a difference. */
    VOLUME("volume", "m3"),
    /** Register of what ran backwards. */
    REVERSE_VOLUME("reverse-volume", "m3"),
    FLOW("flow", "m3/h"),
    TEMPERATURE("temperature", "degC"),
    /** Remaining life of the battery. */
    BATTERY("battery", "d"),
    /** Bits of the meter's own status byte (EN 13757-3, 6.6). */
    METER_STATUS("meter-status", "1"),
    /** What the meter itself warns of, as bits of {@link MeterAlarm}. */
    METER_ALARMS("meter-alarms", "1"),
    /** Depth of water over the lowest point of the road. */
    LEVEL("level", "m"),
    /** 1 while a float switch is lifted, else 0. */
    FLOAT("float", "1"),
    /** What is the case at a gauge, as bits of {@link LevelCondition}. */
    LEVEL_CONDITIONS("level-conditions", "1"),
    /** What a warning sign shows: the number of a SignAspect (status.proto). */
    SIGN("sign", "1"),
    FREE_CHLORINE("free-chlorine", "mg/L"),
    TURBIDITY("turbidity", "NTU"),
    PH("ph", "1"),
    /** What is the case with an analyser, as bits of {@link AnalyserCondition}. */
    ANALYSER_CONDITIONS("analyser-conditions", "1"),
    /** Wi-Fi clients associated at the instant. */
    CLIENTS("clients", "1"),
    /** Octets sent to clients or the network since the gateway first asked; a total that never goes back. */
    OCTETS_OUT("octets-out", "B"),
    /** Octets received, likewise. */
    OCTETS_IN("octets-in", "B"),
    /** How long the equipment has been running. */
    UPTIME("uptime", "s"),
    /** 1 while the equipment answers, else 0. */
    UP("up", "1");

    private final String code;
    private final String unit;

    Quantity(String code, String unit) {
        this.code = code;
        this.unit = unit;
    }

    public String code() {
        return code;
    }

    /** Unit in UCUM-like ASCII: {@code m3}, {@code m3/h}, {@code degC}, {@code 1} for pure numbers. */
    public String unit() {
        return unit;
    }

    /** Whether it only tells how a meter is: the first to be given up where space runs out. */
    public boolean diagnostic() {
        return switch (this) {
            case FLOW, TEMPERATURE, BATTERY, METER_STATUS, UPTIME -> true;
            case VOLUME,
                    REVERSE_VOLUME,
                    METER_ALARMS,
                    LEVEL,
                    FLOAT,
                    LEVEL_CONDITIONS,
                    SIGN,
                    FREE_CHLORINE,
                    TURBIDITY,
                    PH,
                    ANALYSER_CONDITIONS,
                    CLIENTS,
                    OCTETS_OUT,
                    OCTETS_IN,
                    UP -> false;
        };
    }

    /** The quantity with this code; empty when this version does not know it. */
    public static Optional<Quantity> ofCode(String code) {
        return Arrays.stream(values()).filter(q -> q.code.equals(code)).findFirst();
    }
}
