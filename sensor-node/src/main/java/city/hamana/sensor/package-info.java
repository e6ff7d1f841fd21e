/**
 * The sensor node's program: watches the water over a road and switches its warning sign, reads chlorine analysers.
 * For the small computer in the underpass or the water works, and for the staff who set it up.
 * Stands on the packages below it, one for each noun, and on the link that all programs at the edge share.
 */
package city.hamana.sensor;
