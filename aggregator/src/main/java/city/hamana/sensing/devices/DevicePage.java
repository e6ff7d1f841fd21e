package city.hamana.sensing.devices;

import city.hamana.platform.events.Entry;
import java.time.Instant;
import java.util.List;

/** One device with what happened to it, the newest first. */
public record DevicePage(Device device, List<Device> nodes, List<Entry> history, Instant now) {}
