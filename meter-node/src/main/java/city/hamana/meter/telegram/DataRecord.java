package city.hamana.meter.telegram;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * One value of a telegram with what the meter says about it.
 *
 * @param storage storage number: 0 is now, others are stored earlier
 * @param quantity what was measured, lower-case-with-dashes: {@code volume}, {@code flow-temperature}; {@code unknown}
 *     where the standard reserves the code
 * @param unit {@code m3}, {@code m3/h}, {@code degC}, {@code Wh} …; empty for pure numbers, texts and dates
 * @param qualifiers what narrows the quantity: {@code forward}, {@code per-hour}, {@code record-error-15}
 */
public record DataRecord(
        Function function,
        long storage,
        int tariff,
        int subunit,
        String quantity,
        String unit,
        Value value,
        List<String> qualifiers) {

    /** What kind of value over time. */
    public enum Function {
        INSTANTANEOUS,
        MAXIMUM,
        MINIMUM,
        ERROR
    }

    /** A value in one of the shapes that the standard knows. */
    public sealed interface Value {
        /** A number in the record's unit. */
        record Measured(BigDecimal number) implements Value {}

        record Text(String text) implements Value {}

        record Day(LocalDate date) implements Value {}

        /** The meter's local time, to its own precision. */
        record Moment(LocalDateTime time) implements Value {}

        /** Bytes whose meaning only the manufacturer knows, as hex. */
        record Opaque(String hex) implements Value {}

        /** No value: the meter marks it as invalid or sends none; {@code hex} is what stood there. */
        record Absent(String hex) implements Value {}
    }

    public DataRecord {
        qualifiers = List.copyOf(qualifiers);
    }

    /** The number in the record's unit, where it is one. */
    public Optional<BigDecimal> number() {
        return value instanceof Value.Measured measured ? Optional.of(measured.number()) : Optional.empty();
    }

    /** Whether this is of the present, of no tariff and of the meter itself. */
    public boolean current() {
        return function == Function.INSTANTANEOUS && storage == 0 && tariff == 0 && subunit == 0;
    }

    /** Gas meters send their reading marked as uncorrected; it is still the reading. */
    boolean currentVolume() {
        return current()
                && quantity.equals("volume")
                && (qualifiers.isEmpty() || qualifiers.equals(List.of(Extension.UNCORRECTED)));
    }

    boolean manufacturerSpecific() {
        return quantity.equals(Meaning.MANUFACTURER_SPECIFIC);
    }
}
