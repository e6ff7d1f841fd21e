package city.hamana.capability.forms;

import city.hamana.platform.html.FieldError;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Texts;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What has to be right between several questions of a page. {@code forms.js} reads the same and says the same.
 *
 * @param fields ids, all on one page
 * @param when REQUIRED_IF asks only then
 * @param text what to do, where it is not right
 */
public record CrossCheck(Kind kind, List<String> fields, Optional<Field.When> when, Texts text) {
    /** What is looked at. */
    public enum Kind {
        /** Days or numbers: none is later or larger than the next. Those without an answer are passed over. */
        ORDER,
        /** At least one has an answer. */
        EITHER,
        /** Each has an answer, if the condition holds. */
        REQUIRED_IF;

        /** As it stands in definitions: {@code required-if}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> ofCode(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }
    }

    Optional<FieldError> error(Form form, Answers answers, Language language) {
        List<Field> asked = fields.stream()
                .flatMap(id -> form.field(id).stream())
                .filter(field -> form.asks(field, answers))
                .toList();
        return wrong(asked, form, answers)
                .map(field -> FieldError.of(field.id(), "forms.wrong.said", text.plain(language)));
    }

    private Optional<Field> wrong(List<Field> asked, Form form, Answers answers) {
        return switch (kind) {
            case ORDER -> disordered(asked, answers);
            case EITHER ->
                asked.stream().anyMatch(answers::has)
                        ? Optional.empty()
                        : asked.stream().findFirst();
            case REQUIRED_IF ->
                form.holds(when, answers)
                        ? asked.stream().filter(field -> !answers.has(field)).findFirst()
                        : Optional.empty();
        };
    }

    private static Optional<Field> disordered(List<Field> asked, Answers answers) {
        long last = Long.MIN_VALUE;
        for (Field field : asked) {
            Optional<Long> value = value(field, answers.text(field.id()));
            if (value.isPresent() && value.get() < last) {
                return Optional.of(field);
            }
            last = value.orElse(last);
        }
        return Optional.empty();
    }

    /** Empty for what cannot be read: that has its own error. */
    private static Optional<Long> value(Field field, String kept) {
        if (field.type() == Field.Type.DATE) {
            return kept.matches("\\d{4}-\\d\\d-\\d\\d") ? Era.read(kept).map(LocalDate::toEpochDay) : Optional.empty();
        }
        return kept.matches("-?\\d{1,15}") ? Optional.of(Long.parseLong(kept)) : Optional.empty();
    }
}
