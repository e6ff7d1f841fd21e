package city.hamana.sensor.device;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import org.slf4j.LoggerFactory;

/** A Modbus TCP device that answers every question with the same bytes, after the question's transaction, or with none. */
final class BadDevice implements AutoCloseable {
    /** What it does with a question. */
    enum Manner {
        ANSWERS,
        SAYS_NOTHING,
        HANGS_UP,
        NEVER_ENDS
    }

    private static final int QUESTION_BYTES = 12;

    private final ServerSocket server;
    private final Manner manner;
    private final byte[] answer;

    private BadDevice(ServerSocket server, Manner manner, byte[] answer) {
        this.server = server;
        this.manner = manner;
        this.answer = answer;
    }

    /** {@code hex}: what follows the transaction's two bytes. */
    static BadDevice open(Manner manner, String hex) throws IOException {
        return open(manner, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    static BadDevice open(Manner manner, byte[] answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        BadDevice device = new BadDevice(server, manner, answer);
        Thread.ofPlatform().daemon().start(device::serve);
        return device;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                talk(caller);
            } catch (IOException e) {
                LoggerFactory.getLogger(BadDevice.class).debug("the caller or the test has had enough", e);
            }
        }
    }

    private void talk(Socket caller) throws IOException {
        DataInputStream in = new DataInputStream(caller.getInputStream());
        OutputStream out = caller.getOutputStream();
        byte[] question = new byte[QUESTION_BYTES];
        for (in.readFully(question); manner != Manner.HANGS_UP; in.readFully(question)) {
            if (manner != Manner.SAYS_NOTHING) {
                out.write(question, 0, 2);
                out.write(answer);
            }
            while (manner == Manner.NEVER_ENDS) {
                out.write(answer);
            }
        }
    }
}
