package city.hamana.meter;

import city.hamana.messages.Condition;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.meter.telegram.DataRecord;
import city.hamana.meter.telegram.DataRecord.Value;
import city.hamana.meter.telegram.Sender;
import city.hamana.meter.telegram.Telegram;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a telegram says of the present, as samples; what it stores of the past was sent when it was the present. */
final class Samples {
    /** Permanent and temporary error (EN 13757-7, status byte): the meter itself doubts what it measures. */
    private static final int ERROR_BITS = 0x18;

    private static final int MOST_DECIMALS = 12;
    private static final List<String> PLAIN = List.of();

    private Samples() {}

    /**
     * The samples of one telegram, all of one instant: the meter's own where it tells one, in {@code zone}.
     *
     * @param alarms tells what the meter warns of
     * @param received by the node's clock
     * @param synchronised whether that clock can be believed
     */
    static List<Sample> of(Telegram telegram, Alarms alarms, Instant received, boolean synchronised, ZoneId zone) {
        Optional<Instant> own = meterTime(telegram, zone);
        int flags = own.isPresent() ? Quality.METER_TIME : synchronised ? 0 : Quality.CLOCK_UNKNOWN;
        int error = (telegram.status() & ERROR_BITS) == 0 ? 0 : Quality.METER_ERROR;
        Head head = new Head(meter(telegram), own.orElse(received), flags | error);
        List<Sample> samples = new ArrayList<>();
        telegram.volume().flatMap(v -> head.sample(Quantity.VOLUME, v, 3)).ifPresent(samples::add);
        head.first(telegram, "volume", List.of("backward"), Quantity.REVERSE_VOLUME, 3, samples);
        head.first(telegram, "flow", PLAIN, Quantity.FLOW, 3, samples);
        head.first(telegram, "flow-temperature", PLAIN, Quantity.TEMPERATURE, 2, samples);
        head.first(telegram, "remaining-battery-life", PLAIN, Quantity.BATTERY, 0, samples);
        head.sample(Quantity.METER_STATUS, BigDecimal.valueOf(telegram.status()), 0)
                .ifPresent(samples::add);
        alarms.of(telegram)
                .flatMap(a -> head.sample(Quantity.METER_ALARMS, BigDecimal.valueOf(Condition.bits(a)), 0))
                .ifPresent(samples::add);
        return samples;
    }

    /** {@code els-12345678}; the fixed structure names no manufacturer and is called {@code mbus}. */
    static String meter(Telegram telegram) {
        return Sender.name(telegram.manufacturer(), telegram.id());
    }

    private static Optional<Instant> meterTime(Telegram telegram, ZoneId zone) {
        return telegram.records().stream()
                .filter(r -> r.current()
                        && r.quantity().equals("date-time")
                        && r.qualifiers().isEmpty())
                .map(DataRecord::value)
                .filter(Value.Moment.class::isInstance)
                .map(v -> ((Value.Moment) v).time().atZone(zone).toInstant())
                .findFirst();
    }

    /** What all samples of a telegram share. */
    private record Head(String meter, Instant at, int flags) {
        void first(
                Telegram telegram,
                String name,
                List<String> qualifiers,
                Quantity quantity,
                int decimals,
                List<Sample> into) {
            telegram.records().stream()
                    .filter(r -> r.current() && r.quantity().equals(name))
                    .filter(r -> r.qualifiers().equals(qualifiers))
                    .findFirst()
                    .flatMap(DataRecord::number)
                    .flatMap(number -> sample(quantity, number, decimals))
                    .ifPresent(into::add);
        }

        /** With at least so many decimals; empty where the number is none that a sample can hold. */
        Optional<Sample> sample(Quantity quantity, BigDecimal number, int decimals) {
            int scale = Math.max(decimals, number.scale());
            BigDecimal scaled = number.setScale(Math.min(scale, MOST_DECIMALS), RoundingMode.HALF_EVEN);
            if (scaled.unscaledValue().bitLength() >= Long.SIZE) {
                return Optional.empty();
            }
            long value = scaled.unscaledValue().longValueExact();
            return Optional.of(new Sample(meter, quantity, at, value, -scaled.scale(), flags));
        }
    }
}
