package city.hamana.meter.telegram;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layouts that compact frames may refer to: those of Kamstrup's water meters (status word, volume, volume at the
 * month's begin, temperatures, flow extremes) and those of the full frames that were seen, up to a limit.
 */
final class Layouts {
    private static final int MOST_REMEMBERED = 1024;
    private static final List<String> KNOWN = List.of(
            "02FF2004134413",
            "02FF2004134413523B",
            "02FF200413523B",
            "02FF2004134413615B6167",
            "02FF2004134413615B5167",
            "02FF20041392013BA1015B8101E7FF0F");

    private final Map<Integer, Layout> bySignature = new LinkedHashMap<>();

    Layouts() {
        KNOWN.stream().map(Layout::ofHex).forEach(this::remember);
    }

    void remember(Layout layout) {
        if (bySignature.size() < MOST_REMEMBERED) {
            bySignature.putIfAbsent(layout.signature(), layout);
        }
    }

    /**
     * The records of a compact frame: signature, check of the full frame, data.
     *
     * @throws TelegramException unknown-format, wrong-checksum and what reading records may throw
     */
    Records expanded(Octets in) {
        int signature = in.nextTwo("the format signature");
        int check = in.nextTwo("the full frame's check");
        Layout layout = bySignature.get(signature);
        if (layout == null) {
            throw TelegramException.of(
                    "unknown-format",
                    "the compact frame's layout %04X was in no full frame so far".formatted(signature));
        }
        byte[] full = layout.filled(in);
        if (Crc.of(full) != check) {
            throw TelegramException.of("wrong-checksum", "the check of the full frame is wrong");
        }
        return Records.read(new Octets(full));
    }

    /** A format frame: length, signature, heads. */
    void learn(Octets in) {
        int length = in.next("the format frame");
        int signature = in.nextTwo("the format frame");
        Layout layout = Layout.of(in.take(Math.max(0, length - 2), "the format frame"));
        if (layout.signature() == signature) {
            remember(layout);
        }
    }
}
