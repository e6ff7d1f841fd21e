package city.hamana.sensing.ingest;

import java.time.Instant;
import java.util.Optional;

/**
 * A loss as its signer declared it.
 *
 * @param device whose samples are gone
 * @param reason {@code quota-diagnostics}, {@code quota-fine}, {@code quota-hourly}, {@code storage-damaged},
 *     {@code storage-vanished}, {@code handed-over}; {@code other} for one that this version does not know
 * @param samples 0 where nobody can tell
 * @param first instant of the first of them; empty where nobody can tell
 * @param detail one sentence of the signer's
 * @param made when it was signed
 * @param blockHash SHA-256 of the signed block that says so, lower-case hex
 */
public record SignedLoss(
        String device,
        String signer,
        String reason,
        long samples,
        Optional<Instant> first,
        Optional<Instant> last,
        String detail,
        Instant made,
        String blockHash) {}
