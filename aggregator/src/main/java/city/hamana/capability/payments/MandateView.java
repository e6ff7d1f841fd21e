package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import java.util.List;

/**
 * One mandate, its account in full while work is done with it.
 *
 * @param name on the customer's newest bill; empty where there is none
 * @param before the customer's other mandates, the newest first
 */
public record MandateView(
        DebitMandate mandate, Creditor service, String name, List<DebitMandate> before, List<FieldError> errors) {}
