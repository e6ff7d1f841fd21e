package city.hamana.demo.trial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP line through this process whose {@link Weather} can be changed. It sees the bytes of TLS only, so it can delay,
 * lose and cut, but neither reorder nor repeat: a peer would notice that as an attack and not as a fault.
 */
final class Proxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
    private static final int MOST_CONNECTIONS = 128;
    private static final int CHUNK_BYTES = 16_384;
    private static final int CONNECT_MS = 3_000;
    private static final Duration LINGER = Duration.ofMillis(200);
    private static final Weather FAIR = new Weather.Fair();

    private final ServerSocket server;
    private final int target;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private Weather weather = FAIR;

    private Proxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** A line to a port of the loopback address. */
    static Proxy to(int port) throws IOException {
        Proxy proxy = new Proxy(new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().name("line-" + port).start(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Changes the weather for all connections, those that stand and those that come. */
    void weather(Weather next) {
        synchronized (this) {
            weather = next;
            notifyAll();
        }
        if (next instanceof Weather.Cut) {
            connections.forEach(Connection::reset);
        }
    }

    void clear() {
        weather(FAIR);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
        clear();
        connections.forEach(Connection::reset);
    }

    /** The weather, once it lets anything pass at all. */
    private synchronized Weather passable() throws InterruptedException {
        while (weather instanceof Weather.BlackHole) {
            wait();
        }
        return weather;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                if (places.tryAcquire()) {
                    Connection connection = new Connection(near);
                    connections.add(connection);
                    Thread.ofVirtual().start(connection::serve);
                } else {
                    near.close();
                }
            } catch (IOException e) {
                LOG.debug("line to {}: {}", target, e.getMessage());
            }
        }
    }

    /** One connection; the way up is read on one thread, the way down on another. */
    private final class Connection {
        private final Socket near;
        private final Socket far = new Socket();
        private Weather counted = FAIR;
        private long upBytes;

        Connection(Socket near) {
            this.near = near;
        }

        void serve() {
            try {
                if (passable() instanceof Weather.Cut) {
                    return;
                }
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MS);
                Thread down = Thread.ofVirtual().start(() -> pump(far, near, false));
                pump(near, far, true);
                down.join();
            } catch (IOException e) {
                LOG.debug("line to {}: {}", target, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                reset();
                connections.remove(this);
                places.release();
            }
        }

        private void pump(Socket from, Socket to, boolean up) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] chunk = new byte[CHUNK_BYTES];
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    pass(out, chunk, n, up);
                }
                to.shutdownOutput();
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void pass(OutputStream out, byte[] chunk, int n, boolean up) throws IOException, InterruptedException {
            Weather now = passable();
            long before = up ? countUp(now, n) : countedUp(now);
            switch (now) {
                case Weather.Fair fair -> out.write(chunk, 0, n);
                case Weather.BlackHole hole -> throw new IllegalStateException("nothing passes " + hole);
                case Weather.Cut cut -> reset();
                case Weather.Delayed delayed -> {
                    Thread.sleep(delayed.by());
                    out.write(chunk, 0, n);
                }
                case Weather.Slow slow -> {
                    Thread.sleep(n * 1_000L / slow.bytesPerSecond());
                    out.write(chunk, 0, n);
                }
                case Weather.Swallowing swallowing -> swallow(out, chunk, n, up || before < swallowing.afterBytes());
                case Weather.Midway midway -> {
                    long rest = up ? midway.afterBytes() - before : n;
                    out.write(chunk, 0, Math.clamp(rest, 0, n));
                    if (rest < n) {
                        reset();
                    }
                }
            }
        }

        private void swallow(OutputStream out, byte[] chunk, int n, boolean passes)
                throws IOException, InterruptedException {
            if (passes) {
                out.write(chunk, 0, n);
            } else {
                Thread.sleep(LINGER);
                reset();
            }
        }

        /** Bytes that had gone up in this weather before these. */
        private synchronized long countUp(Weather now, int n) {
            long before = countedUp(now);
            upBytes = before + n;
            return before;
        }

        private synchronized long countedUp(Weather now) {
            if (counted != now) {
                counted = now;
                upBytes = 0;
            }
            return upBytes;
        }

        /** Both ends see a reset, not an end. */
        void reset() {
            for (Socket socket : new Socket[] {near, far}) {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException e) {
                    LOG.debug("line to {}: {}", target, e.getMessage());
                }
            }
        }
    }
}
