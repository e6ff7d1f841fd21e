package city.hamana.meter.telegram;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * The heads of a message's records without the data: what a compact frame leaves out and names by a signature only
 * (EN 13757-3, annex on compact frames).
 */
final class Layout {
    private final byte[] heads;

    private Layout(byte[] heads) {
        this.heads = heads;
    }

    static Layout of(byte[] heads) {
        return new Layout(heads.clone());
    }

    static Layout ofHex(String heads) {
        return new Layout(HexFormat.of().parseHex(heads));
    }

    int signature() {
        return Crc.of(heads);
    }

    /**
     * The full message: each head with its data behind it.
     *
     * @throws TelegramException truncated, wrong-length if the data do not fill the layout exactly
     */
    byte[] filled(Octets data) {
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        Octets in = new Octets(heads);
        while (in.remaining() > 0) {
            int from = in.position();
            RecordHeader header = RecordHeader.read(in);
            full.writeBytes(in.since(from));
            int before = data.position();
            header.data(data);
            full.writeBytes(data.since(before));
        }
        if (data.remaining() > 0) {
            throw TelegramException.of("wrong-length", "the compact frame holds more than its layout");
        }
        return full.toByteArray();
    }
}
