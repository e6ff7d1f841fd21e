package city.hamana.capability.payments;

/** What can happen to a charge. */
enum Act {
    /** Less was paid than is open. */
    PAY_PART,
    /** What was open was paid. */
    PAY_REST,
    /** A part was paid from the payer's credit. */
    CREDIT_PART,
    /** What was open was paid from the payer's credit. */
    CREDIT_REST,
    /** A notice and a new slip went out (督促). */
    REMIND,
    /** Taken back. */
    REVERSE,
    /** Written off. */
    WRITE_OFF,
    /** The write-off of one of which nothing was paid is taken back. */
    REVIVE,
    /** The write-off of one of which a part was paid is taken back. */
    REVIVE_PART,
    /** All that was paid goes back over the counter: the receipt was wrong. */
    RETURN_ALL,
    /** A part of what was paid goes back over the counter: its receipt was wrong. */
    RETURN_PART
}
