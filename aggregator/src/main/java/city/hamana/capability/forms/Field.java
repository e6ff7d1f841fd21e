package city.hamana.capability.forms;

import city.hamana.platform.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One question of a form.
 *
 * @param id small letters, digits and dashes; name of the input and of the answer
 * @param must whether it has to be answered when it is asked
 * @param options of ONE_OF and SEVERAL
 * @param when asked only then; always when empty
 * @param longest characters of a text
 * @param least smallest number; of GROUP the fewest rows once there is one
 * @param most largest number; of FILE the most files, of GROUP the most rows
 * @param notBefore first day: {@code today}, {@code today+3}, {@code today-14} or {@code 2026-04-01}
 * @param notAfter last day, the same way
 * @param openDay whether the city hall must be open on the day
 * @param prefill which fact of the applicant fills it first: {@code name}, {@code kana}, {@code born}, {@code address},
 *     {@code phone}, {@code mail}; empty for none
 * @param fields what each row of a GROUP asks
 * @param sum of a GROUP, the question whose numbers are added up; empty for none
 */
public record Field(
        String id,
        Type type,
        Texts label,
        Optional<Texts> help,
        boolean must,
        List<Option> options,
        Optional<When> when,
        int longest,
        long least,
        long most,
        Optional<String> notBefore,
        Optional<String> notAfter,
        boolean openDay,
        String prefill,
        List<Field> fields,
        String sum) {

    /** What kind of answer a question has. */
    public enum Type {
        TEXT,
        LONG_TEXT,
        NUMBER,
        YEN,
        DATE,
        YES_NO,
        ONE_OF,
        SEVERAL,
        /** A town of the city (町字ID) or elsewhere, and the rest. */
        ADDRESS,
        NAME,
        PHONE,
        MAIL,
        FILE,
        /** The same questions about each of several things: members of a household, items of a cost. */
        GROUP;

        /** As it stands in definitions: {@code long-text}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public record Option(String code, Texts label) {}

    /**
     * A condition.
     *
     * @param field id of an earlier field
     * @param is one of these answers
     */
    public record When(String field, List<String> is) {}

    /**
     * The questions of one row: {@code members.0.name}.
     *
     * @param row number from 0, or what stands for it
     */
    public List<Field> row(Object row) {
        String prefix = id + "." + row + ".";
        return fields.stream().map(field -> field.named(prefix)).toList();
    }

    private Field named(String prefix) {
        return new Field(
                prefix + id,
                type,
                label,
                help,
                must,
                options,
                when.map(w -> new When(prefix + w.field(), w.is())),
                longest,
                least,
                most,
                notBefore,
                notAfter,
                openDay,
                prefill,
                fields,
                sum);
    }

    /** As its row calls it: {@code name}. */
    String key() {
        return id.substring(id.lastIndexOf('.') + 1);
    }

    /** Of a row's question, the group and the row's number as people count; empty text for others. */
    String rowNumber() {
        String[] parts = id.split("\\.");
        return parts.length < 3 ? "" : " (" + (Integer.parseInt(parts[1]) + 1) + ")";
    }

    /** How many rows a page begins with. */
    public int firstRows() {
        return must ? (int) least : 0;
    }

    /** Characters that an answer may take at most, right or wrong. */
    int mostLetters() {
        return type == Type.TEXT || type == Type.LONG_TEXT ? longest + 1 : type == Type.NAME ? 801 : 201;
    }

    /** Whether browsers may insist on an answer: a question with a condition may not be on the page at all. */
    public boolean insists() {
        return must && when.isEmpty();
    }
}
