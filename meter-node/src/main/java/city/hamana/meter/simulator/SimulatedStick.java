package city.hamana.meter.simulator;

import city.hamana.meter.line.HciMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A simulated radio stick at a pseudo-terminal, which speaks as IMST's iM871A does. What it hears it is told by whoever
 * holds it; it hands nothing over before its mode was set.
 */
public final class SimulatedStick implements AutoCloseable {
    private static final int MOST_WAITING = 1_000;
    private static final int HEADER = 3;
    private static final int CHECK = 2;

    private final BlockingQueue<byte[]> said = new LinkedBlockingQueue<>(MOST_WAITING);
    private final SlavePty pty;
    private final boolean willing;
    private volatile int mode = -1;

    private SimulatedStick(Path link, boolean willing) throws IOException {
        this.willing = willing;
        this.pty = SlavePty.open(link, this::listen);
    }

    /** At a pseudo-terminal with this link. */
    public static SimulatedStick at(Path link) throws IOException {
        return new SimulatedStick(link, true);
    }

    /** One that takes no mode. */
    public static SimulatedStick unwilling(Path link) throws IOException {
        return new SimulatedStick(link, false);
    }

    /** It hears a telegram, given from its C field on. */
    public void hears(byte[] telegram) {
        say(message(telegram));
    }

    /** As {@link #hears}, but the way from stick to host is disturbed. */
    public void hears(byte[] telegram, Fault fault) {
        say(fault.of(message(telegram)));
    }

    /** The mode it was set to last, by the stick's own numbers; -1 before. */
    public int mode() {
        return mode;
    }

    @Override
    public void close() {
        pty.close();
    }

    private static byte[] message(byte[] telegram) {
        return new HciMessage(HciMessage.RADIO, HciMessage.TELEGRAM_HEARD, telegram).bytes();
    }

    private void say(byte[] octets) {
        if (!said.offer(octets)) {
            throw new IllegalStateException("nobody listens to the stick");
        }
    }

    private void listen(InputStream in, OutputStream out) throws IOException {
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            Optional<HciMessage> command = octet == HciMessage.START ? command(in) : Optional.empty();
            if (command.filter(c -> c.id() == HciMessage.SET_CONFIGURATION).isPresent()) {
                configure(command.get(), out);
            }
        }
    }

    private static Optional<HciMessage> command(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        byte[] rest = header.length == HEADER ? in.readNBytes((header[2] & 0xFF) + CHECK) : new byte[0];
        if (rest.length < CHECK) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOf(rest, rest.length - CHECK);
        HciMessage message = new HciMessage(header[0] & 0x0F, header[1] & 0xFF, payload);
        byte[] expected = message.bytes();
        boolean whole =
                Arrays.equals(rest, Arrays.copyOfRange(expected, expected.length - rest.length, expected.length));
        return whole ? Optional.of(message) : Optional.empty();
    }

    private void configure(HciMessage command, OutputStream out) throws IOException {
        byte[] payload = command.payload();
        boolean taken = willing && payload.length >= 4 && payload[1] == 0x02;
        byte[] status = {(byte) (taken ? 0 : 1)};
        synchronized (out) {
            out.write(new HciMessage(HciMessage.DEVICE, HciMessage.CONFIGURATION_SET, status).bytes());
            out.flush();
        }
        if (taken) {
            boolean first = mode < 0;
            mode = payload[2];
            if (first) {
                Thread.ofPlatform().name("stick").daemon().start(() -> handOver(out));
            }
        }
    }

    private void handOver(OutputStream out) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                byte[] octets = said.poll(1, TimeUnit.SECONDS);
                if (octets != null) {
                    synchronized (out) {
                        out.write(octets);
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            // The pseudo-terminal was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
