/**
 * The warning sign: what it shows by the water and by city hall's command, and how its lamps are switched.
 * For the drivers before the underpass, whether or not a network is there.
 * Stands on the assessment of the level package; commands come verified from the link.
 */
package city.hamana.sensor.sign;
