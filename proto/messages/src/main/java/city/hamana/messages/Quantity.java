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
    /** Depth of water over the lowest point of the road. */
    LEVEL("level", "m"),
    FREE_CHLORINE("free-chlorine", "mg/L"),
    TURBIDITY("turbidity", "NTU"),
    PH("ph", "1"),
    /** Wi-Fi clients associated at the instant. */
    CLIENTS("clients", "1"),
    /** Octets carried since the counter began. */
    OCTETS("octets", "B"),
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
            case FLOW, TEMPERATURE, BATTERY, METER_STATUS -> true;
            case VOLUME, REVERSE_VOLUME, LEVEL, FREE_CHLORINE, TURBIDITY, PH, CLIENTS, OCTETS, UP -> false;
        };
    }

    /** The quantity with this code; empty when this version does not know it. */
    public static Optional<Quantity> ofCode(String code) {
        return Arrays.stream(values()).filter(q -> q.code.equals(code)).findFirst();
    }
}
