package city.hamana.service.water;

/** What ran through a meter in one hour. */
public sealed interface Use {
    /**
     * Known.
     *
     * @param millilitres 0 or more
     * @param estimated whether a register it rests on was estimated
     */
    record Known(long millilitres, boolean estimated) implements Use {}

    /** Neighbouring readings stand too far apart, or one of them cannot be used. Not the same as no use. */
    record Missing() implements Use {}

    /** The register went down within the hour, which a sound meter's does not. */
    record Decreased() implements Use {}

    /** No reading has come from this hour or after it yet. */
    record NotYet() implements Use {}
}
