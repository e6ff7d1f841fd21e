package city.hamana.sensing.completeness;

import city.hamana.link.ScaledClock;
import city.hamana.platform.http.Call;
import city.hamana.sensing.ingest.Span;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Days in the city's time zone, the first and the last included; at most 400. */
public record Period(LocalDate from, LocalDate to) {
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 400;

    /** What the caller asks for by {@code from} and {@code to}; empty where that makes no sense. */
    static Optional<Period> asked(Call call) {
        try {
            LocalDate to = call.query("to").map(LocalDate::parse).orElseGet(() -> today(call));
            LocalDate from = call.query("from").map(LocalDate::parse).orElseGet(() -> to.minusDays(USUAL_DAYS - 1L));
            long days = ChronoUnit.DAYS.between(from, to) + 1;
            boolean possible = days >= 1 && days <= MOST_DAYS && from.getYear() >= 1900 && to.getYear() < 2900;
            return possible ? Optional.of(new Period(from, to)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The last 30 days. */
    static Period usual(Call call) {
        LocalDate today = today(call);
        return new Period(today.minusDays(USUAL_DAYS - 1L), today);
    }

    /** As a query, {@code ?from=2026-07-01&to=2026-07-30}. */
    public String query() {
        return "?from=" + from + "&to=" + to;
    }

    /** The same as instants, by the city's clock and in real time. */
    Span span(Clock city, InstantSource real) {
        ZoneId zone = city.getZone();
        Instant first = from.atStartOfDay(zone).toInstant();
        Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
        return new Span(first, end, real(first, city, real), real(end, city, real));
    }

    /** When it was, in real time, so late by the city's clock. */
    private static Instant real(Instant at, Clock city, InstantSource real) {
        return real.instant()
                .minus(Duration.between(at, city.instant()).dividedBy(ScaledClock.speedOf(city)))
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private static LocalDate today(Call call) {
        return call.now().atZone(call.page().zone()).toLocalDate();
    }
}
