package city.hamana.capability.cases;

/** How a kind of case must end. */
public enum Course {
    /** In a decision that the city owes the applicant (行政手続法), or in its withdrawal. */
    APPLICATION,
    /** When what was reported needs nothing more. */
    REPORT
}
