package city.hamana.capability.maps;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * A time asked for, both ends included.
 *
 * @param fromMs {@code Long.MIN_VALUE} for no beginning
 * @param untilMs {@code Long.MAX_VALUE} for no end
 */
record Span(long fromMs, long untilMs) {
    static final Span ALWAYS = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

    static Span at(Instant instant) {
        return new Span(instant.toEpochMilli(), instant.toEpochMilli());
    }

    /**
     * Reads the {@code datetime} parameter of OGC API – Features, requirement /req/core/fc-time-definition: a moment,
     * or two with a slash between them, where {@code ..} or nothing stands for an open end. A day alone, which the
     * standard does not ask for, is the whole day.
     *
     * @param zone the one whose midnight begins a day
     * @throws IllegalArgumentException if it is none
     */
    static Span of(String text, ZoneId zone) {
        String[] ends = text.split("/", -1);
        if (ends.length > 2 || (ends.length == 2 && open(ends[0]) && open(ends[1]))) {
            throw new IllegalArgumentException("not a time: " + text);
        }
        String last = ends[ends.length - 1];
        long from = ends.length == 2 && open(ends[0]) ? Long.MIN_VALUE : begin(ends[0], zone);
        long until = ends.length == 2 && open(last) ? Long.MAX_VALUE : end(last, zone);
        if (from > until) {
            throw new IllegalArgumentException("ends before it begins: " + text);
        }
        return new Span(from, until);
    }

    private static boolean open(String end) {
        return end.isEmpty() || end.equals("..");
    }

    private static long begin(String text, ZoneId zone) {
        return isDay(text) ? day(text).atStartOfDay(zone).toInstant().toEpochMilli() : moment(text);
    }

    private static long end(String text, ZoneId zone) {
        return isDay(text)
                ? day(text).plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli() - 1
                : moment(text);
    }

    private static boolean isDay(String text) {
        return text.matches("\\d{4}-\\d{2}-\\d{2}");
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a day: " + text, e);
        }
    }

    private static long moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not a moment: " + text, e);
        }
    }
}
