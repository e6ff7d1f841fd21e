package city.hamana.capability.payments;

import java.time.LocalDate;

/**
 * A line of a statement: money that arrived.
 *
 * @param yen what was paid
 * @param fee what of it the provider kept
 * @param reason why it is open: {@code unknown}, {@code amount} or {@code twice}; empty otherwise
 * @param charge 0 while nobody knows
 * @param proposedBy as the event log names the person; empty for nobody
 */
public record Arrival(
        long id,
        Channel channel,
        LocalDate paid,
        long yen,
        long fee,
        String reference,
        String name,
        ArrivalState state,
        String reason,
        long charge,
        String proposedBy) {}
