package city.hamana.service.water;

import city.hamana.capability.maps.Maps;
import city.hamana.messages.DeviceId;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.access.Role;
import city.hamana.platform.csv.Csv;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.http.Upload;
import city.hamana.platform.module.Panel;
import city.hamana.platform.text.FiscalYear;
import city.hamana.sensing.readings.Readings;
import gg.jte.Content;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The page of the waterworks' day: what other modules show there, leaks behind meters, unread meters, installations, e-bills,
 * the trial's effect, the exchange plan.
 */
final class OverviewPages {
    private static final String HERE = "city/hamana/service/water/";
    private static final Duration SILENT = Duration.ofHours(24);
    private static final int MOST_METERS = 100_000;
    private static final int MOST_LISTED = 200;
    private static final int LONGEST_FILE = 4 << 20;
    private static final int MOST_YEARS = 12;
    /** Events stand on real time, the city's clock may be a demonstration's. */
    private static final Instant EVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final Database database;
    private final Events events;
    private final Html html;
    private final Clock clock;
    private final Readings readings;
    private final Contracts contracts;
    private final Effects effects;
    private final Leaks leaks;
    private final Maps maps;
    private final Function<String, List<Panel>> panels;

    OverviewPages(
            Database database,
            Events events,
            Html html,
            Clock clock,
            Readings readings,
            Contracts contracts,
            Effects effects,
            Leaks leaks,
            Maps maps,
            Function<String, List<Panel>> panels) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.readings = readings;
        this.contracts = contracts;
        this.effects = effects;
        this.leaks = leaks;
        this.maps = maps;
        this.panels = panels;
    }

    void routes(Routes routes) {
        routes.get("/staff/water", Role.STAFF, this::show)
                .get("/staff/water/unread.csv", Role.STAFF, this::unreadCsv)
                .get("/staff/water/exchange.csv", Role.STAFF, this::exchangeCsv)
                .upload("/staff/water/seals", Role.STAFF, LONGEST_FILE, this::seals);
    }

    private Reply show(Call call) {
        if (!BillPages.ofTheWaterworks(call)) {
            return BillPages.refused();
        }
        Page page = call.page();
        List<Content> all = panels.apply(BillPages.DIVISION).stream()
                .map(panel -> panel.content().apply(page))
                .toList();
        return maps.withGround(
                Reply.html(html.render(HERE + "overview", page, new WaterDay(all, overview(MOST_LISTED)))));
    }

    private Overview overview(int most) {
        LocalDate today = LocalDate.now(clock);
        Instant silent = clock.instant().minus(SILENT);
        Map<String, LocalDate> lastDays = new HashMap<>();
        readings.having(Set.of(Quantity.VOLUME), MOST_METERS)
                .forEach(series -> lastDays.put(series.meter(), series.lastDay()));
        return database.inTransaction(tx -> {
            List<Supplied> supplied = contracts.supplied(tx);
            return new Overview(
                    today,
                    districts(supplied, lastDays, silent),
                    unread(tx, supplied, lastDays, silent, most),
                    new Overview.Chosen(
                            events.count(tx, "water.e-bill-chosen", Instant.EPOCH, EVER),
                            events.count(tx, "water.paper-chosen", Instant.EPOCH, EVER)),
                    years(tx),
                    due(tx, today, supplied, most),
                    effects.newest(tx),
                    leaks.count(tx, LeakState.SUSPECTED),
                    leaks.count(tx, LeakState.VISITED));
        });
    }

    private static List<Overview.District> districts(
            List<Supplied> supplied, Map<String, LocalDate> lastDays, Instant silent) {
        LocalDate oldest = silent.atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, List<Supplied>> byDistrict =
                supplied.stream().collect(Collectors.groupingBy(Supplied::district, TreeMap::new, Collectors.toList()));
        return byDistrict.entrySet().stream()
                .map(entry -> new Overview.District(
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().stream()
                                .filter(one -> !lastDays.getOrDefault(one.meter(), LocalDate.MIN)
                                        .isBefore(oldest))
                                .count(),
                        entry.getValue().stream().filter(Supplied::electronic).count()))
                .toList();
    }

    /** Most meters' last day says enough; the hour is asked of those whose last day is the doubtful one, and of those listed. */
    private List<Overview.Unread> unread(
            Handle tx, List<Supplied> supplied, Map<String, LocalDate> lastDays, Instant silent, int most) {
        LocalDate doubtful = silent.atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, Sample> newest = new HashMap<>(newest(tx, supplied, one -> doubtful.equals(lastDays.get(one))));
        List<Supplied> unread = supplied.stream()
                .filter(one -> Optional.ofNullable(newest.get(one.meter()))
                        .map(last -> !last.at().isAfter(silent))
                        .orElseGet(() -> lastDays.getOrDefault(one.meter(), LocalDate.MIN)
                                .isBefore(doubtful)))
                .sorted(Comparator.comparing(one -> lastDays.getOrDefault(one.meter(), LocalDate.MIN)))
                .limit(most)
                .toList();
        newest.putAll(newest(tx, unread, meter -> !newest.containsKey(meter)));
        return unread.stream()
                .map(one -> new Overview.Unread(
                        one.contract(),
                        one.meter(),
                        one.district(),
                        Optional.ofNullable(newest.get(one.meter())).map(Sample::at)))
                .sorted(Comparator.comparing(one -> one.last().orElse(Instant.EPOCH)))
                .toList();
    }

    private Map<String, Sample> newest(Handle tx, List<Supplied> supplied, Predicate<String> wanted) {
        List<String> meters =
                supplied.stream().map(Supplied::meter).filter(wanted).toList();
        return readings.newest(tx, meters, Quantity.VOLUME);
    }

    private static List<Overview.Year> years(Handle tx) {
        Map<Integer, Long> years = new TreeMap<>();
        tx.createQuery("SELECT until_day, COUNT(*) FROM water_seal GROUP BY until_day")
                .map((row, context) -> Map.entry(LocalDate.ofEpochDay(row.getLong(1)), row.getLong(2)))
                .forEach(entry ->
                        years.merge(FiscalYear.of(entry.getKey().minusDays(1)).year(), entry.getValue(), Long::sum));
        return years.entrySet().stream()
                .limit(MOST_YEARS)
                .map(entry -> new Overview.Year(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Overview.Due> due(Handle tx, LocalDate today, List<Supplied> supplied, int most) {
        Map<String, Supplied> byMeter =
                supplied.stream().collect(Collectors.toMap(Supplied::meter, one -> one, (a, b) -> a));
        return tx.createQuery("""
                SELECT meter, until_day FROM water_seal WHERE until_day < :limit
                ORDER BY until_day, meter OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("limit", today.plusYears(1).toEpochDay())
                .bind("most", most)
                .map((row, context) -> {
                    Optional<Supplied> where = Optional.ofNullable(byMeter.get(row.getString(1)));
                    return new Overview.Due(
                            row.getString(1),
                            where.map(Supplied::contract).orElse(""),
                            where.map(Supplied::district).orElse(""),
                            LocalDate.ofEpochDay(row.getLong(2)));
                })
                .list();
    }

    private Reply unreadCsv(Call call) {
        if (!BillPages.ofTheWaterworks(call)) {
            return BillPages.refused();
        }
        Page page = call.page();
        StringBuilder csv = new StringBuilder("\ufeff").append(head(page, "contract", "meter", "district", "last"));
        overview(MOST_METERS)
                .unread()
                .forEach(one -> csv.append(String.join(
                                ",",
                                one.contract(),
                                one.meter(),
                                Csv.cell(one.district()),
                                one.last().map(Instant::toString).orElse("")))
                        .append("\r\n"));
        return Reply.text("text/csv", csv.toString()).download("unread-meters.csv");
    }

    private Reply exchangeCsv(Call call) {
        if (!BillPages.ofTheWaterworks(call)) {
            return BillPages.refused();
        }
        StringBuilder csv =
                new StringBuilder("\ufeff").append(head(call.page(), "contract", "meter", "district", "until"));
        overview(MOST_METERS)
                .due()
                .forEach(one -> csv.append(String.join(
                                ",",
                                one.contract(),
                                one.meter(),
                                Csv.cell(one.district()),
                                one.until().toString()))
                        .append("\r\n"));
        return Reply.text("text/csv", csv.toString()).download("exchange-plan.csv");
    }

    private static String head(Page page, String... columns) {
        List<String> names = new ArrayList<>();
        for (String column : columns) {
            names.add(page.plain("water.overview.csv." + column));
        }
        return String.join(",", names) + "\r\n";
    }

    /** Takes in until when meters' verification holds: lines {@code meter,until} with a head. All or nothing. */
    private Reply seals(Call call) {
        if (!BillPages.ofTheWaterworks(call)) {
            return BillPages.refused();
        }
        String text = call.form().uploads("file").stream()
                .findFirst()
                .map(Upload::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        Map<String, LocalDate> seals = new TreeMap<>();
        List<String> lines =
                text.replace("\ufeff", "").lines().limit(MOST_METERS + 1L).toList();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).strip().split(",", -1);
            Optional<LocalDate> until = cells.length == 2 ? MyBills.day(cells[1].strip()) : Optional.empty();
            if (until.isEmpty() || !DeviceId.valid(cells[0].strip())) {
                return Reply.badRequest("Line " + (i + 1) + " must be a meter's id and a day: hmn-00000001,2031-03-31");
            }
            seals.put(cells[0].strip(), until.get());
        }
        if (seals.isEmpty() || !lines.getFirst().strip().equals("meter,until")) {
            return Reply.badRequest("The file must begin with the line meter,until");
        }
        database.inTransaction(tx -> {
            seals.forEach((meter, until) -> contracts.seal(tx, meter, until));
            events.append(
                    tx,
                    new Event(
                            clock.instant(),
                            "water.seals-taken",
                            call.caller().actor(),
                            "meters",
                            Map.of("meters", seals.size())));
            return seals.size();
        });
        return Reply.seeOther("/staff/water");
    }
}
