package city.hamana.capability.payments;

/**
 * A bank account.
 *
 * @param bank 4 digits (金融機関コード); ゆうちょ銀行 by its number for transfers, 9900
 * @param branch 3 digits
 * @param kind 1 普通, 2 当座
 * @param account 7 digits
 * @param holder in half-width kana, at most 30
 */
public record BankAccount(String bank, String branch, String kind, String account, String holder) {
    /** As it is shown to who may see it: the last three digits only. */
    public String shown() {
        return bank + "-" + branch + " ****" + account.substring(4);
    }

    /** The digits of it as one text. */
    String digits() {
        return bank + branch + kind + account;
    }

    @Override
    public String toString() {
        return "BankAccount " + shown();
    }
}
