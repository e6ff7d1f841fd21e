package city.hamana.service.procedures;

import city.hamana.capability.people.Party;
import java.time.LocalDate;
import java.util.List;

/**
 * One procedure.
 *
 * @param principals for whom the reader may apply; empty for who is not signed in as a resident
 * @param leftYen what the year's budget still has; -1 where there is none
 * @param answer last day of the standard period if it were sent today
 */
public record OneView(
        Procedure procedure,
        String department,
        String phone,
        List<Party> principals,
        long leftYen,
        LocalDate answer,
        boolean none) {}
