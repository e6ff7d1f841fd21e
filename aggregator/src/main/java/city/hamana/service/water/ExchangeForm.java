package city.hamana.service.water;

import city.hamana.messages.DeviceId;
import city.hamana.messages.Sample;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Form;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was typed of a meter's exchange.
 *
 * @param oldIndex cubic metres, three decimals at most
 * @param sure whether an index that contradicts the readings was looked at again
 */
public record ExchangeForm(String at, String oldIndex, String newMeter, String newIndex, String reason, boolean sure) {
    /** Why a meter is exchanged; the first is the usual reason, the end of its eight years (計量法). */
    public static final List<String> REASONS = List.of("expired", "fault", "other");

    private static final int MILLILITRE = 6;
    private static final int DECIMALS = 3;
    private static final BigDecimal MOST_M3 = new BigDecimal("99999999.999");

    /** More than a home uses between the last reading and the exchange. */
    private static final long MOST_BEYOND_ML = 20_000_000L;

    static ExchangeForm begun(Page page) {
        String now = LocalDateTime.ofInstant(page.now(), page.zone()).toString();
        return new ExchangeForm(now.substring(0, 16), "", "", "0", REASONS.getFirst(), false);
    }

    static ExchangeForm of(Form form) {
        return new ExchangeForm(
                form.text("at").strip(),
                form.text("old-index").strip(),
                form.text("new-meter").strip().toLowerCase(Locale.ROOT),
                form.text("new-index").strip(),
                form.text("reason"),
                form.text("sure").equals("yes"));
    }

    /**
     * What cannot be.
     *
     * @param last the old meter's last reading before the exchange
     * @param taken whether the new meter is somebody's already
     */
    List<FieldError> errors(Account account, Optional<Sample> last, boolean taken, Page page) {
        List<FieldError> errors = new ArrayList<>();
        Optional<Instant> moment = moment(page.zone());
        if (moment.isEmpty()) {
            errors.add(FieldError.of("at", "water.exchange.error.at"));
        } else if (moment.get().isAfter(page.now())) {
            errors.add(FieldError.of("at", "water.exchange.error.future"));
        } else if (!moment.get().isAfter(account.current().from())) {
            errors.add(FieldError.of(
                    "at",
                    "water.exchange.error.before",
                    page.fullMoment(account.current().from())));
        }
        if (oldMillilitres().isEmpty()) {
            errors.add(FieldError.of("old-index", "water.exchange.error.index"));
        } else if (!sure) {
            last.ifPresent(sample -> contradicts(sample, page).ifPresent(errors::add));
        }
        if (!DeviceId.valid(newMeter)) {
            errors.add(FieldError.of("new-meter", "water.exchange.error.meter"));
        } else if (taken || newMeter.equals(account.current().meter())) {
            errors.add(FieldError.of("new-meter", "water.exchange.error.taken"));
        }
        if (newMillilitres().isEmpty()) {
            errors.add(FieldError.of("new-index", "water.exchange.error.index"));
        }
        if (!REASONS.contains(reason)) {
            errors.add(FieldError.of("reason", "water.exchange.error.reason"));
        }
        return errors;
    }

    private Optional<FieldError> contradicts(Sample last, Page page) {
        long read = last.decimal().scaleByPowerOfTen(MILLILITRE).longValue();
        long typed = oldMillilitres().orElseThrow();
        boolean wrong = typed < read || typed - read > MOST_BEYOND_ML;
        return wrong
                ? Optional.of(FieldError.of(
                        "old-index",
                        "water.exchange.error.contradicts",
                        last.decimal().toPlainString(),
                        page.fullMoment(last.at())))
                : Optional.empty();
    }

    Optional<Instant> moment(ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.parse(at).atZone(zone).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    OptionalLong oldMillilitres() {
        return millilitres(oldIndex);
    }

    OptionalLong newMillilitres() {
        return millilitres(newIndex);
    }

    private static OptionalLong millilitres(String m3) {
        if (!m3.matches("[0-9]{1,8}([.][0-9]{1," + DECIMALS + "})?")) {
            return OptionalLong.empty();
        }
        BigDecimal value = new BigDecimal(m3);
        return value.compareTo(MOST_M3) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(value.scaleByPowerOfTen(MILLILITRE).longValueExact());
    }
}
