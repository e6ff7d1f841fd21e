package city.hamana.capability.maps;

import java.util.Optional;

/**
 * A point on the earth, WGS 84 (within a few centimetres of JGD2011, which Japanese maps use).
 *
 * @param longitude degrees east, −180 to 180
 * @param latitude degrees north, −90 to 90
 */
public record Place(double longitude, double latitude) {
    public Place {
        if (!(longitude >= -180 && longitude <= 180 && latitude >= -90 && latitude <= 90)) {
            throw new IllegalArgumentException("not a place on the earth: " + longitude + ", " + latitude);
        }
    }

    /** The place that two texts give in degrees; empty when they give none. */
    public static Optional<Place> of(String longitude, String latitude) {
        try {
            return Optional.of(new Place(Double.parseDouble(longitude), Double.parseDouble(latitude)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Great-circle metres to the other place. */
    public double metresTo(Place other) {
        return Earth.metres(this, other);
    }
}
