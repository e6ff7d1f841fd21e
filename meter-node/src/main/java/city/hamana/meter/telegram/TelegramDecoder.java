package city.hamana.meter.telegram;

import city.hamana.meter.telegram.Envelope.Letter;
import java.util.List;

/**
 * Decodes telegrams one after the other. It remembers the layouts of full frames, because compact frames leave theirs
 * out; other than that one telegram knows nothing of another. Not for several threads at once.
 */
public final class TelegramDecoder {
    private static final byte[] NO_KEY = {};
    private static final int LONGEST = 1024;
    private static final int KEY_BYTES = 16;

    private final Layouts layouts = new Layouts();

    /** Decodes a telegram that is not encrypted, wired (68h … 16h) or wireless (from the L field on). */
    public Decoding decode(byte[] telegram) {
        return decode(telegram, NO_KEY);
    }

    /** As {@link #decode(byte[])}, with the meter's AES-128 key of 16 bytes; an empty one is none. */
    public Decoding decode(byte[] telegram, byte[] key) {
        try {
            return decoded(telegram, key);
        } catch (TelegramException e) {
            return e.undecodable();
        }
    }

    private Telegram decoded(byte[] telegram, byte[] key) {
        if (key.length != 0 && key.length != KEY_BYTES) {
            throw TelegramException.of("wrong-key-length", "a key has 16 bytes, this one " + key.length);
        }
        if (telegram.length == 0 || telegram.length > LONGEST) {
            throw TelegramException.of("wrong-length", "a telegram has 1 to 1024 bytes, this one " + telegram.length);
        }
        if ((telegram[0] == 0x10 && telegram.length == 5) || (telegram[0] == (byte) 0xE5 && telegram.length == 1)) {
            throw TelegramException.of("no-data", "the frame only controls the line");
        }
        return LongFrame.opens(telegram) ? wired(telegram, key) : wireless(telegram, key);
    }

    private Telegram wired(byte[] telegram, byte[] key) {
        Octets in = LongFrame.content(telegram);
        if (in.peek() == 0x73) {
            return fixed(in);
        }
        Address none = Address.ofLink(new byte[Address.LENGTH]);
        return opened(Telegram.Link.WIRED, new Envelope(none, key), in);
    }

    private static Telegram fixed(Octets in) {
        in.next("the CI field");
        if (in.remaining() != FixedStructure.LENGTH) {
            throw TelegramException.of(
                    "wrong-length", "the fixed data structure has 16 bytes, this one " + in.remaining());
        }
        return FixedStructure.read(in);
    }

    private Telegram wireless(byte[] telegram, byte[] key) {
        byte[] frame = RadioFrame.withoutChecks(telegram);
        Octets in = new Octets(frame);
        in.take(2, "the link layer");
        Address sender = Address.ofLink(in.take(Address.LENGTH, "the link layer"));
        return opened(Telegram.Link.WIRELESS, new Envelope(sender, key), in);
    }

    private Telegram opened(Telegram.Link link, Envelope envelope, Octets in) {
        try {
            Records records = records(envelope.open(in));
            Telegram telegram = telegram(link, envelope, records);
            checkContent(telegram);
            return telegram;
        } catch (TelegramException e) {
            throw e.from(envelope.address());
        }
    }

    private static Telegram telegram(Telegram.Link link, Envelope envelope, Records records) {
        Address address = envelope.address();
        return new Telegram(
                link,
                address.manufacturer(),
                address.id(),
                address.version(),
                address.medium(),
                envelope.accessNumber(),
                envelope.status(),
                records.list(),
                records.moreFollows());
    }

    private Records records(Letter letter) {
        Octets body = letter.body();
        return switch (letter.ci()) {
            case 0x72, 0x78, 0x7A -> full(body);
            case 0x73, 0x79, 0x7B -> {
                idle(body);
                yield layouts.expanded(body);
            }
            case 0x69, 0x6A, 0x6B -> {
                idle(body);
                layouts.learn(body);
                throw TelegramException.of("no-data", "a format frame tells the layout of later telegrams only");
            }
            default -> throw Refusal.of(letter.ci(), body);
        };
    }

    private Records full(Octets body) {
        Records records = Records.read(body);
        layouts.remember(records.layout());
        return records;
    }

    private static void idle(Octets body) {
        while (body.peek() == 0x2F) {
            body.next("an idle filler");
        }
    }

    /** A telegram whose reading stands in the manufacturer's own coding, or is marked invalid, has not been decoded. */
    private static void checkContent(Telegram telegram) {
        List<DataRecord> records = telegram.records();
        if (records.isEmpty()) {
            throw TelegramException.of("no-data", "the telegram holds no records");
        }
        if (manufacturersOwn(telegram)) {
            throw TelegramException.of(
                    "manufacturer-specific", "the reading stands in a coding that only the manufacturer knows");
        }
        boolean present = records.stream().anyMatch(DataRecord::currentVolume);
        if (present && telegram.volume().isEmpty()) {
            throw TelegramException.of("invalid-value", "the meter marks its total volume as invalid");
        }
    }

    /** Nothing but own coding; or own coding from a water meter that tells no volume outside of it. */
    private static boolean manufacturersOwn(Telegram telegram) {
        List<DataRecord> records = telegram.records();
        boolean own = records.stream().anyMatch(DataRecord::manufacturerSpecific);
        boolean standard = records.stream().anyMatch(r -> !r.manufacturerSpecific());
        boolean volume = records.stream().anyMatch(r -> r.quantity().equals("volume"));
        return own && (!standard || (Medium.water(telegram.medium()) && !volume));
    }
}
