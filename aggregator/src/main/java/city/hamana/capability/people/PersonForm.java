package city.hamana.capability.people;

import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Call;
import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a person or business: read from a call, checked, and made facts. */
final class PersonForm {
    static final List<String> FIELDS =
            List.of("written", "kana", "latin", "born", "town", "rest", "phone", "mail", "language");
    private static final LocalDate FIRST_BORN = LocalDate.of(1880, 1, 1);
    /** The value of {@code town} for an address that is not in the city. */
    static final String ELSEWHERE = "elsewhere";

    private final Lists lists;

    PersonForm(Lists lists) {
        this.lists = lists;
    }

    static Map<String, String> typed(Call call) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String field : FIELDS) {
            values.put(field, call.field(field));
        }
        values.put("town-elsewhere", call.field("town-elsewhere"));
        return values;
    }

    static Map<String, String> of(Party party) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("written", party.names().written());
        values.put("kana", party.names().kana());
        values.put("latin", party.names().latin());
        values.put("born", party.born().map(LocalDate::toString).orElse(""));
        party.address().ifPresent(address -> {
            values.put("town", address.townId().isEmpty() ? ELSEWHERE : address.townId());
            values.put("town-elsewhere", address.townId().isEmpty() ? address.town() : "");
            values.put("rest", address.rest());
        });
        values.put("phone", party.phone());
        values.put("mail", party.mail());
        values.put("language", party.language().code());
        return values;
    }

    /** What is wrong, in the order of the fields. */
    List<FieldError> errors(Map<String, String> typed, LocalDate today) {
        List<FieldError> errors = new ArrayList<>();
        if (typed.get("written").isEmpty()) {
            errors.add(FieldError.of("written", "people.names.missing"));
        }
        for (String form : List.of("written", "kana", "latin")) {
            Names.complaint(typed.get(form)).ifPresent(words -> errors.add(FieldError.of(form, words)));
        }
        if (!typed.get("born").isEmpty() && born(typed, today).isEmpty()) {
            errors.add(FieldError.of("born", "people.born.wrong"));
        }
        addressErrors(typed, errors);
        if (!typed.get("phone").matches("[0-9+() -]{0,40}")) {
            errors.add(FieldError.of("phone", "people.phone.wrong"));
        }
        if (!typed.get("mail").isEmpty() && !MailCodes.isMail(typed.get("mail"))) {
            errors.add(FieldError.of("mail", "people.mail.wrong"));
        }
        return errors;
    }

    /** The facts of a form without errors. */
    NewParty facts(Party.Kind kind, Map<String, String> typed, LocalDate today) {
        return new NewParty(
                kind,
                new Names(typed.get("written"), typed.get("kana"), typed.get("latin")),
                born(typed, today),
                address(typed),
                typed.get("phone"),
                typed.get("mail"),
                Language.ofCode(typed.get("language")).orElse(Language.JA));
    }

    private void addressErrors(Map<String, String> typed, List<FieldError> errors) {
        for (String field : List.of("rest", "town-elsewhere")) {
            if (typed.get(field).length() > Address.LONGEST
                    || Names.complaint(typed.get(field)).isPresent()) {
                errors.add(FieldError.of(field, "people.address.wrong"));
            }
        }
        boolean half = !typed.get("rest").isEmpty() && address(typed).isEmpty();
        if (half
                || (typed.get("town").equals(ELSEWHERE)
                        && typed.get("town-elsewhere").isEmpty())) {
            errors.add(FieldError.of("town", "people.town.missing"));
        }
    }

    private Optional<Address> address(Map<String, String> typed) {
        if (typed.get("town").equals(ELSEWHERE)) {
            String place = typed.get("town-elsewhere");
            return place.isEmpty() ? Optional.empty() : Optional.of(new Address("", place, typed.get("rest")));
        }
        return lists.town(typed.get("town")).map(town -> new Address(town.id(), town.name(), typed.get("rest")));
    }

    private static Optional<LocalDate> born(Map<String, String> typed, LocalDate today) {
        try {
            return typed.get("born").isEmpty()
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(typed.get("born")))
                            .filter(day -> !day.isBefore(FIRST_BORN) && !day.isAfter(today));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
