package city.hamana.service.network;

import java.time.LocalDate;

/**
 * In which district a home's meter stands, from a day on.
 *
 * @param dma empty: in none any more
 */
record Standing(String meter, LocalDate from, String dma) {}
