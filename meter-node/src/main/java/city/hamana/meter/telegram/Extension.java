package city.hamana.meter.telegram;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The combinable extensions that may follow any value information field (EN 13757-3, combinable VIFE codes). */
final class Extension {
    static final String UNCORRECTED = "uncorrected";

    private static final List<String> FROM_20H = List.of(
            "per-second",
            "per-minute",
            "per-hour",
            "per-day",
            "per-week",
            "per-month",
            "per-year",
            "per-revolution",
            "per-input-pulse-0",
            "per-input-pulse-1",
            "per-output-pulse-0",
            "per-output-pulse-1",
            "per-litre",
            "per-m3",
            "per-kg",
            "per-K",
            "per-kWh",
            "per-GJ",
            "per-kW",
            "per-K-litre",
            "per-V",
            "per-A",
            "times-second",
            "times-second-per-V",
            "times-second-per-A",
            "start-of",
            UNCORRECTED,
            "forward",
            "backward",
            "non-metric",
            "base-conditions",
            "obis-declaration");

    private static final long[] SECONDS_TO_DAYS = {1, 60, 3600, 86400};

    private Extension() {}

    /** A power of ten that the number is to be multiplied by. */
    static Optional<BigDecimal> factor(int vife) {
        int code = vife & 0x7F;
        if (code >= 0x70 && code <= 0x77) {
            return Optional.of(BigDecimal.ONE.scaleByPowerOfTen((code & 7) - 6));
        }
        return code == 0x7D ? Optional.of(BigDecimal.valueOf(1000)) : Optional.empty();
    }

    /** A constant to be added, in the unit. */
    static Optional<BigDecimal> offset(int vife) {
        int code = vife & 0x7F;
        return code >= 0x78 && code <= 0x7B
                ? Optional.of(BigDecimal.ONE.scaleByPowerOfTen((code & 3) - 3))
                : Optional.empty();
    }

    /** What the extension makes of the quantity, in a word. */
    static String qualifier(int vife) {
        int code = vife & 0x7F;
        if (code >= 0x20 && code < 0x40) {
            return FROM_20H.get(code - 0x20);
        }
        return switch (code) {
            case 0x12 -> "average";
            case 0x13, 0x1E, 0x1F -> "profile";
            case 0x14 -> "relative-deviation";
            case 0x1D -> "standard-conform";
            case 0x40, 0x48 -> "limit";
            case 0x41, 0x49 -> "exceeding-count";
            case 0x7E -> "future";
            default -> "%s-%02x".formatted(family(code), code);
        };
    }

    /** Whether the extension says more than a number: correction does not, nor does the error code "none". */
    static boolean narrows(int vife) {
        return (vife & 0x7F) != 0 && factor(vife).isEmpty() && offset(vife).isEmpty();
    }

    /** Some extensions make a time point or a span out of the quantity: begin, end and length of something. */
    static Meaning timed(Meaning meaning, int vife) {
        int code = vife & 0x7F;
        if (code >= 0x50 && code <= 0x67) {
            BigDecimal step = BigDecimal.valueOf(SECONDS_TO_DAYS[code & 3]);
            return new Meaning(meaning.quantity(), "s", step, Meaning.Shape.SIGNED);
        }
        boolean point = code == 0x39 || (code >= 0x40 && code < 0x70 && (code & 2) != 0);
        return point ? new Meaning(meaning.quantity(), "", BigDecimal.ONE, Meaning.Shape.TIME) : meaning;
    }

    private static String family(int code) {
        if (code < 0x20) {
            return "record-error";
        }
        if (code < 0x60) {
            return "limit";
        }
        return code < 0x70 ? "duration-or-date" : "extension";
    }
}
