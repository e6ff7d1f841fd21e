package city.hamana.capability.cases;

import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to do with a case.
 *
 * @param version of the case they read; 0 where it does not matter
 * @param note goes into the thread: to the applicant for RETURN, ANSWER, DELIVER and CLOSE, otherwise to staff; at most
 *     4,000 characters, may be empty
 * @param to department for HAND, case that goes on for MERGE; otherwise empty
 * @param data that take the place of the old, for ANSWER
 * @param detail further facts for the event, without personal data
 */
public record Move(
        String id, Act act, int version, String note, String to, Optional<String> data, Map<String, String> detail) {
    public Move {
        detail = Map.copyOf(detail);
    }

    public static Move of(String id, Act act) {
        return new Move(id, act, 0, "", "", Optional.empty(), Map.of());
    }

    public Move reading(int read) {
        return new Move(id, act, read, note, to, data, detail);
    }

    public Move saying(String text) {
        return new Move(id, act, version, text, to, data, detail);
    }

    public Move to(String where) {
        return new Move(id, act, version, note, where, data, detail);
    }

    public Move replacing(String json) {
        return new Move(id, act, version, note, to, Optional.of(json), detail);
    }

    public Move because(Map<String, String> facts) {
        return new Move(id, act, version, note, to, data, facts);
    }
}
