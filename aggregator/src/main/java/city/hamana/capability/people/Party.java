package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A person or a business that the city deals with, with or without a sign-in.
 *
 * @param id digits; of a resident who signs in it is the caller's id, too
 * @param born of a person; of a business the day of its foundation
 * @param phone as written, or empty
 * @param mail address, or empty
 * @param language in which letters and notices are wanted
 */
public record Party(
        String id,
        Kind kind,
        Names names,
        Optional<LocalDate> born,
        Optional<Address> address,
        String phone,
        String mail,
        Language language) {
    /** What it is. */
    public enum Kind {
        PERSON,
        BUSINESS;

        /** As it stands in tables: {@code person}. */
        String code() {
            return this == PERSON ? "person" : "business";
        }

        static Kind ofCode(String code) {
            return code.equals("person") ? PERSON : BUSINESS;
        }
    }

    /** As the event log names it as a subject. */
    public String subject() {
        return subject(id);
    }

    /** As the event log names the party of this id as a subject. */
    public static String subject(String id) {
        return "party:" + id;
    }

    /** The facts without the id. */
    public NewParty facts() {
        return new NewParty(kind, names, born, address, phone, mail, language);
    }
}
