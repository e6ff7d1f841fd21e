package city.hamana.service.quality;

import city.hamana.platform.events.Entry;
import city.hamana.platform.html.FieldError;
import city.hamana.sensing.equipment.Trace;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The page of one place.
 *
 * @param advice what could be dosed; empty where nothing is to be, or the flow is not known
 * @param chlorine of the last day
 * @param today the day's check; empty where it was not done yet
 * @param history what happened, the newest first
 */
public record PointPage(
        Point point,
        Finding finding,
        Limits limits,
        Optional<Advice> advice,
        Trace chlorine,
        LocalDate day,
        Optional<Check> today,
        List<Entry> history,
        List<FieldError> errors) {}
