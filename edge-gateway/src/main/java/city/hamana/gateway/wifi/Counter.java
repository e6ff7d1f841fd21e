package city.hamana.gateway.wifi;

import java.util.Optional;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;

/**
 * A counter of octets as it was read.
 *
 * @param bits 32 or 64: where it wraps
 * @param discontinuity ifCounterDiscontinuityTime (RFC 2863), in the agent's hundredths of a second; 0 where it is not told
 */
record Counter(long raw, int bits, long discontinuity) {
    private static final long WRAP_32 = 1L << 32;
    /** No access point carries more: 10 Gbit/s. A Counter32 that had to wrap faster than that was set back. */
    private static final long MOST_OCTETS_PER_MS = 10_000_000_000L / 8 / 1_000;

    /** A Counter64, else what else counts: Counter32, Gauge32, a number in digits. */
    static Optional<Counter> of(Variable value, long discontinuity) {
        if (value instanceof Counter64 wide) {
            return Optional.of(new Counter(wide.getValue(), 64, discontinuity));
        }
        return number(value).map(raw -> new Counter(raw & WRAP_32 - 1, 32, discontinuity));
    }

    /** A number that is not negative, as any SMI type or in digits. */
    static Optional<Long> number(Variable value) {
        if (value instanceof OctetString) {
            String digits = Names.text(value);
            return digits.matches("[0-9]{1,15}") ? Optional.of(Long.valueOf(digits)) : Optional.empty();
        }
        try {
            return Optional.of(value.toLong()).filter(n -> n >= 0);
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /**
     * What was counted since an earlier reading: never more than certainly was. Where the counter may have begun anew
     * meanwhile, both stories are looked at and the smaller one is told.
     *
     * @param restarted whether the agent may have begun anew between the two
     * @param elapsedMs between the two; not positive where nobody knows
     */
    long since(Counter before, boolean restarted, long elapsedMs) {
        if (bits != before.bits) {
            return 0;
        }
        if (Long.compareUnsigned(raw, before.raw) >= 0) {
            return Math.max(0, raw - before.raw);
        }
        if (restarted || discontinuity != before.discontinuity) {
            return Math.max(0, raw);
        }
        long wrapped = WRAP_32 + raw - before.raw;
        boolean plausible = bits == 32 && elapsedMs > 0 && wrapped / MOST_OCTETS_PER_MS <= elapsedMs;
        return plausible ? wrapped : 0;
    }
}
