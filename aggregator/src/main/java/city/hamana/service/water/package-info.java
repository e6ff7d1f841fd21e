/**
 * A resident's own water use by hour, day, week and month, with what is not known shown as not known.
 * For residents; the exemplar that the next service copies.
 * Stands on readings, which it only reads, and on people, who say whose meter it is.
 */
package city.hamana.service.water;
