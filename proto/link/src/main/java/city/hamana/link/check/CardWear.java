package city.hamana.link.check;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an eMMC says of its own wear (JEDEC 84-B50: DEVICE_LIFE_TIME_EST and PRE_EOL_INFO). SD cards say nothing.
 *
 * @param usedPercent at most so much of its life is used, in steps of ten; 110 means more than it was made for
 * @param reserveGone the spare blocks are nearly used up
 */
record CardWear(String device, int usedPercent, boolean reserveGone) {
    /** Where Linux shows it. */
    static final Path SYS = Path.of("/sys/block");

    private static final Logger LOG = LoggerFactory.getLogger(CardWear.class);
    private static final int URGENT = 3;

    /** The most worn of the machine's cards that say so. */
    static Optional<CardWear> read(Path sys) {
        Optional<CardWear> worst = Optional.empty();
        try (DirectoryStream<Path> cards = Files.newDirectoryStream(sys, "mmcblk*")) {
            for (Path card : cards) {
                Optional<CardWear> one = of(card);
                if (one.isPresent() && (worst.isEmpty() || one.get().usedPercent > worst.get().usedPercent)) {
                    worst = one;
                }
            }
        } catch (IOException e) {
            LOG.debug("no cards below {}: {}", sys, e.getMessage());
        }
        return worst;
    }

    private static Optional<CardWear> of(Path card) throws IOException {
        Path life = card.resolve("device/life_time");
        if (!Files.exists(life)) {
            return Optional.empty();
        }
        int most = 0;
        for (String part : Files.readString(life).strip().split("\\s+")) {
            most = Math.max(most, hex(part));
        }
        Path reserve = card.resolve("device/pre_eol_info");
        boolean urgent = Files.exists(reserve) && hex(Files.readString(reserve).strip()) >= URGENT;
        return most == 0 && !urgent
                ? Optional.empty()
                : Optional.of(new CardWear(card.getFileName().toString(), most * 10, urgent));
    }

    private static int hex(String text) {
        return text.matches("0x[0-9a-fA-F]{1,4}") ? Integer.parseInt(text.substring(2), 16) : 0;
    }
}
