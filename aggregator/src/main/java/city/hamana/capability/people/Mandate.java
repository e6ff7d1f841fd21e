package city.hamana.capability.people;

import java.time.Instant;
import java.util.Optional;

/**
 * The right to act for somebody.
 *
 * @param principal id of the party that is acted for
 * @param agent id of the party that acts
 * @param until first instant at which it is over; none for open ends
 * @param ended when somebody ended it
 * @param evidence code of the document that the counter saw, empty where there was none
 * @param note what identifies the document
 */
public record Mandate(
        long id,
        String principal,
        String agent,
        Kind kind,
        Instant from,
        Optional<Instant> until,
        Optional<Instant> ended,
        String evidence,
        String note) {
    /** On what ground. */
    public enum Kind {
        /** Of a child, or of an adult in care (成年後見). */
        GUARDIAN,
        /** By the principal's own word (代理人). */
        PROXY,
        /** Of a business. */
        REPRESENTATIVE;

        /** As it stands in tables: {@code guardian}. */
        public String code() {
            return switch (this) {
                case GUARDIAN -> "guardian";
                case PROXY -> "proxy";
                case REPRESENTATIVE -> "representative";
            };
        }

        /** A guardian is a person's, a representative a business's, a proxy anybody's. */
        boolean fits(Party.Kind principal) {
            return switch (this) {
                case GUARDIAN -> principal == Party.Kind.PERSON;
                case PROXY -> true;
                case REPRESENTATIVE -> principal == Party.Kind.BUSINESS;
            };
        }

        static Kind ofCode(String code) {
            return switch (code) {
                case "guardian" -> GUARDIAN;
                case "proxy" -> PROXY;
                case "representative" -> REPRESENTATIVE;
                default -> throw new IllegalStateException("a mandate of kind " + code);
            };
        }
    }

    /** Neither ended nor over; it may still have to begin. */
    public boolean standing(Instant now) {
        return ended.isEmpty() && until.map(now::isBefore).orElse(true);
    }

    public boolean valid(Instant now) {
        return standing(now) && !now.isBefore(from);
    }
}
