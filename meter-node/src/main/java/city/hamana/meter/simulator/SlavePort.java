package city.hamana.meter.simulator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** A simulated M-Bus with its meters behind one TCP port, as a level converter would offer it. */
final class SlavePort implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SlavePort.class);
    private static final int MOST_MASTERS = 8;
    private static final int START = 0x10;
    private static final int STOP = 0x16;
    private static final int PING = 0xFE;

    private final ServerSocket server;
    private final Map<Integer, SlaveMeter> meters;
    private final Semaphore places = new Semaphore(MOST_MASTERS);
    private final Set<Socket> masters = ConcurrentHashMap.newKeySet();

    private SlavePort(ServerSocket server, Iterable<SlaveMeter> meters) {
        this.server = server;
        this.meters = java.util.stream.StreamSupport.stream(meters.spliterator(), false)
                .collect(Collectors.toUnmodifiableMap(SlaveMeter::address, Function.identity()));
    }

    /** Serves meters on a port; 0 takes any free one. */
    static SlavePort open(InetAddress host, int port, Iterable<SlaveMeter> meters) throws IOException {
        SlavePort open = new SlavePort(new ServerSocket(port, MOST_MASTERS, host), meters);
        Thread.ofPlatform().name("m-bus-" + open.port()).daemon().start(open::accept);
        return open;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket master : masters) {
                master.close();
            }
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
        meters.values().forEach(SlaveMeter::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket master = server.accept();
                if (places.tryAcquire()) {
                    masters.add(master);
                    Thread.ofPlatform().name("m-bus-master").daemon().start(() -> serve(master));
                } else {
                    master.close();
                }
            } catch (IOException e) {
                LOG.debug("port {}: {}", port(), e.getMessage());
            }
        }
    }

    private void serve(Socket master) {
        try (master) {
            master.setTcpNoDelay(true);
            listen(new BufferedInputStream(master.getInputStream()), master.getOutputStream());
        } catch (IOException e) {
            LOG.debug("port {}: {}", port(), e.getMessage());
        } finally {
            masters.remove(master);
            places.release();
        }
    }

    private void listen(InputStream in, OutputStream out) throws IOException {
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == START) {
                byte[] rest = in.readNBytes(4);
                if (rest.length == 4 && valid(rest)) {
                    out.write(answer(rest[0] & 0xFF, rest[1] & 0xFF));
                }
            }
        }
    }

    private static boolean valid(byte[] rest) {
        return rest[3] == STOP && (byte) (rest[0] + rest[1]) == rest[2];
    }

    /** Address 254 reaches the only meter of a bus; of several meters all would speak at once. */
    private byte[] answer(int control, int address) {
        int asked = address == PING && meters.size() == 1
                ? meters.keySet().iterator().next()
                : address;
        SlaveMeter meter = meters.get(asked);
        return meter == null ? new byte[0] : meter.answer(control);
    }
}
