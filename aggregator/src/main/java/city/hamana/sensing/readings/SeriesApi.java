package city.hamana.sensing.readings;

import city.hamana.messages.DeviceId;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Series for programs: {@code /api/v1/series}. What it gives and asks for is described in the module's README. */
final class SeriesApi {
    private static final int LONGEST_PAGE = 50_000;
    private static final int USUAL_PAGE = 10_000;
    private static final int MOST_LISTED = 1_000;
    private static final Duration USUAL_SPAN = Duration.ofDays(1);
    private static final JsonFactory JSON = new JsonFactory();

    private final Readings readings;

    SeriesApi(Readings readings) {
        this.readings = readings;
    }

    /** Writes an answer's JSON. */
    @FunctionalInterface
    private interface Json {
        void write(JsonGenerator json) throws IOException;
    }

    /** What a caller asks for. */
    private record Wish(String meter, Quantity quantity, Instant from, Instant to, int limit) {}

    /** Series with their days, by pages of {@code limit} from {@code offset}. */
    Reply list(Call call) {
        if (!mayRead(call)) {
            return scopeMissing();
        }
        Optional<Integer> offset = number(call, "offset", 0, 0, 10_000_000);
        Optional<Integer> limit = number(call, "limit", MOST_LISTED, 1, MOST_LISTED);
        if (offset.isEmpty() || limit.isEmpty()) {
            return Reply.badRequest("offset is 0 to 10000000, limit 1 to " + MOST_LISTED + ".");
        }
        List<SeriesInfo> found = readings.seriesList(offset.get(), limit.get() + 1);
        boolean more = found.size() > limit.get();
        return json(json -> {
            json.writeArrayFieldStart("series");
            for (SeriesInfo info : found.subList(0, Math.min(found.size(), limit.get()))) {
                json.writeStartObject();
                json.writeStringField("meter", info.meter());
                json.writeStringField("quantity", info.quantity().code());
                json.writeStringField("unit", info.quantity().unit());
                json.writeStringField("firstDay", info.firstDay().toString());
                json.writeStringField("lastDay", info.lastDay().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (more) {
                json.writeNumberField("nextOffset", offset.get() + limit.get());
            }
        });
    }

    /** Samples of one series as JSON, or as CSV where the caller accepts that or the path ends in {@code .csv}. */
    Reply samples(Call call) {
        if (!mayRead(call)) {
            return scopeMissing();
        }
        try {
            Optional<Wish> wish = wish(call);
            return wish.map(w -> samples(call, w)).orElseGet(Reply::notFound);
        } catch (DateTimeParseException e) {
            return Reply.badRequest("from and to are instants like 2017-01-05T00:00:00Z.");
        }
    }

    private Reply samples(Call call, Wish wish) {
        if (wish.limit == 0) {
            return Reply.badRequest("limit is 1 to " + LONGEST_PAGE + ".");
        }
        if (!wish.from.isBefore(wish.to)) {
            return Reply.badRequest("from is not before to.");
        }
        List<Sample> found = readings.series(wish.meter, wish.quantity, wish.from, wish.to, wish.limit + 1);
        boolean more = found.size() > wish.limit;
        List<Sample> page = found.subList(0, Math.min(found.size(), wish.limit));
        Optional<Instant> next = more ? Optional.of(found.getLast().at()) : Optional.empty();
        return wantsCsv(call) ? csv(page, next) : json(json -> write(json, wish, page, next));
    }

    private static void write(JsonGenerator json, Wish wish, List<Sample> page, Optional<Instant> next)
            throws IOException {
        json.writeStringField("meter", wish.meter);
        json.writeStringField("quantity", wish.quantity.code());
        json.writeStringField("unit", wish.quantity.unit());
        json.writeArrayFieldStart("samples");
        for (Sample sample : page) {
            json.writeStartObject();
            json.writeStringField("at", sample.at().toString());
            json.writeNumberField("value", sample.decimal());
            json.writeNumberField("flags", sample.flags());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (next.isPresent()) {
            json.writeStringField("next", next.get().toString());
        }
    }

    private static Reply csv(List<Sample> page, Optional<Instant> next) {
        Reply reply = Reply.stream("text/csv; charset=utf-8", out -> {
            line(out, "meter,quantity,unit,at,value,flags");
            for (Sample s : page) {
                line(
                        out,
                        String.join(
                                ",",
                                s.meter(),
                                s.quantity().code(),
                                s.quantity().unit(),
                                s.at().toString(),
                                s.decimal().toPlainString(),
                                Integer.toString(s.flags())));
            }
        });
        return next.isPresent() ? reply.with("Link", "<?from=" + next.get() + ">; rel=\"next\"") : reply;
    }

    private static void line(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Reply json(Json body) {
        return Reply.stream("application/json", out -> {
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                body.write(json);
                json.writeEndObject();
            }
        });
    }

    /** Empty where there can be no such series; a limit of 0 where it is out of range. */
    private static Optional<Wish> wish(Call call) {
        Optional<Quantity> quantity = Quantity.ofCode(call.part("quantity").replaceFirst("\\.csv$", ""));
        if (quantity.isEmpty() || !DeviceId.valid(call.part("meter"))) {
            return Optional.empty();
        }
        Instant to = call.query("to").map(Instant::parse).orElseGet(call::now);
        Instant from = call.query("from").map(Instant::parse).orElseGet(() -> to.minus(USUAL_SPAN));
        int limit = number(call, "limit", USUAL_PAGE, 1, LONGEST_PAGE).orElse(0);
        return Optional.of(new Wish(call.part("meter"), quantity.get(), from, to, limit));
    }

    private static boolean wantsCsv(Call call) {
        return call.part("quantity").endsWith(".csv")
                || call.header("Accept")
                        .map(accept -> accept.startsWith("text/csv"))
                        .orElse(false);
    }

    private static Optional<Integer> number(Call call, String name, int otherwise, int least, int most) {
        String text = call.query(name).orElse(Integer.toString(otherwise));
        return Optional.of(text)
                .filter(t -> t.matches("\\d{1,8}"))
                .map(Integer::valueOf)
                .filter(n -> n >= least && n <= most);
    }

    private static boolean mayRead(Call call) {
        return call.caller() instanceof Caller.Program program
                && program.scopes().contains("readings");
    }

    private static Reply scopeMissing() {
        return Reply.problem(403, "The token's scope does not hold readings.");
    }
}
