package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Call;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A form of paper (口座振替依頼書) as a member of staff has typed it.
 *
 * @param customer the customer's number with the service
 * @param from first day on which a bill may be debited, as typed
 * @param newcomer whether the number is known to be right though there is no bill of it yet
 */
public record MandateForm(String customer, String from, boolean newcomer, BankForm bank) {
    private static final int MOST_DAYS_AWAY = 366;

    static MandateForm empty(String customer, LocalDate today) {
        return new MandateForm(customer, today.toString(), false, BankForm.EMPTY);
    }

    static MandateForm of(Call call) {
        return new MandateForm(
                Normalizer.normalize(call.field("customer").strip(), Normalizer.Form.NFKC),
                call.field("from"),
                call.field("newcomer").equals("yes"),
                BankForm.of(call));
    }

    /** @param known whether there is a bill of this customer */
    List<FieldError> errors(boolean known, LocalDate today) {
        List<FieldError> errors = new ArrayList<>();
        if (!customer.matches("[A-Za-z0-9._-]{1,40}")) {
            errors.add(FieldError.of("customer", "payments.mandate.wrong-customer"));
        } else if (!known && !newcomer) {
            errors.add(FieldError.of("customer", "payments.mandate.unknown-customer"));
        }
        errors.addAll(bank.errors());
        if (day(today).isEmpty()) {
            errors.add(FieldError.of("from", "payments.mandate.wrong-from"));
        }
        return errors;
    }

    /** At most a year back or ahead. */
    Optional<LocalDate> day(LocalDate today) {
        try {
            return Optional.of(LocalDate.parse(from))
                    .filter(day -> !day.isBefore(today.minusDays(MOST_DAYS_AWAY)))
                    .filter(day -> !day.isAfter(today.plusDays(MOST_DAYS_AWAY)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
