package city.hamana.capability.forms;

import city.hamana.capability.people.Names;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.Language;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an answer is one.
 *
 * @param towns 町字ID of the city
 * @param language of the labels in the errors
 */
record Check(Set<String> towns, Today today, Language language) {
    private static final int LONGEST_ADDRESS = 200;

    /** Brings what was typed into the form that is kept; what cannot be read stays as it is. Names are not touched. */
    static String kept(Field field, String typed) {
        return switch (field.type()) {
            case NUMBER, YEN -> narrow(typed).replaceAll("[,、\\s円¥]", "");
            case DATE -> Era.read(typed).map(LocalDate::toString).orElse(typed);
            case PHONE -> narrow(typed).replaceAll("[‐‑–—―−ー]", "-");
            case MAIL -> narrow(typed);
            case LONG_TEXT -> typed.replace("\r\n", "\n");
            case TEXT, YES_NO, ONE_OF, SEVERAL, ADDRESS, NAME, FILE, GROUP -> typed;
        };
    }

    private static String narrow(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
    }

    Optional<FieldError> error(Field field, Answers answers) {
        if (field.type() == Field.Type.ADDRESS) {
            return address(field, answers);
        }
        List<String> all = answers.all(field.id());
        if (all.isEmpty()) {
            return field.must() ? Optional.of(wrong(field, mustWord(field.type()))) : Optional.empty();
        }
        return switch (field.type()) {
            case TEXT, LONG_TEXT -> text(field, all.getFirst());
            case NAME -> name(field, all.getFirst());
            case NUMBER, YEN -> number(field, all.getFirst());
            case DATE -> date(field, all.getFirst());
            case YES_NO -> unless(all.getFirst().matches("yes|no"), field, "choose");
            case ONE_OF -> unless(all.size() == 1 && offered(field, all), field, "choose");
            case SEVERAL -> unless(offered(field, all), field, "choose");
            case PHONE -> unless(all.getFirst().matches("\\+?[0-9][0-9() -]{8,19}"), field, "phone");
            case MAIL ->
                unless(
                        all.getFirst().matches("[^\\s@<>\"(),:;]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+"),
                        field,
                        "mail");
            case FILE -> unless(all.size() <= field.most(), field, "files", field.most());
            case GROUP -> rows(field, answers.rows(field.id()));
            case ADDRESS -> Optional.empty();
        };
    }

    private static String mustWord(Field.Type type) {
        return switch (type) {
            case YES_NO, ONE_OF, SEVERAL -> "choose";
            case FILE -> "file";
            case GROUP -> "rows-must";
            case TEXT, LONG_TEXT, NUMBER, YEN, DATE, ADDRESS, NAME, PHONE, MAIL -> "must";
        };
    }

    private Optional<FieldError> rows(Field field, int rows) {
        return unless(rows >= field.least() && rows <= field.most(), field, "rows", field.least(), field.most());
    }

    private Optional<FieldError> text(Field field, String text) {
        if (text.codePointCount(0, text.length()) > field.longest()) {
            return Optional.of(wrong(field, "long", field.longest()));
        }
        return unless(text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t'), field, "text");
    }

    private Optional<FieldError> name(Field field, String name) {
        return Names.complaint(name).map(words -> FieldError.of(field.id(), words));
    }

    private Optional<FieldError> number(Field field, String number) {
        if (!number.matches("-?\\d{1,15}")) {
            return Optional.of(wrong(field, "number"));
        }
        long value = Long.parseLong(number);
        return unless(value >= field.least() && value <= field.most(), field, "range", field.least(), field.most());
    }

    private Optional<FieldError> date(Field field, String text) {
        Optional<LocalDate> day = text.matches("\\d{4}-\\d\\d-\\d\\d") ? Era.read(text) : Optional.empty();
        if (day.isEmpty()) {
            return Optional.of(wrong(field, "date"));
        }
        Optional<LocalDate> first = field.notBefore().map(today::of);
        Optional<LocalDate> last = field.notAfter().map(today::of);
        if (first.filter(day.get()::isBefore).isPresent()) {
            return Optional.of(wrong(field, "early", first.get()));
        }
        if (last.filter(day.get()::isAfter).isPresent()) {
            return Optional.of(wrong(field, "late", last.get()));
        }
        return unless(!field.openDay() || today.open().test(day.get()), field, "closed");
    }

    private Optional<FieldError> address(Field field, Answers answers) {
        String town = answers.text(field.id() + "-town");
        String rest = answers.text(field.id() + "-rest");
        if (town.isEmpty() && rest.isEmpty()) {
            return field.must() ? Optional.of(wrong(field, "address")) : Optional.empty();
        }
        boolean known = towns.contains(town) || town.equals(Answers.OUTSIDE);
        return unless(known && !rest.isBlank() && rest.length() <= LONGEST_ADDRESS, field, "address");
    }

    private static boolean offered(Field field, List<String> chosen) {
        return chosen.stream().distinct().count() == chosen.size()
                && chosen.stream()
                        .allMatch(code -> field.options().stream()
                                .anyMatch(option -> option.code().equals(code)));
    }

    private Optional<FieldError> unless(boolean good, Field field, String word, Object... more) {
        return good ? Optional.empty() : Optional.of(wrong(field, word, more));
    }

    private FieldError wrong(Field field, String word, Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = field.label().plain(language) + field.rowNumber();
        System.arraycopy(more, 0, arguments, 1, more.length);
        return FieldError.of(field.id(), "forms.wrong." + word, arguments);
    }
}
