package city.hamana.meter.telegram;

import java.util.Arrays;
import java.util.Optional;

/** The layers between link and application: extended link, authentication, transport header, encryption. */
final class Envelope {
    private static final int IDLE = 0x2F;
    private static final int CIPHER_KEY = 0;
    private static final int MAC_KEY = 1;

    /** Whole mode numbers that EN 13757-7 gives to ciphers; the rest of the old signature field's values mean nothing. */
    private static final int LAST_CIPHER = 13;

    private final byte[] key;
    private Address address;
    private Optional<Authentication> authentication = Optional.empty();
    private byte[] message = new byte[0];
    private int accessNumber;
    private int status;

    /** What was inside: the CI field that names its structure, and the plain bytes behind the header. */
    record Letter(int ci, Octets body) {}

    /** An empty key is none. */
    Envelope(Address address, byte[] key) {
        this.address = address;
        this.key = key;
    }

    Address address() {
        return address;
    }

    int accessNumber() {
        return accessNumber;
    }

    int status() {
        return status;
    }

    /** Opens all layers; {@code in} stands at the first CI field. */
    Letter open(Octets in) {
        Octets rest = in;
        while (true) {
            int ci = rest.next("the CI field");
            switch (ci) {
                case 0x8C, 0x8D, 0x8E, 0x8F -> rest = extendedLink(ci, rest);
                case 0x90 -> rest = authenticated(rest);
                default -> {
                    return new Letter(ci, transport(ci, rest));
                }
            }
        }
    }

    /** The extended link layer of EN 13757-4: communication control, access number, then a second address, then a session with its cipher. */
    private Octets extendedLink(int ci, Octets in) {
        int control = in.next("the extended link layer");
        accessNumber = in.next("the extended link layer");
        if (ci >= 0x8E) {
            in.take(Address.LENGTH, "the extended link layer");
        }
        return ci == 0x8C || ci == 0x8E ? in : session(control, in);
    }

    private Octets session(int control, Octets in) {
        byte[] session = in.take(4, "the session number");
        byte[] sealed = in.rest();
        if (ownCheck(sealed)) {
            return new Octets(sealed, 2, sealed.length);
        }
        if ((session[3] & 0xE0) == 0) {
            throw TelegramException.of("wrong-checksum", "the check of the extended link layer's payload is wrong");
        }
        if ((session[3] & 0xE0) != 0x20) {
            throw TelegramException.of("unsupported-encryption", "the extended link layer uses a reserved cipher");
        }
        needKey();
        for (int masked : new int[] {control, control & 0xEF}) {
            byte[] plain = Cipher.counter(key, sessionStart(masked, session), sealed);
            if (ownCheck(plain)) {
                return new Octets(plain, 2, plain.length);
            }
        }
        throw wrongKey();
    }

    private byte[] sessionStart(int control, byte[] session) {
        byte[] initial = Arrays.copyOf(address.octets(), Cipher.BLOCK);
        initial[8] = (byte) control;
        System.arraycopy(session, 0, initial, 9, 4);
        return initial;
    }

    /** The payload opens with the check of what follows, low byte first. */
    private static boolean ownCheck(byte[] payload) {
        return payload.length > 2
                && Crc.of(payload, 2, payload.length) == ((payload[0] & 0xFF) | (payload[1] & 0xFF) << 8);
    }

    private Octets authenticated(Octets in) {
        authentication = Optional.of(Authentication.read(in));
        message = in.rest();
        return new Octets(message);
    }

    private Octets transport(int ci, Octets in) {
        return switch (ci) {
            case 0x6B, 0x6F, 0x72, 0x73, 0x75, 0x8B -> {
                address = Address.ofHeader(in.take(Address.LENGTH, "the long transport header"));
                yield shortHeader(in);
            }
            case 0x6A, 0x6E, 0x74, 0x7A, 0x7B, 0x8A -> shortHeader(in);
            default -> in;
        };
    }

    private Octets shortHeader(Octets in) {
        accessNumber = in.next("the transport header");
        status = in.next("the transport header");
        int configuration = in.nextTwo("the transport header");
        int mode = configuration >> 8 & 0x1F;
        return switch (mode) {
            case 0 -> in;
            case 4, 5 -> blocks(in, configuration, mode);
            case 7 -> derived(in, configuration);
            default -> {
                if (mode <= LAST_CIPHER && !idles(in)) {
                    throw TelegramException.of("unsupported-encryption", "security mode " + mode + " is not supported");
                }
                yield in;
            }
        };
    }

    private Octets blocks(Octets in, int configuration, int mode) {
        byte[] initial = new byte[Cipher.BLOCK];
        if (mode == 5) {
            initial = Arrays.copyOf(address.octets(), Cipher.BLOCK);
            Arrays.fill(initial, Address.LENGTH, Cipher.BLOCK, (byte) accessNumber);
        }
        return opened(in, configuration, key, initial);
    }

    /** Mode 7: a key for this one message, derived with its counter (OMS volume 2, key derivation function A). */
    private Octets derived(Octets in, int configuration) {
        in.next("the configuration field's extension");
        if (key.length == 0 || idles(in)) {
            return opened(in, configuration, key, new byte[Cipher.BLOCK]);
        }
        Authentication layer = authentication
                .filter(a -> a.counter().length > 0)
                .orElseThrow(() -> TelegramException.of("counter-missing", "mode 7 without a message counter"));
        if (!layer.authentic(messageKey(layer, MAC_KEY), message)) {
            throw TelegramException.of("wrong-key", "the key is wrong or the telegram was changed: its MAC differs");
        }
        return opened(in, configuration, messageKey(layer, CIPHER_KEY), new byte[Cipher.BLOCK]);
    }

    private byte[] messageKey(Authentication layer, int constant) {
        return Cipher.messageKey(key, constant, layer.counter(), address.idOctets());
    }

    /** The first blocks are encrypted, what follows them is plain; receivers may have decrypted them already. */
    private Octets opened(Octets in, int configuration, byte[] cipherKey, byte[] initial) {
        int blocks = configuration >> 4 & 0x0F;
        if (blocks == 0 || (cipherKey.length == 0 && idles(in))) {
            return in;
        }
        needKey();
        byte[] whole = in.rest();
        int encrypted = blocks * Cipher.BLOCK;
        if (whole.length < encrypted) {
            throw TelegramException.truncated("the encrypted part");
        }
        byte[] plain = Cipher.cbc(cipherKey, initial, Arrays.copyOf(whole, encrypted));
        if (plain[0] == IDLE && plain[1] == IDLE) {
            System.arraycopy(plain, 0, whole, 0, encrypted);
        } else if (whole[0] != IDLE || whole[1] != IDLE) {
            throw wrongKey();
        }
        return new Octets(whole);
    }

    /** Two idle fillers open every decrypted payload. */
    private static boolean idles(Octets in) {
        return in.opensWith(IDLE, IDLE);
    }

    private void needKey() {
        if (key.length == 0) {
            throw TelegramException.of("key-missing", "the telegram is encrypted and no key was given");
        }
    }

    private static TelegramException wrongKey() {
        return TelegramException.of("wrong-key", "the telegram does not open with this key");
    }
}
