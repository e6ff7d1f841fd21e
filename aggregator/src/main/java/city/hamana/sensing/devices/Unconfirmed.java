package city.hamana.sensing.devices;

import city.hamana.messages.v1.DeviceSettings;
import city.hamana.messages.v1.Heartbeat;
import java.util.List;

/** Settings that city hall wants in force and that a device has not confirmed. */
@FunctionalInterface
public interface Unconfirmed {
    /** What a gateway is sent in answer to its heartbeat, for itself and for the nodes in it. */
    List<DeviceSettings> of(Heartbeat heartbeat);
}
