package city.hamana.capability.cases;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody does with a case. */
public enum Act {
    /** Begin to examine it, or take it over from a colleague. */
    TAKE,
    /** Give it to another department; it arrives there as new. */
    HAND,
    /** Ask the applicant to correct or add something (補正). */
    RETURN,
    /** Correct what was asked for. */
    ANSWER,
    /** Go on without the answer that did not come. */
    RESUME,
    /** Finish a step that examines; the next department goes on. */
    PASS,
    /** Draft a decision (起案). */
    PROPOSE,
    /** Agree to the draft (合議); it goes on to the next who has to. */
    AGREE,
    /** Give the draft back to its writer (差戻し). */
    SEND_BACK,
    /** Decide (決裁). */
    DECIDE,
    /** Hand the decision over. */
    DELIVER,
    /** Say that a report needs nothing more. */
    CLOSE,
    /** Open a closed report again. */
    REOPEN,
    /** Take the application back (取下げ). */
    WITHDRAW,
    /** Say that a report is the same as another. */
    MERGE,
    /** Undo that. */
    SPLIT;

    /** As it stands in forms and words: {@code send-back}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Act> ofCode(String code) {
        return Arrays.stream(values()).filter(act -> act.code().equals(code)).findFirst();
    }
}
