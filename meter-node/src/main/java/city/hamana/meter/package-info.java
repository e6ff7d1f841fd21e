/**
 * The meter node's program: reads the meters of a building or a street, keeps their readings and sends them on.
 * For the small computer beside the meters, and for whoever wants to see what a telegram says.
 * Stands on the telegram decoder, the lines and the link that all programs at the edge share.
 */
package city.hamana.meter;
