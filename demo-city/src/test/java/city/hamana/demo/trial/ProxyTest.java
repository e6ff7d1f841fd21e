package city.hamana.demo.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyTest {
    private static final int PATIENCE_MS = 10_000;

    private final AtomicInteger heard = new AtomicInteger();
    private ServerSocket echo;
    private Proxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        proxy = Proxy.to(echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            }
        } catch (IOException e) {
            return; // The test is over.
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            for (int octet = socket.getInputStream().read();
                    octet >= 0;
                    octet = socket.getInputStream().read()) {
                heard.incrementAndGet();
                socket.getOutputStream().write(octet);
            }
        } catch (IOException e) {
            return; // Reset, as was asked for.
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static void passes(Socket socket) throws IOException {
        socket.getOutputStream().write(7);
        assertEquals(7, socket.getInputStream().read());
    }

    @Test
    void inFairWeatherBytesPassBothWays() throws IOException {
        try (Socket socket = connect()) {
            passes(socket);
        }
    }

    @Test
    void aCutResetsWhatStandsAndWhatComes() throws IOException {
        try (Socket standing = connect()) {
            passes(standing);
            proxy.weather(new Weather.Cut());
            assertThrows(SocketException.class, () -> passes(standing));
        }
        try (Socket coming = connect()) {
            assertThrows(SocketException.class, () -> {
                passes(coming);
                passes(coming);
            });
        }
        proxy.clear();
        try (Socket again = connect()) {
            passes(again);
        }
    }

    @Test
    void nothingPassesABlackHoleUntilItIsOver() throws IOException {
        proxy.weather(new Weather.BlackHole());
        try (Socket socket = connect()) {
            socket.getOutputStream().write(7);
            socket.setSoTimeout(200);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            assertEquals(0, heard.get());
            proxy.clear();
            socket.setSoTimeout(PATIENCE_MS);
            assertEquals(7, socket.getInputStream().read());
        }
    }

    @Test
    void aDelayHoldsEachWay() throws IOException {
        proxy.weather(new Weather.Delayed(Duration.ofMillis(100)));
        try (Socket socket = connect()) {
            long begun = System.nanoTime();
            passes(socket);
            assertTrue(System.nanoTime() - begun >= 200_000_000);
        }
    }

    @Test
    void aSwallowedAnswerLeavesTheRequestDoneAndTheConnectionReset() throws IOException {
        proxy.weather(new Weather.Swallowing(3));
        try (Socket socket = connect()) {
            passes(socket);
            passes(socket);
            socket.getOutputStream().write(7);
            assertThrows(SocketException.class, () -> socket.getInputStream().read());
            assertEquals(3, heard.get());
        }
    }

    @Test
    void aCutWithinARequestLetsItsFirstPartThrough() throws Exception {
        proxy.weather(new Weather.Midway(5));
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[3]);
            assertEquals(3, socket.getInputStream().readNBytes(3).length);
            socket.getOutputStream().write(new byte[8]);
            assertThrows(SocketException.class, () -> socket.getInputStream().readNBytes(8));
        }
    }
}
