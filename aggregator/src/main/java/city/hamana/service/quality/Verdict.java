package city.hamana.service.quality;

import java.util.Arrays;
import java.util.Locale;

/** What is the case with the water of a place, or with what measures it. */
public enum Verdict {
    /** Nothing has come for too long. */
    SILENT,
    /** What comes says nothing of the water: the sensor is at fault, stands still, or gets no water. */
    SENSOR,
    /** Under the limit. */
    LOW,
    /** Over the limit still, but falling so that it will be under it soon. */
    FALLING,
    /** Over what is aimed at. */
    HIGH,
    /** As it should be. */
    SOUND;

    /** Small letters: {@code falling}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody must act on the water. */
    public boolean ofTheWater() {
        return this == LOW || this == FALLING || this == HIGH;
    }

    static Verdict ofCode(String code) {
        return Arrays.stream(values())
                .filter(v -> v.code().equals(code))
                .findFirst()
                .orElse(SILENT);
    }
}
