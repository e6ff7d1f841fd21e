package city.hamana.demo.city;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback address. */
public final class Ports {
    private static final int LAST = 65_535;

    private Ports() {}

    /** A port that nobody listens on now. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw DemoException.of("no free port", e);
        }
    }

    public static int freeUdp() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw DemoException.of("no free port", e);
        }
    }

    /**
     * Checks the port that people will use.
     *
     * @throws DemoException if it is none, taken or may not be used
     */
    public static void requireFree(int port) {
        if (port < 1 || port > LAST) {
            throw DemoException.of("--port is " + port + ", outside 1 to " + LAST);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw DemoException.of("port " + port + " cannot be used (" + e.getMessage() + "); give another --port");
        }
    }
}
