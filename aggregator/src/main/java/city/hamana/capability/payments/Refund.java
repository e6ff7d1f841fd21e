package city.hamana.capability.payments;

import java.time.Instant;
import java.util.Optional;

/**
 * Money to be given back.
 *
 * @param charge for which it had come; 0 for a credit
 * @param payment with which it had come; 0 for a credit
 * @param channel by which it had come
 * @param providerPayment the provider's name for the payment; empty where it did not come by card or QR
 * @param reason paid-twice, unwanted, reversed, written-off or credit
 * @param way {@code provider}, {@code transfer} or {@code credit} (onto the next bill); empty while nobody has said
 * @param askedBy as the event log names the person; empty for nobody
 * @param bank where it goes, where that is a bank
 */
public record Refund(
        long id,
        long charge,
        long payment,
        String service,
        String account,
        Channel channel,
        String providerPayment,
        long yen,
        RefundState state,
        String reason,
        Instant at,
        String way,
        String askedBy,
        Optional<BankAccount> bank) {
    /** Whether it can go back to the card or wallet from which it came. */
    public boolean byProvider() {
        return (channel == Channel.CARD || channel == Channel.QR) && !providerPayment.isEmpty();
    }

    /** The part of the account refund-payable that is this refund. */
    String sub() {
        return payment == 0 ? "refund:" + id : "payment:" + payment;
    }
}
