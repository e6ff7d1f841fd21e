package city.hamana.capability.cases;

/** What somebody is to a case. */
public enum Standing {
    /** Whose case it is, or who may act for them. */
    APPLICANT,
    /** Staff of the department that has it. */
    DEPARTMENT,
    /** Of these, who have the rank for the step that examines it. */
    EXAMINER,
    /** Of these, who have the rank for drafting the decision. */
    DRAFTER,
    /** Of these, who have the rank for agreeing (合議), and did not draft the decision. */
    AGREER,
    /** Of these, who have the rank to decide it (専決), and did not draft the decision. */
    DECIDER;

    /** Who does this work. */
    static Standing of(Step.Work work) {
        return switch (work) {
            case EXAMINE -> EXAMINER;
            case DRAFT -> DRAFTER;
            case AGREE -> AGREER;
            case DECIDE -> DECIDER;
        };
    }
}
