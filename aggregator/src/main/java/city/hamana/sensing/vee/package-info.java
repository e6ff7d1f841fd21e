/**
 * Validation, estimation and editing (VEE): what counts of every meter's use, hour by hour.
 * For the services that show, bill and watch over water, which read it here and never from the registers.
 * Stands on readings, which it only reads: what a meter told is never changed.
 */
package city.hamana.sensing.vee;
