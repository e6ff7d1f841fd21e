package city.hamana.capability.payments;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A claim that the city does not pursue any more (不納欠損).
 *
 * @param yen what was open of it
 * @param reason as the rule table payment-write-off names it: {@code time}
 * @param law on which it stands
 * @param rules rows of the rule table that said so
 * @param askedBy as the event log names who asked for it
 * @param done day of the books on which it was written off
 * @param undone day of the books on which that was taken back
 * @param undoReason why
 */
public record WriteOff(
        long id,
        long charge,
        String service,
        String account,
        long yen,
        String reason,
        String law,
        String rules,
        String note,
        WriteOffState state,
        String askedBy,
        String decidedBy,
        Optional<LocalDate> done,
        Optional<LocalDate> undone,
        String undoReason) {}
