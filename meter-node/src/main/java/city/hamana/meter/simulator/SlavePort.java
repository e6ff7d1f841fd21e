package city.hamana.meter.simulator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.LoggerFactory;

/** A simulated M-Bus with its meters behind one TCP port, as a level converter would offer it. */
final class SlavePort implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SlavePort.class);
    private static final int MOST_MASTERS = 8;
    private static final int ANY_BAUD = 0;

    private final ServerSocket server;
    private final SlaveBus bus;
    private final Semaphore places = new Semaphore(MOST_MASTERS);
    private final Set<Socket> masters = ConcurrentHashMap.newKeySet();

    private SlavePort(ServerSocket server, SlaveBus bus) {
        this.server = server;
        this.bus = bus;
    }

    /** Serves a bus on a port; 0 takes any free one. */
    static SlavePort open(InetAddress host, int port, SlaveBus bus) throws IOException {
        SlavePort open = new SlavePort(new ServerSocket(port, MOST_MASTERS, host), bus);
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
        bus.close();
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
            bus.serve(new BufferedInputStream(master.getInputStream()), master.getOutputStream(), () -> ANY_BAUD);
        } catch (IOException e) {
            LOG.debug("port {}: {}", port(), e.getMessage());
        } finally {
            masters.remove(master);
            places.release();
        }
    }
}
