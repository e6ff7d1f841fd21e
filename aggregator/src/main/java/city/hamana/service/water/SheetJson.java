package city.hamana.service.water;

import city.hamana.capability.tariffs.Amount;
import city.hamana.capability.tariffs.Billed;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** A sheet as it is kept with its bill. */
final class SheetJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SheetJson() {}

    /** As it is written; what is not there is null. */
    private record Kept(
            Amount ordinary,
            Amount byHours,
            boolean lower,
            Amount sewer,
            Map<String, Long> bands,
            long unknown,
            int estimatedHours) {}

    static String write(Sheet sheet) {
        try {
            return JSON.writeValueAsString(new Kept(
                    sheet.ordinary(),
                    sheet.byHours().orElse(null),
                    sheet.lower(),
                    sheet.sewer().orElse(null),
                    sheet.bands().millilitres(),
                    sheet.bands().unknown(),
                    sheet.estimatedHours()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sheet read(String json) {
        try {
            Kept kept = JSON.readValue(json, Kept.class);
            return new Sheet(
                    kept.ordinary,
                    Optional.ofNullable(kept.byHours),
                    kept.lower,
                    Optional.ofNullable(kept.sewer),
                    new Billed.ByBand(kept.bands, kept.unknown),
                    kept.estimatedHours);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
