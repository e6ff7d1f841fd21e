package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Call;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A bank account as somebody has typed it; full-width figures and short numbers are taken as people write them.
 *
 * @param holder kana of any kind
 */
public record BankForm(String bank, String branch, String kind, String account, String holder) {
    static final BankForm EMPTY = new BankForm("", "", "1", "", "");

    private static final int ACCOUNT_DIGITS = 7;

    static BankForm of(Call call) {
        return new BankForm(
                digits(call.field("bank")),
                digits(call.field("branch")),
                call.field("kind"),
                digits(call.field("account")),
                call.field("holder"));
    }

    List<FieldError> errors() {
        List<FieldError> errors = new ArrayList<>();
        if (!bank.matches("\\d{4}")) {
            errors.add(FieldError.of("bank", "payments.bank.wrong-bank"));
        }
        if (!branch.matches("\\d{3}")) {
            errors.add(FieldError.of("branch", "payments.bank.wrong-branch"));
        }
        if (!kind.matches("[12]")) {
            errors.add(FieldError.of("kind", "payments.bank.wrong-kind"));
        }
        if (!account.matches("\\d{1,7}")) {
            errors.add(FieldError.of("account", "payments.bank.wrong-account"));
        }
        if (Kana.of(holder).filter(h -> !h.isEmpty() && h.length() <= 30).isEmpty()) {
            errors.add(FieldError.of("holder", "payments.bank.wrong-holder"));
        }
        return errors;
    }

    /** Where nothing is wrong with it. */
    BankAccount bankAccount() {
        String full = "0".repeat(ACCOUNT_DIGITS - account.length()) + account;
        return new BankAccount(bank, branch, kind, full, Kana.of(holder).orElseThrow());
    }

    private static String digits(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s-]", "");
    }
}
