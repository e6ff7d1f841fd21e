package city.hamana.sensor.sign;

import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.CommandOutcome;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last command over restarts and power cuts: its check sum, what is left of its time, its outcome, its bytes. */
final class OrderFile {
    private static final Logger LOG = LoggerFactory.getLogger(OrderFile.class);
    private static final int HEAD_BYTES = Long.BYTES + Long.BYTES + Integer.BYTES;
    private static final int LONGEST_BYTES = 4_096;

    private final Path file;

    OrderFile(Path file) {
        this.file = file;
    }

    /** {@link Order#NONE} where there is none or it cannot be read. */
    Order read() {
        try {
            if (Files.size(file) <= LONGEST_BYTES) {
                return parse(ByteBuffer.wrap(Files.readAllBytes(file)));
            }
            LOG.warn("{} is too long to hold a command", file);
        } catch (NoSuchFileException e) {
            LOG.debug("no command yet");
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.getMessage());
        }
        return Order.NONE;
    }

    /** On the disk when this returns true; what was there before stays whole otherwise. */
    boolean write(Order order) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = bytes(order);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            LOG.warn("the command is not kept over a restart: {}", e.getMessage());
            return false;
        }
    }

    private static ByteBuffer bytes(Order order) {
        byte[] command = order.command().toByteArray();
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + command.length)
                .putLong(0)
                .putLong(order.leftMs())
                .putInt(order.outcome().getNumber())
                .put(command);
        return bytes.putLong(0, sum(bytes)).flip();
    }

    private static Order parse(ByteBuffer bytes) throws InvalidProtocolBufferException {
        if (bytes.limit() < HEAD_BYTES || bytes.getLong(0) != sum(bytes)) {
            throw new InvalidProtocolBufferException("it was damaged");
        }
        bytes.position(Long.BYTES);
        long left = bytes.getLong();
        CommandOutcome outcome = CommandOutcome.forNumber(bytes.getInt());
        return new Order(
                Command.parseFrom(bytes), left, outcome == null ? CommandOutcome.COMMAND_OUTCOME_UNSPECIFIED : outcome);
    }

    private static long sum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.duplicate().limit(bytes.capacity()).position(Long.BYTES));
        return sum.getValue();
    }
}
