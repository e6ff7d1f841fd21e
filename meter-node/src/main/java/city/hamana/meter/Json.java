package city.hamana.meter;

import city.hamana.messages.MeterAlarm;
import city.hamana.meter.telegram.DataRecord;
import city.hamana.meter.telegram.DataRecord.Value;
import city.hamana.meter.telegram.Decoding;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.Undecodable;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Consumer;

/** A decoding as one line of JSON; numbers exactly as the meter told them. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final Alarms ALARMS = Alarms.shipped();

    private Json() {}

    static String line(Decoding decoding) {
        ObjectNode node = switch (decoding) {
            case Telegram telegram -> of(telegram);
            case Undecodable undecodable -> of(undecodable);
        };
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    private static ObjectNode of(Undecodable undecodable) {
        return MAPPER.createObjectNode()
                .put("ok", false)
                .put("error", undecodable.error())
                .put("sentence", undecodable.sentence());
    }

    private static ObjectNode of(Telegram telegram) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("ok", true).put("link", word(telegram.link()));
        node.put("manufacturer", telegram.manufacturer()).put("id", telegram.id());
        node.put("version", telegram.version()).put("medium", telegram.mediumName());
        node.put("access_number", telegram.accessNumber()).put("status", telegram.status());
        telegram.volume().ifPresentOrElse(v -> node.put("volume_m3", v), () -> node.putNull("volume_m3"));
        node.put("more_follows", telegram.moreFollows());
        ALARMS.of(telegram).ifPresentOrElse(a -> a.forEach(alarms(node)), () -> node.putNull("alarms"));
        ArrayNode records = node.putArray("records");
        telegram.records().forEach(r -> records.add(of(r)));
        return node;
    }

    private static Consumer<MeterAlarm> alarms(ObjectNode node) {
        ArrayNode alarms = node.putArray("alarms");
        return alarm -> alarms.add(alarm.code());
    }

    private static ObjectNode of(DataRecord record) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("function", word(record.function())).put("storage", record.storage());
        node.put("tariff", record.tariff()).put("subunit", record.subunit());
        node.put("quantity", record.quantity()).put("unit", record.unit());
        switch (record.value()) {
            case Value.Measured(BigDecimal number) -> node.put("value", number);
            case Value.Text(String text) -> node.put("value", text);
            case Value.Day day -> node.put("value", day.date().toString());
            case Value.Moment moment -> node.put("value", moment.time().toString());
            case Value.Opaque(String hex) -> node.put("value", hex);
            case Value.Absent(String hex) -> node.putNull("value").put("invalid", hex);
        }
        if (!record.qualifiers().isEmpty()) {
            ArrayNode qualifiers = node.putArray("qualifiers");
            record.qualifiers().forEach(qualifiers::add);
        }
        return node;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
