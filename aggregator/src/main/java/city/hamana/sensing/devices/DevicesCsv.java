package city.hamana.sensing.devices;

import city.hamana.messages.v1.Storage;
import java.util.List;
import java.util.stream.Collectors;

/** Devices as CSV, one line each. */
final class DevicesCsv {
    private static final String HEAD = "device,gateway,state,heard,waiting_blocks,waiting_bytes,quota_bytes,"
            + "clock_synchronised,clock_offset_ms,certificate_ends,software,quarantined,set_aside_blocks,"
            + "storage,days_left,written_bytes,daily_budget_bytes,retained_bytes,settings_version\r\n";

    private DevicesCsv() {}

    static String of(List<Device> devices) {
        return devices.stream().map(DevicesCsv::line).collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(Device d) {
        return String.join(
                        ",",
                        d.id(),
                        d.gateway(),
                        d.state().code(),
                        d.heard().toString(),
                        Long.toUnsignedString(d.status().getWaitingBlocks()),
                        Long.toUnsignedString(d.status().getWaitingBytes()),
                        Long.toUnsignedString(d.status().getQuotaBytes()),
                        Boolean.toString(d.status().getClock().getSynchronised()),
                        Long.toString(d.clockOffsetMs()),
                        d.hasStatus() ? d.certificateEnds().toString() : "",
                        plain(d.status().getSoftware()),
                        Long.toString(d.quarantined()),
                        Long.toUnsignedString(d.status().getSetAsideBlocks()),
                        storage(d))
                + "\r\n";
    }

    private static String storage(Device d) {
        Storage storage = d.status().getStorage();
        return String.join(
                ",",
                d.tellsStorage() ? d.storage() : "",
                storage.hasDaysLeft() ? Integer.toUnsignedString(storage.getDaysLeft()) : "",
                Long.toUnsignedString(storage.getWrittenBytes()),
                Long.toUnsignedString(storage.getDailyBudgetBytes()),
                Long.toUnsignedString(storage.getRetainedBytes()),
                Long.toUnsignedString(d.status().getSettings().getVersion()));
    }

    /** What a device says of itself is not to become a formula in a spreadsheet. */
    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9._+ -]", "_").replaceFirst("^[+=-]", "_");
    }
}
