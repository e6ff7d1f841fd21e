package city.hamana.service.water;

import city.hamana.capability.people.People;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.sensing.household.Household;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import city.hamana.sensing.vee.Use;
import city.hamana.sensing.vee.Vee;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A resident's hours and days of use. */
final class UsePages {
    private static final String HERE = "city/hamana/service/water/";

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final People people;
    private final Readings readings;
    private final Vee vee;
    private final Accounts accounts;
    private final Contracts contracts;
    private final Neighbours neighbours;
    private final Household household;

    UsePages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            People people,
            Readings readings,
            Vee vee,
            Accounts accounts,
            Contracts contracts,
            Neighbours neighbours,
            Household household) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.people = people;
        this.readings = readings;
        this.vee = vee;
        this.accounts = accounts;
        this.contracts = contracts;
        this.neighbours = neighbours;
        this.household = household;
    }

    void routes(Routes routes) {
        routes.get("/water", Role.RESIDENT, this::show).get("/water/hours.csv", Role.RESIDENT, this::csv);
    }

    /** What the reader asks for, and may see. */
    private record Wish(
            String meter,
            Account account,
            List<String> meters,
            Span span,
            LocalDate start,
            Optional<Contract> contract,
            LocalDate oldest,
            Instant newest) {}

    private Reply show(Call call) {
        List<String> meters = people.meters(call.person());
        Optional<String> meter = meter(call, meters);
        if (!meters.isEmpty() && meter.isEmpty()) {
            return Reply.problem(403, "This meter is someone else's.");
        }
        Optional<Wish> wish = meter.flatMap(m -> wish(call, m, meters));
        if (wish.isEmpty()) {
            return Reply.html(html.render(HERE + "empty", call.page(), meters));
        }
        record(call, "water.looked", wish.get());
        return Reply.html(html.render(HERE + "use", call.page(), view(call.page(), wish.get())));
    }

    private Reply csv(Call call) {
        List<String> meters = people.meters(call.person());
        Optional<String> meter = meter(call, meters);
        Optional<Wish> wish = meter.flatMap(m -> wish(call, m, meters));
        if (wish.isEmpty()) {
            return meter.isEmpty() ? Reply.problem(403, "This meter is someone else's.") : Reply.notFound();
        }
        record(call, "water.downloaded", wish.get());
        Wish w = wish.get();
        ZoneId zone = call.page().zone();
        String lines = HoursCsv.of(w.start.atStartOfDay(zone), uses(w, w.start, zone), call.page());
        return Reply.text("text/csv", lines).download("water-" + w.meter + "-" + w.start + ".csv");
    }

    /** The meter asked for, or the only or first one; empty when it is not the reader's. */
    private static Optional<String> meter(Call call, List<String> meters) {
        Optional<String> asked = call.query("meter");
        return asked.isPresent()
                ? asked.filter(meters::contains)
                : meters.stream().findFirst();
    }

    /** Empty when the meter has no readings. A day that cannot be read or lies outside them becomes the newest. */
    private Optional<Wish> wish(Call call, String meter, List<String> meters) {
        Span span = call.query("view").flatMap(Span::ofCode).orElse(Span.DAY);
        Account account = database.inTransaction(tx -> accounts.of(tx, meter));
        LocalDate today = call.page().now().atZone(call.page().zone()).toLocalDate();
        Optional<Contract> contract = database.inTransaction(tx -> contracts.of(tx, account.number(), today));
        return account.about(readings).map(info -> {
            LocalDate oldest = contract.map(Contract::from)
                    .filter(info.firstDay()::isBefore)
                    .orElse(info.firstDay());
            Instant newest = newest(info);
            // Just after midnight the new day has no whole hour yet, and yesterday is what there is to see.
            LocalDate last =
                    newest.minus(Duration.ofHours(1)).atZone(call.page().zone()).toLocalDate();
            LocalDate day = call.query("date").flatMap(UsePages::date).orElse(last);
            LocalDate within = day.isAfter(last) || day.isBefore(oldest) ? last : day;
            return new Wish(meter, account, meters, span, span.start(within), contract, oldest, newest);
        });
    }

    private WaterView view(Page page, Wish wish) {
        ZoneId zone = page.zone();
        Span span = wish.span;
        List<Use> uses = uses(wish, wish.start, zone);
        List<Slice> slices = slices(wish, uses, zone);
        LocalDate before = span.move(wish.start, -1);
        LocalDate after = span.move(wish.start, 1);
        LocalDate newest = wish.newest.atZone(zone).toLocalDate();
        return new WaterView(
                wish.meter,
                wish.meters,
                span,
                wish.start,
                Optional.of(before).filter(d -> !d.isBefore(span.start(wish.oldest))),
                Optional.of(after).filter(d -> !d.isAfter(newest)),
                newest,
                slices,
                Total.of(uses),
                comparisons(wish, uses, zone),
                charts(page, span, slices),
                wish.account.exchanges(
                        wish.start.atStartOfDay(zone).toInstant(),
                        after.atStartOfDay(zone).toInstant()),
                wish.contract,
                wish.span == Span.MONTH
                        ? wish.contract.flatMap(
                                contract -> database.inTransaction(tx -> neighbours.of(tx, contract, wish.start)))
                        : Optional.empty(),
                database.inTransaction(tx -> household.open(tx, wish.meter)));
    }

    private List<Use> uses(Wish wish, LocalDate start, ZoneId zone) {
        ZonedDateTime from = start.atStartOfDay(zone);
        List<Use> uses = vee.hours(wish.account.stretches(), from.toInstant(), wish.span.hours(start, zone));
        // What ran before supply began is somebody else's.
        long others =
                Math.clamp(ChronoUnit.HOURS.between(from, wish.oldest.atStartOfDay(zone)), 0L, (long) uses.size());
        if (wish.contract.isEmpty() || others == 0) {
            return uses;
        }
        List<Use> own = new ArrayList<>(Collections.nCopies((int) others, new Use.Missing()));
        own.addAll(uses.subList((int) others, uses.size()));
        return own;
    }

    private static List<Slice> slices(Wish wish, List<Use> uses, ZoneId zone) {
        ZonedDateTime start = wish.start.atStartOfDay(zone);
        int size = wish.span == Span.DAY ? 1 : 24;
        return IntStream.range(0, uses.size() / size)
                .mapToObj(i ->
                        new Slice(start.plusHours((long) i * size).toInstant(), uses.subList(i * size, (i + 1) * size)))
                .toList();
    }

    /** A year before, the same days of the week; of a month the same month. */
    private static LocalDate yearBefore(Wish wish) {
        return wish.span == Span.MONTH ? wish.start.minusYears(1) : wish.start.minusWeeks(52);
    }

    private List<Comparison> comparisons(Wish wish, List<Use> uses, ZoneId zone) {
        List<Comparison> all = new ArrayList<>();
        all.add(Comparison.of(
                "water.than." + wish.span.code(), uses, uses(wish, wish.span.move(wish.start, -1), zone)));
        if (wish.span == Span.DAY) {
            all.add(Comparison.of("water.than.weekday", uses, uses(wish, wish.start.minusWeeks(1), zone)));
        }
        if (!yearBefore(wish).isBefore(wish.oldest)) {
            all.add(Comparison.of("water.than.year", uses, uses(wish, yearBefore(wish), zone)));
        }
        return all;
    }

    private static List<Chart> charts(Page page, Span span, List<Slice> slices) {
        List<String> labels = slices.stream()
                .map(slice -> slice.start().atZone(page.zone()))
                .map(at -> switch (span) {
                    case DAY -> Integer.toString(at.getHour());
                    case WEEK -> page.weekday(at.toLocalDate());
                    case MONTH -> Integer.toString(at.getDayOfMonth());
                })
                .toList();
        return Arrays.stream(Chart.Size.values())
                .map(size -> Chart.of(size, span, slices, labels))
                .toList();
    }

    /** Who looked at whose use, and when: a reading of personal data is an event. */
    private void record(Call call, String kind, Wish wish) {
        Map<String, String> detail = Map.of("view", wish.span.code(), "start", wish.start.toString(), "why", "own");
        Event event = new Event(real.instant(), kind, call.caller().actor(), "meter:" + wish.meter, detail);
        database.inTransaction(tx -> events.append(tx, event));
    }

    private Instant newest(SeriesInfo info) {
        return readings.newest(info.meter(), Quantity.VOLUME)
                .map(Sample::at)
                .orElseGet(() ->
                        info.lastDay().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
