package city.hamana.service.water;

import city.hamana.capability.tariffs.Amount;
import city.hamana.capability.tariffs.Billed;
import java.util.Optional;

/**
 * How a bill was reckoned, as it is kept with the bill: by later prices it would come out otherwise.
 *
 * @param ordinary the water by its amount
 * @param byHours the same water by the hours in which it ran; empty where the plan does not ask for it
 * @param lower whether the lower of the two is taken
 * @param sewer empty where the water does not go into the sewer
 * @param bands water of each band of hours
 * @param estimatedHours hours whose use was estimated
 */
public record Sheet(
        Amount ordinary,
        Optional<Amount> byHours,
        boolean lower,
        Optional<Amount> sewer,
        Billed.ByBand bands,
        int estimatedHours) {
    /** What the water costs: by hours where the plan says so, but not more than ordinarily where the lower is taken. */
    public long waterYen() {
        return water().yen();
    }

    /** The reckoning that counts. */
    public Amount water() {
        return byHours.filter(hours -> !lower || hours.yen() < ordinary.yen()).orElse(ordinary);
    }

    public long yen() {
        return waterYen() + sewer.map(Amount::yen).orElse(0L);
    }

    /** Yen that the hours saved; below 0 where they cost more than ordinarily. */
    public long saved() {
        return ordinary.yen() - waterYen();
    }
}
