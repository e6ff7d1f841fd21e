/**
 * Trials of a whole city of real processes while meters of known values are read: the fault run breaks it by a seed and
 * compares what city hall holds with what was measured, instant by instant; the measurements say how fast and small it is.
 * For whoever wants to know whether the edge loses anything. Stands on city.hamana.demo.city and the programs' doors.
 */
package city.hamana.demo.trial;
