package city.hamana.capability.payments;

/**
 * The city as banks and convenience stores know it; all of it stands in the contracts with them.
 *
 * @param code 委託者コード, 10 digits
 * @param name 委託者名 in half-width kana, at most 40 characters
 * @param bank of the city's own account, 4 digits
 * @param bankName half-width kana, at most 15
 * @param branch 3 digits
 * @param branchName half-width kana, at most 15
 * @param account 7 digits, 普通預金
 * @param crlf whether lines of files end with CR LF; else nothing stands between them
 * @param storeCompany GS1 company and payee code on slips (収納代行会社の企業コード), 6 digits
 * @param publicBody number of the city for eL-QR (地方公共団体コード), 6 digits
 */
public record Collector(
        String code,
        String name,
        String bank,
        String bankName,
        String branch,
        String branchName,
        String account,
        boolean crlf,
        String storeCompany,
        String publicBody) {
    public Collector {
        require(code, "\\d{10}", "debit-collector-code is 10 digits");
        require(bank, "\\d{4}", "debit-bank is 4 digits");
        require(branch, "\\d{3}", "debit-branch is 3 digits");
        require(account, "\\d{7}", "debit-account is 7 digits");
        require(storeCompany, "\\d{6}", "slip-company is 6 digits");
        require(publicBody, "\\d{6}", "slip-public-body is 6 digits");
        require(name, ".{1,40}", "debit-collector-name has 1 to 40 characters");
        require(bankName, ".{0,15}", "debit-bank-name has at most 15 characters");
        require(branchName, ".{0,15}", "debit-branch-name has at most 15 characters");
    }

    private static void require(String text, String form, String what) {
        if (!text.matches(form)) {
            throw new IllegalArgumentException(what);
        }
    }
}
