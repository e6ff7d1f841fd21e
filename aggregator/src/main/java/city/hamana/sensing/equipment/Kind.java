package city.hamana.sensing.equipment;

import city.hamana.messages.Quantity;
import city.hamana.messages.v1.EquipmentKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of equipment. */
public enum Kind {
    SIGN,
    LEVEL_GAUGE,
    FLOAT_SWITCH,
    ANALYSER,
    ACCESS_POINT,
    CONTROLLER,
    RADIO,
    SSID,
    METER;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Kind> ofCode(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /** What equipment is known to be by what it measures, where its device says nothing of it. */
    static Optional<Kind> of(Quantity quantity) {
        return switch (quantity) {
            case SIGN -> Optional.of(SIGN);
            case LEVEL -> Optional.of(LEVEL_GAUGE);
            case FLOAT -> Optional.of(FLOAT_SWITCH);
            case FREE_CHLORINE, TURBIDITY, PH, ANALYSER_CONDITIONS -> Optional.of(ANALYSER);
            case CLIENTS, OCTETS_IN, OCTETS_OUT, UP -> Optional.of(ACCESS_POINT);
            default -> Optional.empty();
        };
    }

    static Kind of(EquipmentKind told) {
        return switch (told) {
            case EQUIPMENT_KIND_LEVEL_GAUGE -> LEVEL_GAUGE;
            case EQUIPMENT_KIND_FLOAT_SWITCH -> FLOAT_SWITCH;
            case EQUIPMENT_KIND_ANALYSER -> ANALYSER;
            case EQUIPMENT_KIND_ACCESS_POINT -> ACCESS_POINT;
            case EQUIPMENT_KIND_CONTROLLER -> CONTROLLER;
            case EQUIPMENT_KIND_RADIO -> RADIO;
            case EQUIPMENT_KIND_SSID -> SSID;
            case EQUIPMENT_KIND_METER, EQUIPMENT_KIND_UNSPECIFIED, UNRECOGNIZED -> METER;
        };
    }
}
