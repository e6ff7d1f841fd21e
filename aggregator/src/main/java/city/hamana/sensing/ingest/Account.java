package city.hamana.sensing.ingest;

import java.util.List;
import java.util.Map;

/**
 * What became of everything that a device made in a period.
 *
 * @param held blocks held that were made in it
 * @param blocks how many exist, are not held and may have been made in it, by why they are not; absent for 0
 * @param gaps the same blocks, of each kind the first 1,000 ranges
 * @param losses declared of it, the newest first; at most 2,000
 * @param setAside blocks and telegrams that came in it and were not believed or understood
 * @param untimed samples whose device has not learnt the time; they may belong to any period
 */
public record Account(
        String device,
        long held,
        Map<Gap.Kind, Long> blocks,
        List<Gap> gaps,
        List<SignedLoss> losses,
        long setAside,
        long untimed) {
    /** Of a device that never sent anything. */
    public static Account none(String device) {
        return new Account(device, 0, Map.of(), List.of(), List.of(), 0, 0);
    }

    /** Blocks that are not held for this reason. */
    public long blocks(Gap.Kind kind) {
        return blocks.getOrDefault(kind, 0L);
    }

    public long lostSamples() {
        return losses.stream().mapToLong(SignedLoss::samples).sum();
    }
}
