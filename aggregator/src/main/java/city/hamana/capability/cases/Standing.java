package city.hamana.capability.cases;

/** What somebody is to a case. */
public enum Standing {
    /** Whose case it is, or who may act for them. */
    APPLICANT,
    /** Staff of the department that has it. */
    DEPARTMENT,
    /** Staff of that department with the rank to decide it (専決), and not who drafted the decision. */
    DECIDER
}
