package city.hamana.sensing.ingest;

import city.hamana.messages.v1.Block;
import com.google.protobuf.ByteString;
import java.util.HexFormat;

/**
 * A chain of a device's blocks: what one start of its program made.
 *
 * @param boot the boot's id, 32 lower-case hex digits
 */
record ChainId(String device, String boot) implements Comparable<ChainId> {
    static ChainId of(String device, ByteString boot) {
        return new ChainId(device, HexFormat.of().formatHex(boot.toByteArray()));
    }

    static ChainId of(Block block) {
        return of(block.getDeviceId(), block.getBootId());
    }

    ByteString bootBytes() {
        return ByteString.copyFrom(HexFormat.of().parseHex(boot));
    }

    @Override
    public int compareTo(ChainId other) {
        int byDevice = device.compareTo(other.device);
        return byDevice != 0 ? byDevice : boot.compareTo(other.boot);
    }
}
