package city.hamana.meter.telegram;

import city.hamana.meter.telegram.DataRecord.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The fixed data structure, CI 73h of EN 1434-3:1997: id, access number, status, medium and units, two counters; always
 * 16 bytes.
 */
final class FixedStructure {
    static final int LENGTH = 16;
    private static final int BINARY = 0x01;
    private static final int STORED = 0x02;
    private static final int HISTORIC = 0x3E;

    private FixedStructure() {}

    static Telegram read(Octets in) {
        byte[] id = in.take(4, "the identification number");
        int accessNumber = in.next("the access number");
        int status = in.next("the status");
        int first = in.next("the units");
        int second = in.next("the units");
        int medium = (first >> 6 & 3) | (second >> 4 & 0x0C);
        List<DataRecord> counters = new ArrayList<>();
        counters.add(counter(in, status, 0, first & 0x3F));
        boolean historic = (second & 0x3F) == HISTORIC || (status & STORED) != 0;
        int unit = (second & 0x3F) == HISTORIC ? first & 0x3F : second & 0x3F;
        counters.add(counter(in, status, historic ? 1 : 0, unit));
        return new Telegram(
                Telegram.Link.WIRED,
                "",
                Values.hex(Values.reversed(id)),
                0,
                medium,
                accessNumber,
                status,
                counters,
                false);
    }

    private static DataRecord counter(Octets in, int status, int storage, int unit) {
        byte[] sent = in.take(4, "a counter");
        Meaning meaning = meaning(unit);
        Value value = (status & BINARY) == 0
                ? Values.digits(sent, meaning.factor())
                : Values.unsigned(sent, meaning.factor());
        return Records.counter(storage, meaning, value);
    }

    /** Table of units of EN 1434-3:1997: powers of ten to a name. */
    private static Meaning meaning(int unit) {
        if (unit >= 0x02 && unit <= 0x37) {
            for (Range range : Range.values()) {
                if (unit <= range.last) {
                    int exponent = range.exponent - (range.last - unit);
                    return Meaning.of(range.quantity, range.unit, BigDecimal.ONE.scaleByPowerOfTen(exponent));
                }
            }
        }
        return Meaning.of("unknown", "", BigDecimal.ONE);
    }

    /** Runs of codes of one quantity; the exponent is that of the last code. */
    private enum Range {
        ENERGY(0x0A, "energy", "Wh", 8),
        HEAT(0x13, "energy", "J", 11),
        POWER(0x1C, "power", "W", 8),
        HEAT_POWER(0x25, "power", "J/h", 11),
        VOLUME(0x2E, "volume", "m3", 2),
        FLOW(0x37, "flow", "m3/h", 2);

        private final int last;
        private final String quantity;
        private final String unit;
        private final int exponent;

        Range(int last, String quantity, String unit, int exponent) {
            this.last = last;
            this.quantity = quantity;
            this.unit = unit;
            this.exponent = exponent;
        }
    }
}
