package city.hamana.meter.telegram;

import city.hamana.meter.telegram.DataRecord.Function;
import city.hamana.meter.telegram.DataRecord.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a data record (EN 13757-3): data information (how it is coded, of which storage, tariff, subunit) and
 * value information (what it is).
 */
final class RecordHeader {
    private static final int MORE = 0x80;
    private static final int MOST_EXTENSIONS = 10;
    private static final int MANUFACTURER = 0x7F;
    private static final List<Function> FUNCTIONS =
            List.of(Function.INSTANTANEOUS, Function.MAXIMUM, Function.MINIMUM, Function.ERROR);

    private final int coding;
    private final Function function;
    private long storage;
    private int tariff;
    private int subunit;
    private Meaning meaning = Meaning.manufacturerSpecific();
    private BigDecimal offset = BigDecimal.ZERO;
    private final List<String> qualifiers = new ArrayList<>();

    private RecordHeader(int dif) {
        this.coding = dif & 0x0F;
        this.function = FUNCTIONS.get(dif >> 4 & 3);
        this.storage = dif >> 6 & 1;
    }

    /** Reads a head; {@code in} stands at a DIF that is no special function. */
    static RecordHeader read(Octets in) {
        int dif = in.next("a DIF");
        RecordHeader header = new RecordHeader(dif);
        header.dataInformation(dif, in);
        header.valueInformation(in);
        return header;
    }

    /** Reads the record's data with this head. */
    DataRecord data(Octets in) {
        Value value = value(in);
        if (value instanceof Value.Measured measured && offset.signum() != 0) {
            value = new Value.Measured(Values.plain(measured.number().add(offset)));
        }
        return new DataRecord(
                function, storage, tariff, subunit, meaning.quantity(), meaning.unit(), value, qualifiers);
    }

    private void dataInformation(int dif, Octets in) {
        int more = dif;
        for (int i = 0; (more & MORE) != 0; i++) {
            if (i == MOST_EXTENSIONS) {
                throw TelegramException.of("too-many-extensions", "more than 10 DIFE follow a DIF");
            }
            more = in.next("a DIFE");
            storage |= (long) (more & 0x0F) << (1 + 4 * i);
            tariff |= (more >> 4 & 3) << (2 * i);
            subunit |= (more >> 6 & 1) << i;
        }
    }

    private void valueInformation(Octets in) {
        int vif = in.next("a VIF");
        int more = vif;
        if (opensTable(vif)) {
            more = in.next("a VIFE");
            meaning = (vif & 0x7F) == 0x7B ? Meaning.first(more) : Meaning.second(more);
        } else if ((vif & 0x7F) == 0x7C) {
            meaning = Meaning.spelled(Values.letters(in.take(in.next("a text VIF"), "a text VIF")));
        } else {
            meaning = Meaning.primary(vif);
        }
        extensions(more, (vif & MANUFACTURER) == MANUFACTURER, in);
    }

    /** FBh and FDh open a table of their own; without their extension bit they name nothing. */
    private static boolean opensTable(int vif) {
        if (vif == 0x7B || vif == 0x7D) {
            throw TelegramException.of("reserved-vif", "VIF %02Xh names no quantity".formatted(vif));
        }
        return vif == 0xFB || vif == 0xFD;
    }

    private void extensions(int first, boolean manufacturers, Octets in) {
        int more = first;
        boolean own = manufacturers;
        for (int i = 0; (more & MORE) != 0; i++) {
            if (i == MOST_EXTENSIONS) {
                throw TelegramException.of("too-many-extensions", "more than 10 VIFE follow a VIF");
            }
            more = in.next("a VIFE");
            own |= extend(more, own);
        }
    }

    /** One extension's effect; true when all that follow are the manufacturer's. */
    private boolean extend(int vife, boolean own) {
        if (own || (vife & MANUFACTURER) == MANUFACTURER) {
            qualifiers.add(Meaning.MANUFACTURER_SPECIFIC + "-%02x".formatted(vife & MANUFACTURER));
            return true;
        }
        Extension.factor(vife).ifPresent(f -> meaning = meaning.times(f));
        Extension.offset(vife).ifPresent(o -> offset = offset.add(o));
        if (Extension.narrows(vife)) {
            qualifiers.add(Extension.qualifier(vife));
            meaning = Extension.timed(meaning, vife);
        }
        return false;
    }

    private Value value(Octets in) {
        return switch (coding) {
            case 0, 8 -> new Value.Absent("");
            case 1, 2, 3, 4 -> binary(in.take(coding, "a value"));
            case 5 -> Values.real(in.take(4, "a value"), meaning.factor());
            case 6 -> binary(in.take(6, "a value"));
            case 7 -> binary(in.take(8, "a value"));
            case 0xD -> variable(in);
            case 0xE -> decimal(in.take(6, "a value"));
            default -> decimal(in.take(coding - 8, "a value"));
        };
    }

    private Value binary(byte[] sent) {
        return switch (meaning.shape()) {
            case SIGNED -> Values.signed(sent, meaning.factor());
            case UNSIGNED -> Values.unsigned(sent, meaning.factor());
            case TIME -> Times.of(sent);
        };
    }

    private Value decimal(byte[] sent) {
        return Values.digits(sent, meaning.factor());
    }

    /** The first byte tells length and coding (EN 13757-3, LVAR). */
    private Value variable(Octets in) {
        int length = in.next("a variable length");
        if (length < 0xC0) {
            byte[] sent = in.take(length, "a text of " + length + " bytes");
            return meaning.quantity().equals(Meaning.MANUFACTURER_SPECIFIC)
                    ? new Value.Opaque(Values.hex(sent))
                    : Values.text(sent);
        }
        if (length < 0xCA) {
            return decimal(in.take(length - 0xC0, "a decimal number"));
        }
        if (length >= 0xD0 && length < 0xDA) {
            return negative(decimal(in.take(length - 0xD0, "a decimal number")));
        }
        return wide(length, in);
    }

    private Value wide(int length, Octets in) {
        if (length >= 0xE0 && length < 0xF0) {
            byte[] sent = in.take(length - 0xE0, "a binary number");
            return sent.length == 0 ? new Value.Absent("") : binary(sent);
        }
        int size = switch (length) {
            case 0xF0, 0xF1, 0xF2, 0xF3, 0xF4 -> 4 * (length - 0xEC);
            case 0xF5 -> 48;
            case 0xF6 -> 64;
            default -> throw TelegramException.of("reserved-length", "length %02Xh is reserved".formatted(length));
        };
        return new Value.Opaque(Values.hex(Values.reversed(in.take(size, "a binary number"))));
    }

    private static Value negative(Value value) {
        return value instanceof Value.Measured measured
                ? new Value.Measured(measured.number().negate())
                : value;
    }
}
