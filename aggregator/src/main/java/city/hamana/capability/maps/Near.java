package city.hamana.capability.maps;

/**
 * A feature and how far it is.
 *
 * @param metres along a great circle to its nearest point; 0 within a polygon
 */
public record Near(Feature feature, double metres) {}
