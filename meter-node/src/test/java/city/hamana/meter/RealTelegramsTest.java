package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.hamana.messages.MeterAlarm;
import city.hamana.meter.telegram.Decoding;
import city.hamana.meter.telegram.Sender;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.TelegramDecoder;
import city.hamana.meter.telegram.Undecodable;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Telegrams of real meters, which may not be redistributed: run with {@code -Dwmbus-telegrams=FOLDER} that holds
 * {@code telegrams.jsonl}, lines of {@code driver, key, telegram, expected, preceding}. Without it nothing is tested.
 */
class RealTelegramsTest {
    private static final String FOLDER = "wmbus-telegrams";
    private static final Map<String, MeterAlarm> WORDS = Map.of(
            "DRY", MeterAlarm.DRY,
            "REVERSED", MeterAlarm.REVERSE_FLOW,
            "LEAK", MeterAlarm.LEAK_1,
            "BURST", MeterAlarm.BURST,
            "POWER_LOW", MeterAlarm.BATTERY_LOW);

    private final Alarms alarms = Alarms.shipped();
    private final Map<String, Integer> figures = new TreeMap<>();

    @Test
    void totalsAndAlarmsAreThoseThatTheMetersAreKnownToHaveTold() throws IOException {
        assumeTrue(System.getProperty(FOLDER) != null, "no folder of real telegrams is given");
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(System.getProperty(FOLDER), "telegrams.jsonl"))) {
            check(new ObjectMapper().readTree(line), wrong);
        }
        System.out.println("real telegrams: " + figures);
        assertEquals(List.of(), wrong);
        assertTrue(figures.getOrDefault("total as expected", 0) > 0);
    }

    private void check(JsonNode meter, List<String> wrong) {
        TelegramDecoder decoder = new TelegramDecoder();
        byte[] key = HexFormat.of().parseHex(meter.path("key").asText("").replace("null", ""));
        meter.path("preceding").forEach(earlier -> decoder.decode(HexFormat.of().parseHex(earlier.asText()), key));
        byte[] telegram = HexFormat.of().parseHex(meter.path("telegram").asText());
        count("telegrams");
        Decoding decoding = decoder.decode(telegram, key);
        if (decoding instanceof Telegram decoded) {
            count("decoded");
            assertTrue(Sender.of(telegram).contains(Samples.meter(decoded)), meter::toString);
            compare(meter, decoded, wrong);
        } else if (decoding instanceof Undecodable refused) {
            count("refused as " + refused.error());
        }
    }

    private void compare(JsonNode meter, Telegram decoded, List<String> wrong) {
        JsonNode total = meter.path("expected").path("total_m3");
        Optional<BigDecimal> told = decoded.volume();
        if (total.isNumber() && told.isPresent()) {
            boolean same = told.get().compareTo(total.decimalValue()) == 0;
            count(same ? "total as expected" : "total differs");
            if (!same) {
                wrong.add(meter.path("driver") + " " + meter.path("id") + " total " + told.get() + " not " + total);
            }
        }
        Set<MeterAlarm> expected = expected(meter.path("expected"));
        Set<MeterAlarm> warned = alarms.of(decoded).orElse(Set.of());
        if (!expected.isEmpty()) {
            count(warned.containsAll(expected) ? "alarm told as expected" : "alarm missing");
            if (!warned.containsAll(expected)) {
                wrong.add(meter.path("driver") + " " + meter.path("id") + " warns of " + warned + " not " + expected);
            }
        }
    }

    private static Set<MeterAlarm> expected(JsonNode fields) {
        Set<MeterAlarm> expected = EnumSet.noneOf(MeterAlarm.class);
        String words = fields.path("status").asText("") + " "
                + fields.path("current_status").asText("");
        WORDS.forEach((word, alarm) -> {
            if (List.of(words.split(" ")).contains(word)) {
                expected.add(alarm);
            }
        });
        return expected;
    }

    private void count(String figure) {
        figures.merge(figure, 1, Integer::sum);
    }
}
