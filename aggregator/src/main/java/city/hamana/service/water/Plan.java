package city.hamana.service.water;

import java.util.Arrays;
import java.util.Locale;
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
}
