package city.hamana.sensing.devices;

import city.hamana.messages.v1.DeviceCommand;
import city.hamana.messages.v1.Heartbeat;
import java.util.List;

/** Commands to warning signs that a device has not told the outcome of. */
@FunctionalInterface
public interface Commanded {
    /** What a gateway is sent in answer to its heartbeat, for the nodes in it. */
    List<DeviceCommand> of(Heartbeat heartbeat);
}
