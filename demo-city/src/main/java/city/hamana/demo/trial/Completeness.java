package city.hamana.demo.trial;

import city.hamana.demo.city.Plan;
import city.hamana.demo.trial.Known.Meter;
import city.hamana.demo.trial.Known.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * City hall's completeness report, of all devices and of as many days as it covers at most.
 *
 * @param held blocks that city hall holds
 * @param unexplained blocks that are missing and that nobody accounts for
 * @param pending blocks that the edge says to have still
 * @param untimed samples that wait for their boot's clock to be set
 * @param losses what the nodes have told to be gone, with their signature
 * @param lines the devices with any of these, in words
 */
record Completeness(long held, long unexplained, long pending, long untimed, List<Loss> losses, List<String> lines) {
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final int DAYS_BACK = 390;
    private static final int DAYS_AHEAD = 5;
    private static final Duration ROUGHLY = Duration.ofMinutes(2);

    /** What a node has lost: samples between two instants, or nobody can tell which. */
    record Loss(String device, String reason, Optional<Instant> first, Optional<Instant> last) {
        boolean explains(Meter meter, Reading reading) {
            // Handed over says that somebody else has signed for it; then it has to be there.
            return device.equals(meter.node())
                    && !reason.toUpperCase(java.util.Locale.ROOT).contains("HANDED_OVER")
                    && first.map(at -> !reading.at().isBefore(at.minus(ROUGHLY)))
                            .orElse(true)
                    && last.map(at -> !reading.at().isAfter(at.plus(ROUGHLY))).orElse(true);
        }
    }

    /** The report as it is now. */
    static Completeness of(CityHall cityHall, Instant cityNow) throws IOException, InterruptedException {
        LocalDate today = LocalDate.ofInstant(cityNow, ZONE);
        String period = "?from=" + today.minusDays(DAYS_BACK) + "&to=" + today.plusDays(DAYS_AHEAD);
        List<JsonNode> devices = new ArrayList<>();
        report(cityHall, period).path("devices").forEach(devices::add);
        List<Loss> losses = new ArrayList<>();
        for (String node : List.of(Plan.NODE_1, Plan.NODE_2)) {
            cityHall.get("/api/v1/completeness/" + node + period)
                    .ifPresent(of -> of.path("losses").forEach(loss -> losses.add(loss(node, loss))));
        }
        return new Completeness(
                sum(devices, "heldBlocks"),
                sum(devices, "missingBlocks"),
                sum(devices, "pendingBlocks"),
                sum(devices, "untimedSamples"),
                losses,
                lines(devices, losses));
    }

    boolean explains(Meter meter, Reading reading) {
        return losses.stream().anyMatch(loss -> loss.explains(meter, reading));
    }

    private static JsonNode report(CityHall cityHall, String period) throws IOException, InterruptedException {
        return cityHall.get("/api/v1/completeness" + period)
                .orElseThrow(() -> new IOException("city hall makes no completeness report"));
    }

    private static long sum(List<JsonNode> devices, String field) {
        return devices.stream().mapToLong(device -> device.path(field).asLong()).sum();
    }

    private static Loss loss(String node, JsonNode loss) {
        return new Loss(node, loss.path("reason").asText(), instant(loss, "first"), instant(loss, "last"));
    }

    private static Optional<Instant> instant(JsonNode loss, String field) {
        return Optional.of(loss.path(field)).filter(JsonNode::isTextual).map(at -> Instant.parse(at.asText()));
    }

    private static List<String> lines(List<JsonNode> devices, List<Loss> losses) {
        List<String> lines = new ArrayList<>();
        for (JsonNode device : devices) {
            String name = device.path("device").asText();
            lines.add(name + ": blocks held " + device.path("heldBlocks").asLong() + ", pending "
                    + device.path("pendingBlocks").asLong() + ", given up "
                    + device.path("lostBlocks").asLong() + ", set aside "
                    + device.path("setAside").asLong() + ", missing "
                    + device.path("missingBlocks").asLong() + "; samples without time "
                    + device.path("untimedSamples").asLong());
            losses.stream()
                    .filter(loss -> loss.device().equals(name))
                    .map(loss -> "  told to be gone: " + loss.reason())
                    .distinct()
                    .forEach(lines::add);
        }
        return lines;
    }
}
