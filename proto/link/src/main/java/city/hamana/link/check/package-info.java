/**
 * What {@code check} asks of a gateway or node and says about it, for the technician in front of the box. Stands on the
 * program's settings, its live status ({@link city.hamana.link.LocalStatus}) and a few measurements of its own; it works
 * while the program runs and while it does not.
 */
package city.hamana.link.check;
