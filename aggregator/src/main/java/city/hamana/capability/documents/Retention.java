package city.hamana.capability.documents;

import city.hamana.platform.text.FiscalYear;
import java.time.LocalDate;
import java.util.Optional;

/** How long a document is kept, from the start of the fiscal year after it was made (湖西市文書規程 [K]). */
public enum Retention {
    ONE_YEAR(1),
    THREE_YEARS(3),
    FIVE_YEARS(5),
    TEN_YEARS(10),
    THIRTY_YEARS(30),
    FOR_EVER(0);

    private final int years;

    Retention(int years) {
        this.years = years;
    }

    public int years() {
        return years;
    }

    /** The last day; empty for those that are kept for ever. */
    Optional<LocalDate> until(LocalDate made) {
        return this == FOR_EVER
                ? Optional.empty()
                : Optional.of(FiscalYear.of(made).end().plusYears(years).minusDays(1));
    }
}
