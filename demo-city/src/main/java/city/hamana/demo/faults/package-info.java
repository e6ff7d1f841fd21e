/**
 * The fault run: breaks a whole city of real processes again and again, by a seed, while meters of known values are read,
 * and then compares what city hall holds with what was measured, instant by instant.
 * For whoever wants to know whether the edge loses anything. Stands on city.hamana.demo.city and the programs' doors.
 */
package city.hamana.demo.faults;
