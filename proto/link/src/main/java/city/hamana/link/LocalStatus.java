package city.hamana.link;

import city.hamana.messages.v1.Heartbeat;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a running program is, for {@code check} on the same machine: whoever connects to a Unix domain socket beside the
 * journal is given one Heartbeat, and the connection ends. For a node, the heartbeat's gateway is the node itself, and
 * its nodes are the meters heard. One caller after the other; only the program's own user may connect.
 */
public final class LocalStatus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStatus.class);
    private static final String NAME = "status.sock";
    /** A socket's path is limited to 108 bytes by Linux, less elsewhere. */
    private static final int LONGEST_PATH_BYTES = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final int LONGEST_ANSWER_BYTES = 16 << 20;

    private final Optional<ServerSocketChannel> server;
    private final Path socket;
    private final Supplier<Heartbeat> status;

    private LocalStatus(Optional<ServerSocketChannel> server, Path socket, Supplier<Heartbeat> status) {
        this.server = server;
        this.socket = socket;
        this.status = status;
    }

    /**
     * Answers from now on. Where the socket cannot be made the program goes on without, and says so in its log.
     *
     * @param status asked for each caller, on a thread of its own
     */
    public static LocalStatus serve(Path journalFile, Supplier<Heartbeat> status) {
        Path socket = socketFor(journalFile);
        LocalStatus local = new LocalStatus(listen(socket), socket, status);
        local.server.ifPresent(
                channel -> Thread.ofPlatform().name("local-status").daemon().start(() -> local.answer(channel)));
        return local;
    }

    /** What the program that has this journal says; empty if none answers. */
    public static Optional<Heartbeat> ask(Path journalFile) {
        Path socket = socketFor(journalFile);
        if (!Files.exists(socket) || !sameOwner(socket, journalFile)) {
            return Optional.empty();
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            byte[] answer = readAll(channel);
            return answer.length == 0 ? Optional.empty() : Optional.of(Heartbeat.parseFrom(answer));
        } catch (InvalidProtocolBufferException e) {
            LOG.debug("{} does not answer with a heartbeat", socket);
            return Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} does not answer: {}", socket, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        server.ifPresent(channel -> {
            try {
                channel.close();
                Files.deleteIfExists(socket);
            } catch (IOException e) {
                LOG.debug("{} stays behind: {}", socket, e.getMessage());
            }
        });
    }

    @Override
    public String toString() {
        return "LocalStatus[" + socket + (server.isPresent() ? "]" : ", which cannot be made]");
    }

    /** Beside the journal, or where that path is too long, in the folder for temporary files under a name of its own. */
    static Path socketFor(Path journalFile) {
        Path beside = journalFile.toAbsolutePath().normalize().resolveSibling(NAME);
        byte[] bytes = beside.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_PATH_BYTES) {
            return beside;
        }
        String hash = HexFormat.of().formatHex(Certificates.sha256(bytes), 0, 12);
        return Path.of(System.getProperty("java.io.tmpdir"), "hamana-" + hash + ".sock");
    }

    private static Optional<ServerSocketChannel> listen(Path socket) {
        try {
            Files.deleteIfExists(socket); // Left behind by a program that was killed.
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(socket), 4);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return Optional.of(channel);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("check will not see that this program runs: {}: {}", socket, e.getMessage());
            return Optional.empty();
        }
    }

    private void answer(ServerSocketChannel channel) {
        while (channel.isOpen()) {
            try (SocketChannel caller = channel.accept()) {
                writeAll(caller, ByteBuffer.wrap(status.get().toByteArray()));
            } catch (IOException e) {
                LOG.debug("a caller was not answered: {}", e.getMessage());
                LockSupport.parkNanos(
                        AFTER_FAULT.toNanos()); // Without open files to spare, it would fail at once again.
            } catch (RuntimeException e) {
                LOG.warn("no status for a caller", e);
            }
        }
    }

    private static void writeAll(SocketChannel channel, ByteBuffer bytes) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, java.nio.channels.SelectionKey.OP_WRITE);
            while (bytes.hasRemaining()) {
                await(selector, channel, until);
                channel.write(bytes);
            }
        }
    }

    private static byte[] readAll(SocketChannel channel) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(1 << 16);
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, java.nio.channels.SelectionKey.OP_READ);
            while (channel.read(part.clear()) >= 0) {
                answer.write(part.array(), 0, part.position());
                if (answer.size() > LONGEST_ANSWER_BYTES) {
                    throw new IOException("more than " + LONGEST_ANSWER_BYTES + " bytes");
                }
                await(selector, channel, until);
            }
        }
        return answer.toByteArray();
    }

    private static void await(Selector selector, SelectableChannel channel, long until) throws IOException {
        long left = (until - System.nanoTime()) / 1_000_000;
        selector.selectedKeys().clear();
        if (left <= 0 || selector.select(left) == 0) {
            throw new IOException("nothing for " + PATIENCE.toSeconds() + " s on " + channel);
        }
    }

    /** In the shared folder for temporary files, somebody else might answer in the program's place. */
    private static boolean sameOwner(Path socket, Path journalFile) {
        try {
            return !Files.exists(journalFile) || Files.getOwner(socket).equals(Files.getOwner(journalFile));
        } catch (IOException e) {
            return false;
        }
    }
}
