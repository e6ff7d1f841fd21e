package city.hamana.meter.line;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** A level converter that offers its M-Bus as a raw TCP port. */
final class TcpLine implements Line {
    private static final int CONNECT_MS = 3_000;

    private final Socket socket;
    private final InputStream in;

    private TcpLine(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Line open(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            // A new lookup each time: the converter's address may have changed since.
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MS);
            socket.setTcpNoDelay(true);
            return new TcpLine(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void send(byte[] frame) throws IOException {
        socket.getOutputStream().write(frame);
    }

    @Override
    public int read(Duration within) throws IOException {
        socket.setSoTimeout((int) Math.max(1, within.toMillis()));
        try {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the line was closed at its other end");
            }
            return octet;
        } catch (SocketTimeoutException e) {
            return -1;
        }
    }

    @Override
    public void baud(int baud) {
        // The converter's own settings tell at which rate it talks.
    }

    @Override
    public void drain() throws IOException {
        while (in.available() > 0) {
            in.skipNBytes(in.available());
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(TcpLine.class).debug("closing", e);
        }
    }
}
