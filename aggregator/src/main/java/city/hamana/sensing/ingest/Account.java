package city.hamana.sensing.ingest;

import java.util.List;

/**
 * What became of everything that a device made in a period.
 *
 * @param held blocks held that were made in it
 * @param gaps blocks that exist, are not held and may have been made in it; the first 2,000
 * @param losses declared of it, the newest first; at most 2,000
 * @param setAside blocks and telegrams that came in it and were not believed or understood
 * @param untimed samples whose device has not learnt the time; they may belong to any period
 */
public record Account(String device, long held, List<Gap> gaps, List<SignedLoss> losses, long setAside, long untimed) {
    /** Blocks that are not held for this reason. */
    public long blocks(Gap.Kind kind) {
        return gaps.stream()
                .filter(gap -> gap.kind() == kind)
                .mapToLong(Gap::blocks)
                .sum();
    }

    public long lostSamples() {
        return losses.stream().mapToLong(SignedLoss::samples).sum();
    }
}
