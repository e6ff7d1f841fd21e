package city.hamana.meter;

import city.hamana.messages.MeterAlarm;
import city.hamana.meter.telegram.DataRecord;
import city.hamana.meter.telegram.Telegram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What meters warn of, each maker in its own bits, told in the city's one vocabulary; the table is a data file. */
final class Alarms {
    private static final String TABLE = "alarms.txt";
    private static final String ANY = "*";
    private static final String STATUS = "status";
    private static final int COLUMNS = 7;

    private final List<Line> lines;

    /** One line of the table; {@code alarm} is empty where the maker means no alarm by the bits. */
    private record Line(
            String maker,
            String version,
            String medium,
            String where,
            long mask,
            long value,
            Optional<MeterAlarm> alarm) {
        boolean of(Telegram telegram) {
            return fits(maker, telegram.manufacturer())
                    && fits(version, "%02X".formatted(telegram.version()))
                    && fits(medium, "%02X".formatted(telegram.medium()));
        }

        boolean general() {
            return maker.equals(ANY);
        }

        boolean stands(long number) {
            return (number & mask) == value;
        }

        boolean overlaps(Line other) {
            return where.equals(other.where) && (mask & other.mask) != 0;
        }

        private static boolean fits(String wanted, String told) {
            return wanted.equals(ANY) || wanted.equals(told);
        }
    }

    private Alarms(List<Line> lines) {
        this.lines = lines;
    }

    /** The table that ships with the program. */
    static Alarms shipped() {
        try (InputStream table = Alarms.class.getResourceAsStream(TABLE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A table from its lines.
     *
     * @throws IllegalArgumentException quoting the line that cannot be read
     */
    static Alarms parse(List<String> table) {
        return new Alarms(table.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Alarms::line)
                .toList());
    }

    /**
     * What the meter warns of. Empty where the telegram says nothing of it: it lacks a number in which the maker tells
     * alarms, as the later telegrams of a readout do.
     */
    Optional<Set<MeterAlarm>> of(Telegram telegram) {
        List<Line> meters = lines.stream().filter(line -> line.of(telegram)).toList();
        List<Line> own = meters.stream().filter(line -> !line.general()).toList();
        Set<MeterAlarm> alarms = EnumSet.noneOf(MeterAlarm.class);
        for (Line line : meters) {
            OptionalLong number = number(telegram, line.where());
            if (number.isEmpty()) {
                return Optional.empty();
            }
            boolean overruled = line.general() && own.stream().anyMatch(line::overlaps);
            if (!overruled && line.stands(number.getAsLong())) {
                line.alarm().ifPresent(alarms::add);
            }
        }
        return Optional.of(alarms);
    }

    private static OptionalLong number(Telegram telegram, String where) {
        if (where.equals(STATUS)) {
            return OptionalLong.of(telegram.status());
        }
        return telegram.records().stream()
                .filter(record -> record.current() && name(record).equals(where))
                .flatMap(record -> record.number().stream())
                .filter(number -> number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0)
                .mapToLong(BigDecimal::longValue)
                .findFirst();
    }

    private static String name(DataRecord record) {
        return record.qualifiers().isEmpty()
                ? record.quantity()
                : record.quantity() + "/" + record.qualifiers().getFirst();
    }

    private static Line line(String text) {
        String[] words = text.split("\\s+");
        if (words.length != COLUMNS) {
            throw new IllegalArgumentException("not a line of the table of alarms: " + text);
        }
        long mask = Long.parseLong(words[4], 16);
        long value = Long.parseLong(words[5], 16);
        if ((value & ~mask) != 0) {
            throw new IllegalArgumentException("bits outside of the mask: " + text);
        }
        return new Line(words[0], words[1], words[2], words[3], mask, value, alarm(words[6]));
    }

    private static Optional<MeterAlarm> alarm(String code) {
        return code.equals("none")
                ? Optional.empty()
                : Optional.of(Arrays.stream(MeterAlarm.values())
                        .filter(alarm -> alarm.code().equals(code))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("not an alarm: " + code)));
    }
}
