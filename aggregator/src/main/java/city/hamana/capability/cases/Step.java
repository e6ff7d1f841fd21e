package city.hamana.capability.cases;

import city.hamana.platform.access.Rank;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One step on an application's way through the house. A way is examined any number of times, drafted once (起案), agreed to
 * by any number of departments (合議), and decided (決裁).
 *
 * @param code as the definition calls it; small letters and dashes
 * @param department whose queue the case stands in meanwhile
 * @param rank least rank that may finish the step (専決)
 */
public record Step(String code, Work work, String department, Rank rank) {
    private static final int MOST = 12;

    /** What is done in a step. */
    public enum Work {
        /** Look into it and say what was found (調査, 審査); then it goes on. */
        EXAMINE,
        /** Draft the decision (起案). */
        DRAFT,
        /** Agree to the draft (合議). */
        AGREE,
        /** Decide (決裁). */
        DECIDE;

        /** As it stands in definitions and in the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Work> ofCode(String code) {
            return Arrays.stream(values())
                    .filter(work -> work.code().equals(code))
                    .findFirst();
        }
    }

    Step in(String other) {
        return new Step(code, work, other, rank);
    }

    /** Whether these are a way: in this order, with one draft and one decision. */
    public static boolean isWay(List<Step> steps) {
        String way = steps.stream().map(step -> step.work.code()).collect(Collectors.joining(" "));
        return steps.size() <= MOST
                && way.matches("(examine )*draft (agree )*decide")
                && steps.stream().map(Step::code).distinct().count() == steps.size();
    }
}
