package city.hamana.service.network;

import city.hamana.capability.maps.Layer;
import city.hamana.capability.maps.MapView;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Pin;
import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.csv.Csv;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.sensing.inflow.OffDays;
import gg.jte.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The pages of districts: all with a map, and one with its curves and its balance. */
final class AreaPages {
    static final String RULE = "night-use";

    private static final String HERE = "city/hamana/service/network/";
    private static final int MOST_OPEN = 200;
    private static final int MOST_CLOSED = 20;
    private static final int MOST_LEAKS = 50;
    private static final int MOST_WATCHING = 20;
    private static final int DAYS = 90;
    private static final int DAYS_OF_ALL = 31;
    private static final int CURVE_DAYS = 7;
    private static final int BALANCE_BACK = 7;
    private static final int LEARNING_DAYS = 14;
    private static final Duration SILENT = Duration.ofHours(6);
    private static final double LITRES = 1e3;

    private final Database database;
    private final Html html;
    private final Clock clock;
    private final Rules rules;
    private final Maps maps;
    private final Districts districts;
    private final Flows flows;
    private final LeakStore store;
    private final Leaks leaks;
    private final OffDays offDays;
    private final Semaphore watching = new Semaphore(MOST_WATCHING);

    AreaPages(
            Database database,
            Html html,
            Clock clock,
            Rules rules,
            Maps maps,
            Districts districts,
            Flows flows,
            LeakStore store,
            Leaks leaks,
            OffDays offDays) {
        this.database = database;
        this.html = html;
        this.clock = clock;
        this.rules = rules;
        this.maps = maps;
        this.districts = districts;
        this.flows = flows;
        this.store = store;
        this.leaks = leaks;
        this.offDays = offDays;
    }

    // --- All districts ---------------------------------------------------------------------------------------------

    Reply list(Call call) {
        return maps.withGround(Reply.html(html.render(HERE + "list", call.page(), areas(call.page(), true))));
    }

    /** The list and the open leaks, for the page of the waterworks' day. */
    Content panel(Page page) {
        return html.part(HERE + "panel", page, areas(page, true));
    }

    /** Renders the list again and again, as long as somebody looks. */
    Reply live(Call call) {
        if (!watching.tryAcquire()) {
            return Reply.problem(503, "Too many live pages are open.");
        }
        return Reply.live(watching::release, () -> {
            pause();
            return html.render(HERE + "areas", call.page(), areas(call.page(), false));
        });
    }

    private static void pause() {
        try {
            Thread.sleep(Reply.PULSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AreaList areas(Page page, boolean withMap) {
        return database.inTransaction(tx -> {
            List<AreaList.Line> lines = lines(tx);
            Map<String, Dma> byCode =
                    lines.stream().map(AreaList.Line::dma).collect(Collectors.toMap(Dma::code, Function.identity()));
            return new AreaList(
                    lines,
                    withMap && !lines.isEmpty() ? Optional.of(map(tx, page, lines)) : Optional.empty(),
                    named(store.open(tx, MOST_OPEN), byCode),
                    named(store.closed(tx, MOST_CLOSED), byCode),
                    leaks.precision(tx),
                    clock.instant());
        });
    }

    private static List<AreaList.LeakLine> named(List<NetworkLeak> leaks, Map<String, Dma> byCode) {
        return leaks.stream()
                .map(leak -> new AreaList.LeakLine(leak, byCode.get(leak.dma())))
                .toList();
    }

    private MapView map(Handle tx, Page page, List<AreaList.Line> lines) {
        List<Pin> pins = lines.stream()
                .map(line -> new Pin(
                        line.dma().feature(),
                        line.number(),
                        line.dma().name(page.language()),
                        page.plain("network.state." + line.state()),
                        line.dma().place(),
                        line.leaks() > 0 ? Layer.Marker.TRIANGLE : Layer.Marker.SQUARE,
                        tone(line.state()),
                        "/staff/network/" + line.dma().code()))
                .toList();
        return maps.view(tx, pins, Network.LAYER);
    }

    private static String tone(String state) {
        return switch (state) {
            case "leak" -> "danger";
            case "sound" -> "ended";
            default -> "open";
        };
    }

    private List<AreaList.Line> lines(Handle tx) {
        Facts facts = facts(tx, BALANCE_BACK);
        List<AreaList.Line> lines = new ArrayList<>();
        for (Dma dma : districts.all(tx)) {
            LocalDate from = today().minusDays(BALANCE_BACK);
            List<DayLine> days = days(tx, dma, facts, from, today());
            lines.add(line(tx, dma, lines.size() + 1, facts, days));
        }
        return lines;
    }

    /** What is asked for all districts at once. */
    private record Facts(
            Map<String, Hour> newest,
            Map<String, NavigableMap<LocalDate, Long>> nights,
            Map<String, NavigableMap<LocalDate, double[]>> forecasts,
            Map<String, NavigableMap<LocalDate, Flows.Used>> used,
            Map<String, Long> leaks) {}

    private Facts facts(Handle tx, int back) {
        LocalDate from = today().minusDays(back);
        Map<String, Long> open = new HashMap<>();
        store.open(tx, MOST_OPEN).forEach(leak -> open.merge(leak.dma(), 1L, Long::sum));
        return new Facts(
                flows.newest(tx), flows.nights(tx, from), flows.forecasts(tx, from), flows.used(tx, from), open);
    }

    private AreaList.Line line(Handle tx, Dma dma, int number, Facts facts, List<DayLine> days) {
        Optional<Hour> newest = Optional.ofNullable(facts.newest.get(dma.code()));
        Optional<Instant> at = newest.map(hour -> Instant.ofEpochMilli(hour.hour() * Hour.MS));
        NavigableMap<LocalDate, Long> nights = facts.nights.getOrDefault(dma.code(), new TreeMap<>());
        LocalDate night = nights.isEmpty() ? today() : nights.lastKey();
        long open = facts.leaks.getOrDefault(dma.code(), 0L);
        return new AreaList.Line(
                dma,
                number,
                newest,
                at,
                at.flatMap(one -> expected(facts.forecasts.getOrDefault(dma.code(), new TreeMap<>()), one)),
                nightFlow(tx, dma, nights, night),
                night,
                days.stream().filter(day -> day.difference().isPresent()).findFirst(),
                open,
                state(tx, dma, at, open));
    }

    private String state(Handle tx, Dma dma, Optional<Instant> newest, long open) {
        if (open > 0) {
            return "leak";
        }
        Instant now = clock.instant();
        if (newest.filter(at -> at.plus(SILENT).isAfter(now)).isEmpty()) {
            return "silent";
        }
        long learnt = now.minus(Duration.ofDays(LEARNING_DAYS)).toEpochMilli() / Hour.MS;
        long since = Math.max(
                districts.cursor(tx, dma.code()).watchFrom(),
                flows.firstHour(tx, dma.code()).orElse(Long.MAX_VALUE));
        return since > learnt ? "learning" : "sound";
    }

    private Optional<Double> expected(NavigableMap<LocalDate, double[]> forecasts, Instant at) {
        LocalDate day = at.atZone(zone()).toLocalDate();
        int hour = (int) (at.toEpochMilli() / Hour.MS - DayLine.hour(day, zone()));
        return Optional.ofNullable(forecasts.get(day))
                .filter(all -> hour < all.length && !Double.isNaN(all[hour]))
                .map(all -> all[hour]);
    }

    private NightFlow nightFlow(Handle tx, Dma dma, NavigableMap<LocalDate, Long> nights, LocalDate night) {
        Decision use = legitimate(tx, night);
        return NightFlow.of(
                nights, night, litres(use, "least-l", dma), litres(use, "usual-l", dma), litres(use, "most-l", dma));
    }

    private Decision legitimate(Handle tx, LocalDate night) {
        String day = offDays.working(night) ? "working" : "off";
        return rules.decide(tx, RULE, night, Map.of("day", day));
    }

    private static double litres(Decision use, String key, Dma dma) {
        return Double.parseDouble(use.results().get(key)) * dma.connections();
    }

    private List<DayLine> days(Handle tx, Dma dma, Facts facts, LocalDate from, LocalDate to) {
        List<Hour> hours = flows.hours(tx, dma.code(), DayLine.hour(from, zone()), DayLine.hour(to, zone()));
        return DayLine.of(
                from,
                to,
                zone(),
                hours,
                facts.forecasts.getOrDefault(dma.code(), new TreeMap<>()),
                facts.used.getOrDefault(dma.code(), new TreeMap<>()),
                facts.nights.getOrDefault(dma.code(), new TreeMap<>()),
                clock.instant());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private ZoneId zone() {
        return clock.getZone();
    }

    // --- One district ----------------------------------------------------------------------------------------------

    Reply show(Call call) {
        Optional<AreaPage> it =
                database.inTransaction(tx -> districts.one(tx, call.part("dma")).map(dma -> area(tx, dma)));
        return it.map(page -> Reply.html(html.render(HERE + "area", call.page(), page)))
                .orElseGet(Reply::notFound);
    }

    private AreaPage area(Handle tx, Dma dma) {
        Facts facts = facts(tx, DAYS);
        List<DayLine> days = days(tx, dma, facts, today().minusDays(DAYS - 1L), today().plusDays(1));
        AreaList.Line line = line(tx, dma, 1, facts, days);
        Decision use = legitimate(tx, line.nightDay());
        return new AreaPage(
                line,
                districts.inlets(tx, dma.code()).stream()
                        .map(inlet -> (inlet.direction() < 0 ? "−" : "+") + inlet.meter())
                        .toList(),
                known(days),
                curve(tx, dma, facts),
                nights(facts.nights.getOrDefault(dma.code(), new TreeMap<>())),
                store.of(tx, dma.code(), MOST_LEAKS),
                today(),
                use.citation());
    }

    /** Without the days before the first of which anything is known. */
    private static List<DayLine> known(List<DayLine> days) {
        int last = days.size();
        while (last > 0 && days.get(last - 1).nothing()) {
            last--;
        }
        return days.subList(0, last);
    }

    /** Inflow and forecast of the last seven days and of what is left of today. */
    private List<FlowChart> curve(Handle tx, Dma dma, Facts facts) {
        long from = DayLine.hour(today().minusDays(CURVE_DAYS - 1L), zone());
        long to = DayLine.hour(today().plusDays(1), zone());
        double[] measured = new double[(int) (to - from)];
        Arrays.fill(measured, Double.NaN);
        List<Hour> hours = flows.hours(tx, dma.code(), from, to);
        hours.forEach(hour -> measured[(int) (hour.hour() - from)] = hour.m3h());
        List<Instant> at = new ArrayList<>();
        double[] expected = new double[measured.length];
        NavigableMap<LocalDate, double[]> forecasts = facts.forecasts.getOrDefault(dma.code(), new TreeMap<>());
        for (int i = 0; i < measured.length; i++) {
            at.add(Instant.ofEpochMilli((from + i) * Hour.MS));
            expected[i] = expected(forecasts, at.get(i))
                    .map(litres -> litres / LITRES)
                    .orElse(Double.NaN);
        }
        return hours.isEmpty()
                ? List.of()
                : charts(
                        at,
                        List.of(
                                new FlowChart.Values("expected", expected),
                                new FlowChart.Values("measured", measured)));
    }

    private List<FlowChart> nights(NavigableMap<LocalDate, Long> nights) {
        if (nights.isEmpty()) {
            return List.of();
        }
        List<Instant> at = new ArrayList<>();
        double[] least = new double[DAYS];
        double[] percentile = new double[DAYS];
        for (int i = 0; i < DAYS; i++) {
            LocalDate day = today().minusDays(DAYS - 1L - i);
            at.add(day.atStartOfDay(zone()).toInstant());
            Long night = nights.get(day);
            least[i] = night == null ? Double.NaN : night / LITRES;
            percentile[i] = NightFlow.percentile(nights, day)
                    .map(litres -> litres / LITRES)
                    .orElse(Double.NaN);
        }
        return charts(
                at, List.of(new FlowChart.Values("expected", percentile), new FlowChart.Values("measured", least)));
    }

    private static List<FlowChart> charts(List<Instant> at, List<FlowChart.Values> series) {
        return Arrays.stream(FlowChart.Size.values())
                .map(size -> FlowChart.of(size, at, series))
                .toList();
    }

    // --- CSV -------------------------------------------------------------------------------------------------------

    /** The days of one district, ninety; or of all, thirty-one. */
    Reply csv(Call call) {
        Optional<String> wished = call.query("dma");
        int back = wished.isPresent() ? DAYS : DAYS_OF_ALL;
        StringBuilder csv = new StringBuilder("\ufeff").append(head(call.page()));
        boolean any = database.holds(tx -> {
            List<Dma> chosen = districts.all(tx).stream()
                    .filter(dma -> wished.map(dma.code()::equals).orElse(true))
                    .toList();
            Facts facts = facts(tx, back);
            for (Dma dma : chosen) {
                days(tx, dma, facts, today().minusDays(back - 1L), today()).forEach(day -> csv.append(row(dma, day)));
            }
            return wished.isEmpty() || !chosen.isEmpty();
        });
        return any ? Reply.text("text/csv", csv.toString()).download("districts.csv") : Reply.notFound();
    }

    private static String head(Page page) {
        return Arrays.stream(new String[] {
                            "dma",
                            "name",
                            "day",
                            "inflow",
                            "hours",
                            "expected",
                            "used",
                            "known",
                            "meters",
                            "difference",
                            "night"
                        })
                        .map(column -> page.plain("network.csv." + column))
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String row(Dma dma, DayLine day) {
        return String.join(
                        ",",
                        dma.code(),
                        Csv.cell(dma.name()),
                        day.day().toString(),
                        day.hours() == 0 ? "" : m3((double) day.inflow()),
                        Integer.toString(day.hours()),
                        day.expected().map(AreaPages::m3).orElse(""),
                        day.used().map(use -> m3((double) use.litres())).orElse(""),
                        day.used().map(use -> Integer.toString(use.known())).orElse(""),
                        day.used().map(use -> Integer.toString(use.meters())).orElse(""),
                        day.difference().map(AreaPages::m3).orElse(""),
                        day.night().map(AreaPages::m3).orElse(""))
                + "\r\n";
    }

    private static String m3(double litres) {
        return "%.3f".formatted(litres / LITRES);
    }
}
