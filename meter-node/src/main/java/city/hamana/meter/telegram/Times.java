package city.hamana.meter.telegram;

import city.hamana.meter.telegram.DataRecord.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** The codings of time points (EN 13757-3, annex A): types G (2 bytes), F (4), I (6) and J (3). */
final class Times {
    private static final int INVALID = 0x80;

    private Times() {}

    /** The time point, or none where the meter marks it as invalid, leaves parts open or names no day there is. */
    static Value of(byte[] sent) {
        try {
            return switch (sent.length) {
                case 2 -> new Value.Day(date(sent[0], sent[1], 0));
                case 4 -> minutes(sent);
                case 6 -> seconds(sent);
                default -> new Value.Opaque(Values.hex(Values.reversed(sent)));
            };
        } catch (DateTimeException e) {
            return absent(sent);
        }
    }

    private static Value minutes(byte[] sent) {
        if ((sent[0] & INVALID) != 0) {
            return absent(sent);
        }
        LocalDate day = date(sent[2], sent[3], sent[1] >> 5 & 3);
        return new Value.Moment(day.atTime(sent[1] & 0x1F, sent[0] & 0x3F));
    }

    private static Value seconds(byte[] sent) {
        if ((sent[1] & INVALID) != 0) {
            return absent(sent);
        }
        LocalDateTime minute = date(sent[3], sent[4], 0).atTime(sent[2] & 0x1F, sent[1] & 0x3F);
        return new Value.Moment(minute.withSecond(sent[0] & 0x3F));
    }

    /** Years are counted from 1900 by centuries; with no century given, 0 to 80 lie in this one. */
    private static LocalDate date(byte low, byte high, int centuries) {
        int year = (low & 0xE0) >> 5 | (high & 0xF0) >> 1;
        int century = centuries == 0 && year <= 80 ? 2000 : 1900 + 100 * centuries;
        if (year > 99) {
            throw new DateTimeException("year " + year);
        }
        return LocalDate.of(century + year, high & 0x0F, low & 0x1F);
    }

    private static Value absent(byte[] sent) {
        return new Value.Absent(Values.hex(Values.reversed(sent)));
    }
}
