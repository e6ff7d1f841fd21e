/**
 * What hangs on the devices: gauges, signs, analysers, access points, and meters that have something to tell. How each is,
 * its conditions and faults under their names, and its last values as curves.
 * For the staff who look after it, and for services that show a curve.
 * Stands on what devices say in their statuses, and on readings; the use of a home is not shown here.
 */
package city.hamana.sensing.equipment;
