package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.Optional;

/** The facts of a {@link Party}, without its id. */
public record NewParty(
        Party.Kind kind,
        Names names,
        Optional<LocalDate> born,
        Optional<Address> address,
        String phone,
        String mail,
        Language language) {
    static final int LONGEST_PHONE = 40;
    static final int LONGEST_MAIL = 254;

    public NewParty {
        if (phone.length() > LONGEST_PHONE || mail.length() > LONGEST_MAIL) {
            throw new IllegalArgumentException("a telephone number or mail address is too long");
        }
    }

    /** A person of whom nothing but the name is known. */
    public static NewParty person(Names names, Language language) {
        return new NewParty(Party.Kind.PERSON, names, Optional.empty(), Optional.empty(), "", "", language);
    }
}
