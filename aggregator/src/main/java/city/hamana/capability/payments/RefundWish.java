package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import java.util.List;

/**
 * What a resident can have back, and how far what was asked for has come.
 *
 * @param credits left over of bills that were taken back
 * @param open paid twice or too late, and nobody has said where it goes
 * @param asked the newest first
 * @param offered whether the city makes bank transfers
 * @param typed what was typed into the form
 */
public record RefundWish(
        List<Credit> credits,
        List<Refund> open,
        List<Refund> asked,
        boolean offered,
        BankForm typed,
        List<FieldError> errors) {
    /** All that can be asked for, in yen. */
    public long yen() {
        return credits.stream().mapToLong(Credit::yen).sum()
                + open.stream().mapToLong(Refund::yen).sum();
    }
}
