package city.hamana.sensing.vee;

/** What ran through a meter in one hour, as it counts for pages, bills and leak detection. */
public sealed interface Use {
    /**
     * Known.
     *
     * @param millilitres 0 or more
     */
    record Known(long millilitres, Origin origin) implements Use {
        public boolean estimated() {
            return origin.estimated();
        }
    }

    /** Neighbouring readings stand too far apart, or one of them cannot be used. Not the same as no use. */
    record Missing() implements Use {}

    /** The register went down within the hour, which a sound meter's does not. */
    record Decreased() implements Use {}

    /** No reading has come from this hour or after it yet. */
    record NotYet() implements Use {}
}
