package city.hamana.sensing.readings;

import city.hamana.messages.Quantity;
import java.time.LocalDate;

/** A series that has readings, and the UTC days between which they lie, both included. */
public record SeriesInfo(String meter, Quantity quantity, LocalDate firstDay, LocalDate lastDay) {}
