package city.hamana.capability.payments;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The way by which money comes. Each has its own account of the ledger, against which what the bank got is matched. */
public enum Channel {
    /** Credit card, by the payment provider. */
    CARD("clearing-card"),
    /** QR or bar code of a telephone, by the payment provider. */
    QR("clearing-qr"),
    /** Convenience store, by the slip's bar code. */
    STORE("clearing-store"),
    /** A bank's counter, by the slip. */
    BANK_SLIP("clearing-bank-slip"),
    /** eL-QR of the slip (地方税統一QRコード). */
    EL_QR("clearing-el-qr"),
    /** 口座振替 */
    DIRECT_DEBIT("clearing-direct-debit"),
    /** Sent by the payer's bank. */
    TRANSFER("clearing-transfer"),
    /** Cash at a counter of the city. */
    CASH("cash"),
    /** What was paid too much before. No money comes, so it counts for no measure. */
    CREDIT("overpayment");

    private final String account;

    Channel(String account) {
        this.account = account;
    }

    /** Code of the ledger's account. */
    public String account() {
        return account;
    }

    /** As it stands in events and addresses: {@code bank-slip}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The channel of this code. */
    public static Optional<Channel> ofCode(String code) {
        return Arrays.stream(values()).filter(c -> c.code().equals(code)).findFirst();
    }
}
