package city.hamana.service.watchover;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far the question "are you well?" has come. What is not an edge of {@link #next} cannot happen. */
public enum Stage {
    /** The person is asked. */
    SELF,
    /** The relative is. */
    FAMILY,
    /** The welfare division is asked to look (民生委員). */
    WELFARE,
    /** Somebody has answered, or water runs again. */
    ENDED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Stage> ofCode(String code) {
        return Arrays.stream(values())
                .filter(stage -> stage.code().equals(code))
                .findFirst();
    }

    /** How long an answer is waited for. */
    Duration patience() {
        return switch (this) {
            case SELF -> Duration.ofHours(1);
            case FAMILY -> Duration.ofHours(3);
            case WELFARE, ENDED -> Duration.ofDays(3_650);
        };
    }

    /** Who is asked next when nobody answers. */
    Stage next(boolean welfare) {
        return switch (this) {
            case SELF -> FAMILY;
            case FAMILY -> welfare ? WELFARE : FAMILY;
            case WELFARE, ENDED -> this;
        };
    }
}
