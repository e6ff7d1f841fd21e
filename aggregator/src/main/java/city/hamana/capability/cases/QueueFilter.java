package city.hamana.capability.cases;

import java.util.Optional;

/**
 * Which cases of the queue.
 *
 * @param department that has them
 * @param assignee actor {@code person:ID}
 * @param openOnly without those where nothing is left to do
 * @param overdueOnly those whose deadline has passed
 * @param text part of the number or the title; may be empty
 * @param most at most 1,000
 */
public record QueueFilter(
        Optional<String> department,
        Optional<String> kind,
        Optional<State> state,
        Optional<String> assignee,
        boolean openOnly,
        boolean overdueOnly,
        String text,
        int most) {

    /** All open cases of a department. */
    public static QueueFilter of(String department) {
        return new QueueFilter(
                Optional.of(department), Optional.empty(), Optional.empty(), Optional.empty(), true, false, "", 200);
    }

    public QueueFilter kind(String code) {
        return new QueueFilter(department, Optional.of(code), state, assignee, openOnly, overdueOnly, text, most);
    }

    public QueueFilter state(State only) {
        return new QueueFilter(department, kind, Optional.of(only), assignee, false, overdueOnly, text, most);
    }
}
