package city.hamana.meter.telegram;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A decoded telegram.
 *
 * @param manufacturer three letters, or four hex digits where the code holds no letters; empty in the fixed structure
 * @param id eight digits, as printed on the meter
 * @param version the device's generation, 0 to 255
 * @param medium EN 13757-3 device type, 0 to 255: 7 is water
 * @param status the status byte of the transport header; 0 where there is no header
 * @param moreFollows the meter holds further telegrams of this readout
 */
public record Telegram(
        Link link,
        String manufacturer,
        String id,
        int version,
        int medium,
        int accessNumber,
        int status,
        List<DataRecord> records,
        boolean moreFollows)
        implements Decoding {

    /** How a telegram came. */
    public enum Link {
        WIRED,
        WIRELESS
    }

    public Telegram {
        records = List.copyOf(records);
    }

    /** The current total volume in cubic metres: instantaneous, storage, tariff and subunit 0. */
    public Optional<BigDecimal> volume() {
        return records.stream().filter(DataRecord::currentVolume).findFirst().flatMap(DataRecord::number);
    }

    /** The medium in words. */
    public String mediumName() {
        return mediumName(medium);
    }

    /** A medium in words by its EN 13757-3 device type, 0 to 255. */
    public static String mediumName(int medium) {
        return Medium.name(medium);
    }
}
