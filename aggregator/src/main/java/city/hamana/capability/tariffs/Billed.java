package city.hamana.capability.tariffs;

import java.util.Map;

/**
 * What is charged: the water of one period.
 *
 * @param part how much of the period counts
 * @param cubicMetres whole ones, as the register counts them
 * @param usualCubicMetres of such a period; matters only for a relief that leaves out what lies over it
 * @param relief granted
 */
public record Billed(Part part, long cubicMetres, long usualCubicMetres, Relief relief) {
    /**
     * Water of the period by band of hours.
     *
     * @param millilitres by the band's code
     * @param unknown millilitres whose hour nobody knows
     */
    public record ByBand(Map<String, Long> millilitres, long unknown) {
        public ByBand {
            millilitres = Map.copyOf(millilitres);
        }

        long all() {
            return unknown
                    + millilitres.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
