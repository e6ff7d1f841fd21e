package city.hamana.meter.telegram;

import city.hamana.meter.telegram.DataRecord.Function;
import city.hamana.meter.telegram.DataRecord.Value;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of one application message (EN 13757-3).
 *
 * @param layout the heads of all records in turn, from which a compact frame's signature is computed
 */
record Records(List<DataRecord> list, boolean moreFollows, Layout layout) {
    private static final int SPECIAL = 0x0F;
    private static final int MANUFACTURER_DATA = 0x0F;
    private static final int MANUFACTURER_DATA_AND_MORE = 0x1F;
    private static final int IDLE = 0x2F;

    /** Reads records up to the end; all or nothing. */
    static Records read(Octets in) {
        List<DataRecord> list = new ArrayList<>();
        ByteArrayOutputStream heads = new ByteArrayOutputStream();
        while (in.remaining() > 0) {
            int dif = in.peek();
            if (dif == IDLE) {
                in.next("an idle filler");
            } else if (dif == MANUFACTURER_DATA || dif == MANUFACTURER_DATA_AND_MORE) {
                in.next("a DIF");
                manufacturerData(in, list);
                return new Records(list, dif == MANUFACTURER_DATA_AND_MORE, Layout.of(heads.toByteArray()));
            } else {
                list.add(one(in, heads));
            }
        }
        return new Records(list, false, Layout.of(heads.toByteArray()));
    }

    private static DataRecord one(Octets in, ByteArrayOutputStream heads) {
        if ((in.peek() & SPECIAL) == SPECIAL) {
            throw TelegramException.of("reserved-dif", "DIF %02Xh is reserved".formatted(in.peek()));
        }
        int from = in.position();
        RecordHeader header = RecordHeader.read(in);
        heads.writeBytes(in.since(from));
        return header.data(in);
    }

    private static void manufacturerData(Octets in, List<DataRecord> list) {
        if (in.remaining() > 0) {
            list.add(new DataRecord(
                    Function.INSTANTANEOUS,
                    0,
                    0,
                    0,
                    Meaning.MANUFACTURER_SPECIFIC,
                    "",
                    new Value.Opaque(Values.hex(in.rest())),
                    List.of()));
        }
    }

    /** A counter without a head of its own, of the present or of an earlier storage. */
    static DataRecord counter(long storage, Meaning meaning, Value value) {
        return new DataRecord(
                Function.INSTANTANEOUS, storage, 0, 0, meaning.quantity(), meaning.unit(), value, List.of());
    }
}
