package city.hamana.service.network;

/**
 * A meter in the border of a district.
 *
 * @param direction 1 into the district, -1 out of it
 */
record Inlet(String dma, String meter, int direction) {}
