package city.hamana.capability.payments;

/**
 * One account to be debited.
 *
 * @param bank 4 digits
 * @param branch 3 digits
 * @param kind 1 普通, 2 当座
 * @param account 7 digits
 * @param holder in half-width kana, at most 30
 * @param yen above zero, at most 10 digits
 * @param first whether this account is debited for the first time (新規コード 1)
 * @param customer 20 digits: the charge
 * @param result 0 in a request; in a result what became of it
 */
record DebitLine(
        String bank,
        String branch,
        String kind,
        String account,
        String holder,
        long yen,
        boolean first,
        String customer,
        String result) {
    /** The customer's field for a charge. */
    static String customer(long charge) {
        return "%020d".formatted(charge);
    }
}
