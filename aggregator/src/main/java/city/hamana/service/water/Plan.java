package city.hamana.service.water;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** By what a contract is billed; what each means stands in the rule table {@code water-plan}. */
public enum Plan {
    ORDINARY,
    TRIAL,
    TIME_OF_USE;

    /** As tables and addresses have it: {@code time-of-use}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Plan> ofCode(String code) {
        return Arrays.stream(values()).filter(plan -> plan.code().equals(code)).findFirst();
    }

    /** The one that holds on a day; the ordinary one where nothing was wished by then. */
    static Plan on(NavigableMap<LocalDate, Plan> byFirstDay, LocalDate day) {
        return Optional.ofNullable(byFirstDay.floorEntry(day))
                .map(Map.Entry::getValue)
                .orElse(ORDINARY);
    }
}
