package city.hamana.sensing.completeness;

import city.hamana.platform.http.Reply;
import city.hamana.sensing.ingest.Account;
import city.hamana.sensing.ingest.Gap;
import city.hamana.sensing.ingest.Said;
import city.hamana.sensing.ingest.SignedLoss;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The report for programs; what it gives is described in the module's README. */
final class CompletenessJson {
    private static final JsonFactory JSON = new JsonFactory();

    private CompletenessJson() {}

    /** Writes an answer's fields. */
    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static Reply of(Overview overview) {
        return reply(json -> {
            period(json, overview.period());
            json.writeNumberField("missingBlocks", overview.missing());
            json.writeArrayFieldStart("devices");
            for (Account account : overview.accounts()) {
                json.writeStartObject();
                counts(json, account);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static Reply of(Report report) {
        return reply(json -> {
            period(json, report.period());
            counts(json, report.account());
            json.writeArrayFieldStart("said");
            for (Said said : report.said()) {
                json.writeStartObject();
                json.writeStringField("by", said.by());
                json.writeStringField("at", said.at().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("gaps");
            for (Gap gap : report.account().gaps()) {
                gap(json, gap);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("losses");
            for (SignedLoss loss : report.account().losses()) {
                loss(json, loss);
            }
            json.writeEndArray();
        });
    }

    private static void period(JsonGenerator json, Period period) throws IOException {
        json.writeStringField("from", period.from().toString());
        json.writeStringField("to", period.to().toString());
    }

    private static void counts(JsonGenerator json, Account account) throws IOException {
        json.writeStringField("device", account.device());
        json.writeNumberField("heldBlocks", account.held());
        json.writeNumberField("pendingBlocks", account.blocks(Gap.Kind.PENDING));
        json.writeNumberField("lostBlocks", account.blocks(Gap.Kind.LOST));
        json.writeNumberField("lostSamples", account.lostSamples());
        json.writeNumberField("setAside", account.setAside());
        json.writeNumberField("setAsideBlocks", account.blocks(Gap.Kind.SET_ASIDE));
        json.writeNumberField("untimedSamples", account.untimed());
        json.writeNumberField("missingBlocks", account.blocks(Gap.Kind.MISSING));
    }

    private static void gap(JsonGenerator json, Gap gap) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", gap.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("boot", gap.boot());
        json.writeNumberField("first", gap.first());
        json.writeNumberField("last", gap.last());
        instant(json, "after", gap.after());
        instant(json, "before", Optional.of(gap.before()));
        instant(json, "asked", gap.asked());
        json.writeEndObject();
    }

    private static void loss(JsonGenerator json, SignedLoss loss) throws IOException {
        json.writeStartObject();
        json.writeStringField("signer", loss.signer());
        json.writeStringField("signedBlock", loss.blockHash());
        json.writeStringField("reason", loss.reason());
        json.writeNumberField("samples", loss.samples());
        instant(json, "first", loss.first());
        instant(json, "last", loss.last());
        instant(json, "signed", Optional.of(loss.made()));
        json.writeStringField("detail", loss.detail());
        json.writeEndObject();
    }

    private static void instant(JsonGenerator json, String name, Optional<Instant> at) throws IOException {
        if (at.isPresent()) {
            json.writeStringField(name, at.get().toString());
        }
    }

    private static Reply reply(Body body) {
        return Reply.stream("application/json", out -> {
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                body.write(json);
                json.writeEndObject();
            }
        });
    }
}
