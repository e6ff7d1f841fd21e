/**
 * Tariffs: what a use of a period costs, line by line, each line with the rule it stands on.
 * For every service that charges by use: water and sewer today.
 * Stands on the city's rule tables; all else in here is arithmetic without a database.
 *
 * <p>The form is that of Japanese water tariffs: a base charge of the month by bore, a price for the n-th cubic metre of a
 * month that rises by steps, consumption tax, and every fraction of a yen dropped once, at the end. A time-of-use plan keeps the base
 * charge and takes a share of the ordinary volumetric charge for the water of each band of hours.
 */
package city.hamana.capability.tariffs;
