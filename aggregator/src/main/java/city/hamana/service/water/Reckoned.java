package city.hamana.service.water;

/** What came of reckoning a period. */
sealed interface Reckoned {
    /**
     * The water of the period and what it costs.
     *
     * @param untilMillilitres register of the account at the end
     * @param cubicMetres whole ones that the register passed
     */
    record Whole(long untilMillilitres, long cubicMetres, Sheet sheet) implements Reckoned {}

    /**
     * Not to be billed as it is.
     *
     * @param hours that are in the way
     */
    record Held(Reason reason, long hours) implements Reckoned {}

    /** Why a period cannot be billed by itself; of several the first is told. */
    enum Reason {
        /** Readings of the period's end have not come. */
        NOT_YET("not-yet"),
        /** The register went down. */
        DECREASED("decreased"),
        /** Hours are missing and cannot be estimated. */
        MISSING("missing");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
