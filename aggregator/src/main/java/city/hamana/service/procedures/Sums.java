package city.hamana.service.procedures;

/**
 * What the rules say of a form's answers.
 *
 * @param feeYen -1 for none
 * @param eligible true where no rule asks
 * @param reason code of why not; {@code -} otherwise
 * @param amountYen what could be granted; 0 where nothing is
 * @param rules decision tables that were asked, {@code table@version#row}, separated by spaces
 */
public record Sums(long feeYen, boolean eligible, String reason, long amountYen, String rules) {
    /** While something is missing no rule can be asked. */
    static final Sums NONE = new Sums(-1, true, "-", 0, "");
}
