package city.hamana.sensing.vee;

import city.hamana.messages.DeviceId;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.sensing.readings.Readings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The waterworks' pages: what is to be looked at on a day, and one meter's day with its edits. */
final class VeePages {
    private static final String HERE = "city/hamana/sensing/vee/";
    private static final String DIVISION = "suido";
    private static final int MOST = 300;
    private static final int MOST_CSV = 100_000;
    private static final int LONGEST_REASON = 500;
    private static final long MILLILITRES = 1_000;
    private static final Pattern LITRES = Pattern.compile("[0-9]{1,6}([.][0-9]{1,3})?");

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Readings readings;
    private final Vee vee;

    VeePages(Database database, Events events, Html html, InstantSource real, Readings readings, Vee vee) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.readings = readings;
        this.vee = vee;
    }

    void routes(Routes routes) {
        routes.get("/staff/water/vee", Role.STAFF, this::list)
                .get("/staff/water/vee.csv", Role.STAFF, this::csv)
                .get("/staff/water/vee/{meter}", Role.STAFF, this::day)
                .post("/staff/water/vee/{meter}/edits", Role.STAFF, this::propose)
                .post("/staff/water/vee/{meter}/edits/{id}", Role.STAFF, this::decide);
    }

    private Reply list(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        LocalDate latest = latest(call);
        LocalDate day = day(call, latest);
        Optional<Code> code = call.query("code").flatMap(Code::ofCode);
        VeeList it = database.inTransaction(tx -> {
            int number = (int) day.toEpochDay();
            Map<Code, Integer> counts = new TreeMap<>(vee.store().counts(tx, number));
            List<MeterDoubt> doubts = vee.store().found(tx, number, code, MOST);
            int total = code.map(c -> counts.getOrDefault(c, 0))
                    .orElse(counts.values().stream().mapToInt(Integer::intValue).sum());
            List<Edit> waiting = vee.editing().edits().waiting(tx);
            return new VeeList(day, code, counts, doubts, total, vee.newestRun(tx), waiting, latest);
        });
        return Reply.html(html.render(HERE + "list", call.page(), it));
    }

    private Reply csv(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        LocalDate day = day(call, latest(call));
        Optional<Code> code = call.query("code").flatMap(Code::ofCode);
        StringBuilder csv = new StringBuilder("day,meter,code,at,times,seen,limit\r\n");
        database.inTransaction(tx -> vee.store().found(tx, (int) day.toEpochDay(), code, MOST_CSV))
                .forEach(one -> csv.append(String.join(
                                ",",
                                day.toString(),
                                one.meter(),
                                one.doubt().code().code(),
                                one.doubt().at().toString(),
                                Integer.toString(one.doubt().times()),
                                Long.toString(one.doubt().value()),
                                Long.toString(one.doubt().limit())))
                        .append("\r\n"));
        return Reply.text("text/csv", csv.toString()).download("vee-" + day + ".csv");
    }

    private Reply day(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        return page(call, List.of(), 200);
    }

    private Reply page(Call call, List<FieldError> errors, int status) {
        String meter = call.part("meter");
        if (!known(meter)) {
            return Reply.notFound();
        }
        LocalDate day = day(call, latest(call));
        Instant from = day.atStartOfDay(call.page().zone()).toInstant();
        int hours = hours(call, day);
        List<Use> counts = vee.hours(meter, from, hours);
        Duration beyond = Hours.WIDEST_STEP;
        Instant to = from.plus(Duration.ofHours(hours));
        List<Sample> samples = readings.series(
                meter, Quantity.VOLUME, from.minus(beyond), to.plus(beyond).plusMillis(1));
        List<Use> raw = Hours.of(samples, from, hours);
        List<VeeDay.Hour> both = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            both.add(new VeeDay.Hour(from.plus(Duration.ofHours(i)), raw.get(i), counts.get(i)));
        }
        VeeDay it = database.inTransaction(tx -> {
            looked(tx, call, meter, day);
            return new VeeDay(
                    vee.facts(tx, meter),
                    day,
                    !day.isAfter(latest(call)) && vee.validatedTo().isPresent(),
                    vee.store().of(tx, (int) day.toEpochDay(), meter),
                    both,
                    vee.editing().edits().of(tx, meter),
                    call.caller().actor(),
                    call.field("from"),
                    call.field("litres"),
                    call.field("reason"),
                    errors);
        });
        return Reply.html(html.render(HERE + "day", call.page(), it)).withStatus(status);
    }

    /** Who looked at whose use, and why: a reading of personal data is an event. */
    private void looked(Handle tx, Call call, String meter, LocalDate day) {
        Map<String, Object> detail = Map.of("day", day.toString(), "why", "validation");
        events.append(tx, new Event(real.instant(), "vee.looked", call.caller().actor(), "meter:" + meter, detail));
    }

    private Reply propose(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        String meter = call.part("meter");
        if (!known(meter)) {
            return Reply.notFound();
        }
        LocalDate day = day(call, latest(call));
        int hours = hours(call, day);
        List<FieldError> errors = new ArrayList<>();
        int from = call.field("from").matches("[0-9]{1,2}") ? Integer.parseInt(call.field("from")) : hours;
        if (from >= hours) {
            errors.add(FieldError.of("from", "vee.edit.error.from"));
        }
        List<Long> amounts = amounts(call.field("litres"));
        if (amounts.isEmpty() || (from < hours && from + amounts.size() > hours)) {
            errors.add(FieldError.of("litres", "vee.edit.error.litres"));
        }
        String reason = call.field("reason");
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            errors.add(FieldError.of("reason", "vee.edit.error.reason"));
        }
        if (!errors.isEmpty()) {
            return page(call, errors, 400);
        }
        long at = day.atStartOfDay(call.page().zone()).toInstant().toEpochMilli() + from * SampleChecks.HOUR_MS;
        database.inTransaction(tx -> {
            vee.editing().propose(tx, meter, at, amounts, reason, call.caller().actor());
            return meter;
        });
        return Reply.seeOther("/staff/water/vee/" + meter + "?day=" + day);
    }

    /** Litres parted by blanks, as millilitres; empty where one cannot be read. */
    private static List<Long> amounts(String typed) {
        List<Long> amounts = new ArrayList<>();
        for (String one : typed.strip().split("[\\s;]+", -1)) {
            if (!LITRES.matcher(one).matches()) {
                return List.of();
            }
            amounts.add(new BigDecimal(one)
                    .multiply(BigDecimal.valueOf(MILLILITRES))
                    .longValueExact());
        }
        return amounts;
    }

    private Reply decide(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        String meter = call.part("meter");
        String id = call.part("id");
        Optional<Edit> edit = id.matches("[0-9]{1,15}")
                ? database.inTransaction(tx -> vee.editing().edits().one(tx, Long.parseLong(id)))
                : Optional.empty();
        if (edit.filter(one -> one.meter().equals(meter)).isEmpty()) {
            return Reply.notFound();
        }
        String by = call.caller().actor();
        boolean done = database.holds(tx -> switch (call.field("act")) {
            case "confirm" -> vee.editing().confirm(tx, edit.get().id(), by);
            case "refuse" -> vee.editing().refuse(tx, edit.get().id(), by);
            case "undo" -> vee.editing().undo(tx, edit.get().id(), by);
            default -> false;
        });
        LocalDate day = edit.get().from().atZone(call.page().zone()).toLocalDate();
        return done
                ? Reply.seeOther("/staff/water/vee/" + meter + "?day=" + day)
                : Reply.problem(409, "Another person has to confirm, or it is decided already.");
    }

    private boolean known(String meter) {
        return DeviceId.valid(meter) && readings.about(meter, Quantity.VOLUME).isPresent();
    }

    private static int hours(Call call, LocalDate day) {
        return (int) Duration.between(
                        day.atStartOfDay(call.page().zone()),
                        day.plusDays(1).atStartOfDay(call.page().zone()))
                .toHours();
    }

    /** The day asked for, or the latest; none that is still to come. */
    private static LocalDate day(Call call, LocalDate latest) {
        Optional<String> asked =
                call.query("day").or(() -> Optional.of(call.field("day")).filter(f -> !f.isEmpty()));
        try {
            LocalDate day = asked.map(LocalDate::parse).orElse(latest);
            LocalDate today = call.page().now().atZone(call.page().zone()).toLocalDate();
            return day.isAfter(today) || day.getYear() < 2000 ? latest : day;
        } catch (DateTimeParseException e) {
            return latest;
        }
    }

    private LocalDate latest(Call call) {
        return vee.validatedTo()
                .orElseGet(() -> call.page()
                        .now()
                        .atZone(call.page().zone())
                        .toLocalDate()
                        .minusDays(1));
    }

    private static boolean ofTheWaterworks(Call call) {
        return call.person().worksIn(DIVISION);
    }

    private static Reply refused() {
        return Reply.problem(403, "Readings are the waterworks division's.");
    }
}
