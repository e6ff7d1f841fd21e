package city.hamana.service.underpass;

import city.hamana.capability.maps.Feature;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import city.hamana.messages.v1.SignState;
import city.hamana.platform.html.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An underpass and its sign as it last told of itself.
 *
 * @param device the node that drives the sign
 * @param reached whether the node's line was whole at the last look; else nobody here knows what the sign shows now
 * @param state by the city's clock
 * @param heard real time of the last word
 * @param place where it is; empty while nobody has entered it on the map
 */
public record Spot(String id, String device, boolean reached, SignState state, Instant heard, Optional<Feature> place) {
    private static final int MILLIMETRES_PER_CENTIMETRE = 10;

    /** {@code open}, {@code caution}, {@code closed}, or {@code unknown}. */
    public String code() {
        return reached ? code(state.getAspect()) : "unknown";
    }

    static String code(SignAspect aspect) {
        return switch (aspect) {
            case SIGN_ASPECT_OPEN -> "open";
            case SIGN_ASPECT_CAUTION -> "caution";
            case SIGN_ASPECT_CLOSED -> "closed";
            case SIGN_ASPECT_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    }

    /** {@code level}, {@code rise}, {@code float}, {@code fail-safe}, {@code command}; empty where it says none. */
    public String reason() {
        return state.getReason() == SignReason.SIGN_REASON_UNSPECIFIED || state.getReason() == SignReason.UNRECOGNIZED
                ? ""
                : state.getReason()
                        .name()
                        .substring("SIGN_REASON_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }

    public Instant since() {
        return Instant.ofEpochMilli(state.getSinceUnixMs());
    }

    /** Depth in centimetres; empty while nobody knows it. */
    public Optional<Double> centimetres() {
        return reached && state.hasLevelMm()
                ? Optional.of((double) state.getLevelMm() / MILLIMETRES_PER_CENTIMETRE)
                : Optional.empty();
    }

    /** Whether it is closed although the water stands lower again: it opens when that has lasted. */
    public boolean draining() {
        return code().equals("closed")
                && state.getReason() == SignReason.SIGN_REASON_LEVEL
                && state.hasLevelMm()
                && state.getLevelMm() < state.getCloseMm();
    }

    public String name(Page page) {
        return place.map(feature -> feature.name(page.language())).orElse(id);
    }

    /** How long it has been showing this. */
    public Duration lasts(Instant now) {
        return Duration.between(since(), now);
    }
}
