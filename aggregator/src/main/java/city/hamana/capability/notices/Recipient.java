package city.hamana.capability.notices;

import city.hamana.platform.text.Language;

/** Whom to tell. */
public sealed interface Recipient {
    /** A party the city knows, by the channels it has chosen. */
    record Of(String party) implements Recipient {}

    /** Somebody of whom only a mail address is known. */
    record Mail(String address, Language language) implements Recipient {
        @Override
        public String toString() {
            return "Mail";
        }
    }

    /** The staff of a division, in their inbox. */
    record Division(String department) implements Recipient {}
}
