package city.hamana.capability.notices;

import city.hamana.platform.html.FieldError;
import java.util.List;

/**
 * How one wants to be told.
 *
 * @param there channels that the city has
 * @param mail the reader's address, or empty
 * @param linked whether LINE is linked
 * @param pushKey what a browser asks its push service with; empty when the city does not push
 * @param devices in which the reader is told
 * @param code to be sent to LINE now; empty when none was asked for
 */
public record PreferencePage(
        List<Channel> there,
        List<Channel> wanted,
        String quietFrom,
        String quietTo,
        String mail,
        boolean linked,
        String pushKey,
        List<Device> devices,
        String code,
        boolean saved,
        List<FieldError> errors) {}
