package city.hamana.sensing.devices;

import city.hamana.messages.v1.Status;
import java.time.Duration;
import java.time.Instant;

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

    /** What waits, of what may wait, in percent; 0 where no quota is known. */
    public long fullPercent() {
        return status.getQuotaBytes() == 0 ? 0 : status.getWaitingBytes() * 100 / status.getQuotaBytes();
    }
}
