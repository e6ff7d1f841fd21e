package city.hamana.meter.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A simulated M-Bus with its meters. Several that speak at once disturb each other as on a real wire, on which a space
 * of one is a space for all.
 */
final class SlaveBus {
    private static final int SHORT_START = 0x10;
    private static final int LONG_START = 0x68;
    private static final int STOP = 0x16;
    private static final int SND_NKE = 0x40;
    private static final int SND_UD = 0x53;
    private static final int COUNT_BIT = 0x20;
    private static final int SELECTED = 0xFD;
    private static final int PING = 0xFE;
    private static final int SELECTION = 0x52;
    private static final int MASK = 8;
    private static final int FIRST_BAUD = 0xB8;
    private static final List<Integer> BAUDS = List.of(300, 600, 1_200, 2_400, 4_800, 9_600);

    private final List<SlaveMeter> meters;

    SlaveBus(List<SlaveMeter> meters) {
        this.meters = List.copyOf(meters);
    }

    /** The meter of a primary address. */
    SlaveMeter meter(int address) {
        return meters.stream().filter(m -> m.address() == address).findFirst().orElseThrow();
    }

    /** Listens and answers until the line ends. */
    void serve(InputStream in, OutputStream out, IntSupplier baud) throws IOException {
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            byte[] answer = octet == SHORT_START
                    ? shortFrame(in.readNBytes(4), baud)
                    : octet == LONG_START ? longFrame(in, baud) : new byte[0];
            out.write(answer);
            out.flush();
        }
    }

    private byte[] shortFrame(byte[] rest, IntSupplier baud) {
        boolean valid = rest.length == 4 && rest[3] == STOP && (byte) (rest[0] + rest[1]) == rest[2];
        return valid ? answer(rest[0] & 0xFF, rest[1] & 0xFF, baud.getAsInt()) : new byte[0];
    }

    private byte[] longFrame(InputStream in, IntSupplier baud) throws IOException {
        byte[] head = in.readNBytes(3);
        if (head.length < 3 || head[0] != head[1] || head[2] != LONG_START) {
            return new byte[0];
        }
        byte[] content = in.readNBytes(head[0] & 0xFF);
        byte[] tail = in.readNBytes(2);
        byte sum = 0;
        for (byte octet : content) {
            sum += octet;
        }
        boolean valid = content.length >= 3 && tail.length == 2 && tail[0] == sum && tail[1] == STOP;
        return valid ? command(content, baud.getAsInt()) : new byte[0];
    }

    /** What is heard on the wire after a short frame. */
    byte[] answer(int control, int address, int baud) {
        if (address == SELECTED && control == SND_NKE) {
            meters.forEach(SlaveMeter::deselect);
            return new byte[0];
        }
        return together(meters.stream()
                .filter(meter -> called(meter, address) && meter.hears(baud))
                .map(meter -> meter.answer(control))
                .toList());
    }

    /** What is heard after a long frame, from its C field on. */
    byte[] command(byte[] content, int baud) {
        int control = content[0] & ~COUNT_BIT & 0xFF;
        int address = content[1] & 0xFF;
        int ci = content[2] & 0xFF;
        if (control != SND_UD) {
            return new byte[0];
        }
        if (ci == SELECTION && address == SELECTED && content.length == 3 + MASK) {
            byte[] mask = Arrays.copyOfRange(content, 3, content.length);
            return together(meters.stream()
                    .filter(meter -> meter.hears(baud))
                    .map(meter -> meter.select(mask))
                    .toList());
        }
        return ci >= FIRST_BAUD && ci < FIRST_BAUD + BAUDS.size()
                ? together(meters.stream()
                        .filter(meter -> called(meter, address) && meter.hears(baud))
                        .map(meter -> meter.changeBaud(BAUDS.get(ci - FIRST_BAUD)))
                        .toList())
                : new byte[0];
    }

    void close() {
        meters.forEach(SlaveMeter::close);
    }

    private static boolean called(SlaveMeter meter, int address) {
        return address == PING || (address == SELECTED ? meter.selected() : meter.address() == address);
    }

    private static byte[] together(List<byte[]> answers) {
        byte[] wire = new byte[answers.stream().mapToInt(a -> a.length).max().orElse(0)];
        Arrays.fill(wire, (byte) 0xFF);
        for (byte[] answer : answers) {
            for (int i = 0; i < answer.length; i++) {
                wire[i] &= answer[i];
            }
        }
        return wire;
    }
}
