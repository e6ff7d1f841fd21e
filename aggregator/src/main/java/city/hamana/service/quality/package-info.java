/**
 * Water quality: residual chlorine at the tap, the daily check of colour, turbidity and residual, and the monthly report.
 * For the waterworks' staff, who are told when water falls under the limit, or will, and when it is only the sensor.
 * Stands on readings of analysers, on the city's rule tables for limits, and on two tables of its own.
 */
package city.hamana.service.quality;
