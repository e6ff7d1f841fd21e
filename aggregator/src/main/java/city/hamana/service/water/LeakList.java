package city.hamana.service.water;

import city.hamana.platform.html.FieldError;
import java.util.List;

/**
 * The page of leaks behind meters.
 *
 * @param open those that are not closed, the oldest first
 * @param closed the newest first
 * @param leaks how many were closed as leaks, in all
 * @param noLeaks and how many as none
 */
public record LeakList(List<Leak> open, List<Leak> closed, long leaks, long noLeaks, List<FieldError> errors) {
    /** Of a hundred that were looked at, how many were leaks; empty of none is 0. */
    public double precision() {
        return Overview.percent(leaks, leaks + noLeaks);
    }
}
