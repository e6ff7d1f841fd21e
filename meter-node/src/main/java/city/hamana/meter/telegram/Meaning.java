package city.hamana.meter.telegram;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * What a value information field says: the quantity, the unit and the factor from the number sent to that unit. The
 * tables are those of EN 13757-3: primary, FDh and FBh.
 */
record Meaning(String quantity, String unit, BigDecimal factor, Shape shape) {
    static final String MANUFACTURER_SPECIFIC = "manufacturer-specific";
    private static final String UNKNOWN = "unknown";

    /** How the number is to be read. */
    enum Shape {
        SIGNED,
        UNSIGNED,
        TIME
    }

    private static final Meaning RESERVED = plain(UNKNOWN, Shape.SIGNED);
    private static final Meaning[] PRIMARY = filled();
    private static final Meaning[] SECOND = filled();
    private static final Meaning[] FIRST = filled();
    private static final String[] SECONDS_TO_DAYS = {"1", "60", "3600", "86400"};

    static {
        primary();
        primaryOfTime();
        second();
        secondOfTime();
        first();
        fahrenheit();
    }

    /** The main table; the extension bit does not matter. */
    static Meaning primary(int vif) {
        return PRIMARY[vif & 0x7F];
    }

    /** The table that FDh opens. */
    static Meaning second(int vife) {
        return SECOND[vife & 0x7F];
    }

    /** The table that FBh opens. */
    static Meaning first(int vife) {
        return FIRST[vife & 0x7F];
    }

    /** A quantity that the meter spells out itself. */
    static Meaning spelled(String text) {
        return new Meaning("text:" + text, "", BigDecimal.ONE, Shape.SIGNED);
    }

    static Meaning manufacturerSpecific() {
        return plain(MANUFACTURER_SPECIFIC, Shape.SIGNED);
    }

    /** A quantity outside the tables. */
    static Meaning of(String quantity, String unit, BigDecimal factor) {
        return new Meaning(quantity, unit, factor, Shape.SIGNED);
    }

    Meaning times(BigDecimal by) {
        return new Meaning(quantity, unit, factor.multiply(by), shape);
    }

    private static void primary() {
        powers(PRIMARY, 0x00, 8, "energy", "Wh", -3);
        powers(PRIMARY, 0x08, 8, "energy", "J", 0);
        powers(PRIMARY, 0x10, 8, "volume", "m3", -6);
        powers(PRIMARY, 0x18, 8, "mass", "kg", -3);
        powers(PRIMARY, 0x28, 8, "power", "W", -3);
        powers(PRIMARY, 0x30, 8, "power", "J/h", 0);
        powers(PRIMARY, 0x38, 8, "flow", "m3/h", -6);
        powers(PRIMARY, 0x40, 8, "flow", "m3/h", -7, "60");
        powers(PRIMARY, 0x48, 8, "flow", "m3/h", -9, "3600");
        powers(PRIMARY, 0x50, 8, "mass-flow", "kg/h", -3);
        powers(PRIMARY, 0x58, 4, "flow-temperature", "degC", -3);
        powers(PRIMARY, 0x5C, 4, "return-temperature", "degC", -3);
        powers(PRIMARY, 0x60, 4, "temperature-difference", "K", -3);
        powers(PRIMARY, 0x64, 4, "external-temperature", "degC", -3);
        powers(PRIMARY, 0x68, 4, "pressure", "bar", -3);
        put(PRIMARY, 0x6E, "heat-cost-units", Shape.SIGNED);
        put(PRIMARY, 0x78, "fabrication-number", Shape.UNSIGNED);
        put(PRIMARY, 0x79, "enhanced-identification", Shape.UNSIGNED);
        put(PRIMARY, 0x7A, "bus-address", Shape.UNSIGNED);
        put(PRIMARY, 0x7E, "any", Shape.SIGNED);
        put(PRIMARY, 0x7F, MANUFACTURER_SPECIFIC, Shape.SIGNED);
    }

    private static void primaryOfTime() {
        spans(PRIMARY, 0x20, "on-time");
        spans(PRIMARY, 0x24, "operating-time");
        put(PRIMARY, 0x6C, "date", Shape.TIME);
        put(PRIMARY, 0x6D, "date-time", Shape.TIME);
        spans(PRIMARY, 0x70, "averaging-duration");
        spans(PRIMARY, 0x74, "actuality-duration");
    }

    private static void second() {
        powers(SECOND, 0x00, 4, "credit", "currency", -3);
        powers(SECOND, 0x04, 4, "debit", "currency", -3);
        named(
                SECOND,
                0x08,
                "access-number",
                "medium",
                "manufacturer",
                "parameter-set",
                "model-version",
                "hardware-version",
                "firmware-version",
                "software-version",
                "customer-location",
                "customer",
                "user-access-code",
                "operator-access-code",
                "system-operator-access-code",
                "developer-access-code",
                "password",
                "error-flags",
                "error-mask",
                "security-key",
                "digital-output",
                "digital-input",
                "baud-rate",
                "response-delay",
                "retry",
                "remote-control",
                "first-storage-number",
                "last-storage-number",
                "storage-block-size",
                "tariff-subunit-descriptor");
        put(SECOND, 0x2A, "operator-data", Shape.UNSIGNED);
        put(SECOND, 0x3A, "dimensionless", Shape.SIGNED);
        put(SECOND, 0x3B, "container", Shape.UNSIGNED);
        powers(SECOND, 0x40, 16, "voltage", "V", -9);
        powers(SECOND, 0x50, 16, "current", "A", -12);
        named(SECOND, 0x60, "reset-counter", "cumulation-counter", "control-signal", "day-of-week", "week-number");
        named(SECOND, 0x66, "parameter-activation", "supplier-information");
        one(SECOND, 0x71, "reception-level", "dBm", "1");
        named(SECOND, 0x72, "daylight-saving", "listening-window");
        one(SECOND, 0x74, "remaining-battery-life", "d", "1");
        put(SECOND, 0x75, "stop-counter", Shape.UNSIGNED);
        put(SECOND, 0x76, MANUFACTURER_SPECIFIC, Shape.UNSIGNED);
    }

    private static void secondOfTime() {
        spans(SECOND, 0x24, "storage-interval");
        one(SECOND, 0x28, "storage-interval", "month", "1");
        one(SECOND, 0x29, "storage-interval", "a", "1");
        put(SECOND, 0x2B, "second-of-time", Shape.UNSIGNED);
        spans(SECOND, 0x2C, "since-last-readout");
        put(SECOND, 0x30, "tariff-start", Shape.TIME);
        steps(SECOND, 0x31, "tariff-duration", "s", "60", "3600", "86400");
        spans(SECOND, 0x34, "tariff-period");
        one(SECOND, 0x38, "tariff-period", "month", "1");
        one(SECOND, 0x39, "tariff-period", "a", "1");
        spans(SECOND, 0x3C, "transmission-period");
        put(SECOND, 0x65, "day-change", Shape.TIME);
        hoursToYears(0x68, "since-last-cumulation");
        hoursToYears(0x6C, "battery-operating-time");
        put(SECOND, 0x70, "battery-change", Shape.TIME);
    }

    private static void first() {
        powers(FIRST, 0x00, 2, "energy", "Wh", 5);
        powers(FIRST, 0x02, 2, "reactive-energy", "varh", 3);
        powers(FIRST, 0x04, 2, "apparent-energy", "VAh", 3);
        powers(FIRST, 0x08, 2, "energy", "J", 8);
        powers(FIRST, 0x0C, 4, "energy", "cal", 5);
        powers(FIRST, 0x10, 2, "volume", "m3", 2);
        powers(FIRST, 0x14, 4, "reactive-power", "var", 0);
        powers(FIRST, 0x18, 2, "mass", "kg", 5);
        powers(FIRST, 0x1A, 2, "relative-humidity", "%", -1);
        one(FIRST, 0x20, "volume", "m3", "0.028316846592");
        one(FIRST, 0x21, "volume", "m3", "0.0028316846592");
        powers(FIRST, 0x28, 2, "power", "W", 5);
        one(FIRST, 0x2A, "phase-voltage-angle", "deg", "0.1");
        one(FIRST, 0x2B, "phase-current-angle", "deg", "0.1");
        powers(FIRST, 0x2C, 4, "frequency", "Hz", -3);
        powers(FIRST, 0x30, 2, "power", "J/h", 8);
        powers(FIRST, 0x34, 4, "apparent-power", "VA", 0);
        powers(FIRST, 0x74, 4, "temperature-limit", "degC", -3);
        powers(FIRST, 0x78, 8, "maximum-power", "W", -3);
    }

    private static void fahrenheit() {
        powers(FIRST, 0x58, 4, "flow-temperature", "degF", -3);
        powers(FIRST, 0x5C, 4, "return-temperature", "degF", -3);
        powers(FIRST, 0x60, 4, "temperature-difference", "degF", -3);
        powers(FIRST, 0x64, 4, "external-temperature", "degF", -3);
        powers(FIRST, 0x70, 4, "temperature-limit", "degF", -3);
        one(FIRST, 0x22, "volume", "m3", "0.0003785411784");
        one(FIRST, 0x23, "volume", "m3", "0.003785411784");
        one(FIRST, 0x24, "flow", "m3/h", "0.00022712470704");
        one(FIRST, 0x25, "flow", "m3/h", "0.22712470704");
        one(FIRST, 0x26, "flow", "m3/h", "0.003785411784");
    }

    private static Meaning[] filled() {
        Meaning[] table = new Meaning[128];
        Arrays.fill(table, RESERVED);
        return table;
    }

    private static Meaning plain(String quantity, Shape shape) {
        return new Meaning(quantity, "", BigDecimal.ONE, shape);
    }

    private static void put(Meaning[] table, int code, String quantity, Shape shape) {
        table[code] = plain(quantity, shape);
    }

    private static void named(Meaning[] table, int from, String... quantities) {
        for (int i = 0; i < quantities.length; i++) {
            put(table, from + i, quantities[i], Shape.UNSIGNED);
        }
    }

    private static void powers(Meaning[] table, int from, int count, String quantity, String unit, int exponent) {
        powers(table, from, count, quantity, unit, exponent, "1");
    }

    private static void powers(
            Meaning[] table, int from, int count, String quantity, String unit, int exponent, String times) {
        for (int i = 0; i < count; i++) {
            BigDecimal factor = new BigDecimal(times).scaleByPowerOfTen(exponent + i);
            table[from + i] = new Meaning(quantity, unit, factor, Shape.SIGNED);
        }
    }

    private static void one(Meaning[] table, int code, String quantity, String unit, String factor) {
        table[code] = new Meaning(quantity, unit, new BigDecimal(factor), Shape.SIGNED);
    }

    private static void spans(Meaning[] table, int from, String quantity) {
        steps(table, from, quantity, "s", SECONDS_TO_DAYS);
    }

    private static void steps(Meaning[] table, int from, String quantity, String unit, String... factors) {
        for (int i = 0; i < factors.length; i++) {
            one(table, from + i, quantity, unit, factors[i]);
        }
    }

    private static void hoursToYears(int from, String quantity) {
        steps(SECOND, from, quantity, "s", "3600", "86400");
        one(SECOND, from + 2, quantity, "month", "1");
        one(SECOND, from + 3, quantity, "a", "1");
    }
}
