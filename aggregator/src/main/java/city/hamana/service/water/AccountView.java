package city.hamana.service.water;

import city.hamana.messages.Sample;
import city.hamana.platform.html.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * An account for the waterworks' staff.
 *
 * @param exchanges the newest first
 * @param last the last reading of the meter that is in
 */
public record AccountView(
        Account account,
        List<Exchange> exchanges,
        Optional<Sample> last,
        ExchangeForm typed,
        List<FieldError> errors) {}
