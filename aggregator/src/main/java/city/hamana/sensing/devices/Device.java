package city.hamana.sensing.devices;

import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Status;
import city.hamana.messages.v1.Storage;
import city.hamana.messages.v1.StorageState;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One device as city hall knows it.
 *
 * @param gateway its gateway's id; its own for a gateway
 * @param heard when anything last came from it, in real time
 * @param status its last one; empty default values where it sent none
 * @param clockOffsetMs how far a gateway's clock was ahead of city hall's when its status came; 0 for nodes
 */
public record Device(
        String id, String gateway, State state, Instant heard, Status status, long clockOffsetMs, long quarantined) {
    private static final int SHOWN_DIGITS = 8;
    private static final int SHOWN_RANGES = 20;
    private static final int SHORT_DAYS = 30;

    public boolean isGateway() {
        return id.equals(gateway);
    }

    public boolean hasStatus() {
        return !status.getDeviceId().isEmpty();
    }

    /** Days until the certificate ends, rounded down; negative when it has ended. */
    public long certificateDays(Instant now) {
        return Duration.between(now, certificateEnds()).toDays();
    }

    public Instant certificateEnds() {
        return Instant.ofEpochMilli(status.getCertificateNotAfterUnixMs());
    }

    /** Whether it says anything of its storage. */
    public boolean tellsStorage() {
        return status.getStorage().getState() != StorageState.STORAGE_STATE_UNSPECIFIED
                && status.getStorage().getState() != StorageState.UNRECOGNIZED;
    }

    /** {@code ok}, {@code full}, {@code read-only}, {@code salvaged} or {@code failing}; only where it tells. */
    public String storage() {
        return status.getStorage()
                .getState()
                .name()
                .substring("STORAGE_STATE_".length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    public boolean storageIsWell() {
        return status.getStorage().getState() == StorageState.STORAGE_STATE_OK;
    }

    /** Whether what it measures has room for less than 30 days more. */
    public boolean roomIsShort() {
        return status.getStorage().hasDaysLeft() && status.getStorage().getDaysLeft() < SHORT_DAYS;
    }

    /** Whether it writes more to its flash in a day than it is meant to. */
    public boolean writesTooMuch() {
        Storage storage = status.getStorage();
        return storage.getDailyBudgetBytes() > 0 && storage.getWrittenBytes() > storage.getDailyBudgetBytes();
    }

    /** What waits, by device and boot, the first 20, the boot by its first digits: {@code mn-0001 1a2b3c4d: 4-9, 12}. */
    public List<String> pending() {
        return status.getPendingList().stream()
                .limit(SHOWN_RANGES)
                .map(set -> set.getDeviceId() + " " + boot(set) + ": " + ranges(set))
                .toList();
    }

    private static String boot(BlockSet set) {
        String boot = HexFormat.of().formatHex(set.getBootId().toByteArray());
        return boot.substring(0, Math.min(SHOWN_DIGITS, boot.length()));
    }

    private static String ranges(BlockSet set) {
        return set.getBlocksList().stream()
                .limit(SHOWN_RANGES)
                .map(range -> range.getFirst() + "–" + range.getLast())
                .collect(Collectors.joining(", ", "", set.getBlocksCount() > SHOWN_RANGES ? " …" : ""));
    }

    /** What waits, of what may wait, in percent; 0 where no quota is known. */
    public long fullPercent() {
        return status.getQuotaBytes() == 0 ? 0 : status.getWaitingBytes() * 100 / status.getQuotaBytes();
    }
}
