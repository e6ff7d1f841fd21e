package city.hamana.sensing.vee;

import java.time.Instant;

/**
 * What a rule found of one meter on one day.
 *
 * @param at where it begins
 * @param times how many readings or hours
 * @param value what was seen, in millilitres unless the code says otherwise; the largest
 * @param limit what it was held against, likewise; 0 for none
 */
public record Doubt(Code code, Instant at, int times, long value, long limit) {
    Doubt and(Doubt other) {
        Instant first = at.isBefore(other.at) ? at : other.at;
        return new Doubt(code, first, times + other.times, Math.max(value, other.value), Math.max(limit, other.limit));
    }
}
