package city.hamana.sensing.ingest;

import city.hamana.messages.MalformedException;
import city.hamana.messages.Ranges;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Status;

/** What a status says to wait in a device. */
final class Pending {
    /** Far more than an honest status names. */
    private static final int MOST_READ = 1_024;

    private Pending() {}

    /**
     * What waits of a chain. A status names 256 chains at most: where it names that many and not this one, all of this
     * one may wait too.
     */
    static Ranges of(Status status, ChainId chain) {
        Ranges pending = new Ranges();
        int sets = Math.min(status.getPendingCount(), MOST_READ);
        for (BlockSet set : status.getPendingList().subList(0, sets)) {
            if (set.getDeviceId().equals(chain.device()) && set.getBootId().equals(chain.bootBytes())) {
                pending.addAll(ranges(set));
            }
        }
        boolean cutShort = status.getPendingCount() >= Gaps.MOST_PENDING_SETS;
        return pending.isEmpty() && cutShort ? Ranges.between(1, Claims.HIGHEST_SEQUENCE) : pending;
    }

    private static Ranges ranges(BlockSet set) {
        try {
            return Ranges.of(set.getBlocksList());
        } catch (MalformedException e) {
            return new Ranges();
        }
    }
}
