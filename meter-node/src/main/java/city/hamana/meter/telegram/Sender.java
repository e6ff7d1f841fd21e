package city.hamana.meter.telegram;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Whose a telegram is, told by what stands in it unencrypted. */
public final class Sender {
    private static final int SHORTEST = 11;
    private static final int LINK_ADDRESS = 2;
    private static final int CI = 10;
    private static final int WIRED_HEADER = 7;

    private Sender() {}

    /** {@code els-12345678}, as the city calls a meter. */
    public static String name(String manufacturer, String id) {
        return ((manufacturer.isEmpty() ? "mbus" : manufacturer) + "-" + id).toLowerCase(Locale.ROOT);
    }

    /**
     * The meter's name, and where a radio module speaks for a meter the module's before it. Empty where a wired telegram
     * names nobody or a telegram is damaged.
     */
    public static Set<String> of(byte[] telegram) {
        Set<String> names = new LinkedHashSet<>();
        try {
            if (LongFrame.opens(telegram)) {
                addHeader(telegram, WIRED_HEADER - 1, names);
            } else {
                addWireless(RadioFrame.withoutChecks(telegram), names);
            }
        } catch (TelegramException e) {
            return Set.of();
        }
        return names;
    }

    private static void addWireless(byte[] frame, Set<String> names) {
        if (frame.length < SHORTEST) {
            return;
        }
        names.add(name(Address.ofLink(Arrays.copyOfRange(frame, LINK_ADDRESS, LINK_ADDRESS + Address.LENGTH))));
        int ci = frame[CI] & 0xFF;
        addHeader(frame, ci == 0x8C ? CI + 3 : CI, names);
    }

    private static void addHeader(byte[] frame, int at, Set<String> names) {
        if (frame.length <= at + Address.LENGTH) {
            return;
        }
        switch (frame[at] & 0xFF) {
            case 0x6B, 0x6F, 0x72, 0x73, 0x75, 0x8B ->
                names.add(name(Address.ofHeader(Arrays.copyOfRange(frame, at + 1, at + 1 + Address.LENGTH))));
            default -> {}
        }
    }

    private static String name(Address address) {
        return name(address.manufacturer(), address.id());
    }
}
