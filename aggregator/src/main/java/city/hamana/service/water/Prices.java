package city.hamana.service.water;

import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import city.hamana.capability.tariffs.Billed;
import city.hamana.capability.tariffs.Part;
import city.hamana.capability.tariffs.Relief;
import city.hamana.capability.tariffs.Tariff;
import city.hamana.capability.tariffs.Tariffs;
import city.hamana.capability.tariffs.TimeOfUse;
import city.hamana.sensing.vee.Use;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * The city's prices as they hold on one day, each read once; for many bills within one transaction. A period is billed by the
 * prices of its last day.
 */
final class Prices {
    private static final String WATER = "water";
    private static final String SEWER = "sewer";
    private static final long MILLILITRES = 1_000_000;

    private final Handle tx;
    private final Rules rules;
    private final Tariffs tariffs;
    private final Predicate<LocalDate> dayOff;
    private final LocalDate on;
    private final ZoneId zone;
    private final Map<Integer, Tariff> water = new HashMap<>();
    private final Map<Integer, Tariff> sewer = new HashMap<>();
    private final Map<Long, Part> parts = new HashMap<>();
    private final Map<String, Relief> reliefs = new HashMap<>();
    private final Map<Plan, Decision> terms = new HashMap<>();
    private final Map<Period, int[]> bandsOfHours = new HashMap<>();
    private TimeOfUse plan;

    /** @param dayOff whether a day is one on which nobody works */
    Prices(Handle tx, Rules rules, Predicate<LocalDate> dayOff, LocalDate on, ZoneId zone) {
        this.tx = tx;
        this.rules = rules;
        this.tariffs = new Tariffs(rules);
        this.dayOff = dayOff;
        this.on = on;
        this.zone = zone;
    }

    /**
     * Reckons a period.
     *
     * @param usual cubic metres of such a period, for a relief of what lies over it
     * @param fromMillilitres register of the account at its beginning
     * @param uses of each hour of the period
     */
    Reckoned reckon(Contract contract, Plan wished, Period period, long usual, long fromMillilitres, List<Use> uses) {
        Map<Reckoned.Reason, Long> inTheWay = new EnumMap<>(Reckoned.Reason.class);
        uses.forEach(use -> reason(use).ifPresent(reason -> inTheWay.merge(reason, 1L, Long::sum)));
        if (!inTheWay.isEmpty()) {
            Map.Entry<Reckoned.Reason, Long> first =
                    inTheWay.entrySet().iterator().next();
            return new Reckoned.Held(first.getKey(), first.getValue());
        }
        return whole(contract, wished, period, usual, fromMillilitres, uses);
    }

    /** Reckons a period whose water staff have determined: no hour of it is known. */
    Reckoned.Whole reckon(
            Contract contract, Plan wished, Period period, long usual, long fromMillilitres, long cubicMetres) {
        long until = fromMillilitres + cubicMetres * MILLILITRES;
        Billed.ByBand unknown = new Billed.ByBand(Map.of(), until - fromMillilitres);
        Sheet sheet = sheet(contract, wished, period, usual, cubicMetres, unknown, 0);
        return new Reckoned.Whole(until, cubicMetres, sheet);
    }

    /**
     * What the water of a period would cost by both plans, if some of it ran at the cheapest hours instead. Hours that are not
     * known are left out.
     *
     * @param moved percent of the water of all other hours
     */
    Sheet tried(Contract contract, Period period, List<Use> uses, int moved) {
        List<TimeOfUse.Band> bands = plan().bands();
        long[] byBand = byBand(period, uses);
        for (int i = 1; i < byBand.length; i++) {
            long away = byBand[i] * moved / 100;
            byBand[i] -= away;
            byBand[0] += away;
        }
        long cubicMetres = Arrays.stream(byBand).sum() / MILLILITRES;
        return sheet(contract, Plan.TRIAL, period, 0, cubicMetres, water(bands, byBand), 0);
    }

    private long[] byBand(Period period, List<Use> uses) {
        long[] byBand = new long[plan().bands().size()];
        int[] bandOf = bandsOfHours.computeIfAbsent(period, this::bandsOfHours);
        for (int i = 0; i < uses.size(); i++) {
            if (uses.get(i) instanceof Use.Known known) {
                byBand[bandOf[i]] += known.millilitres();
            }
        }
        return byBand;
    }

    private static Billed.ByBand water(List<TimeOfUse.Band> bands, long[] byBand) {
        Map<String, Long> water = new HashMap<>();
        for (int i = 0; i < byBand.length; i++) {
            water.put(bands.get(i).code(), byBand[i]);
        }
        return new Billed.ByBand(water, 0);
    }

    private Reckoned whole(
            Contract contract, Plan wished, Period period, long usual, long fromMillilitres, List<Use> uses) {
        long[] byBand = byBand(period, uses);
        long used = Arrays.stream(byBand).sum();
        int estimated = (int) uses.stream()
                .filter(use -> use instanceof Use.Known known && known.estimated())
                .count();
        long until = fromMillilitres + used;
        long cubicMetres = until / MILLILITRES - fromMillilitres / MILLILITRES;
        Sheet sheet = sheet(contract, wished, period, usual, cubicMetres, water(plan().bands(), byBand), estimated);
        return new Reckoned.Whole(until, cubicMetres, sheet);
    }

    private Sheet sheet(
            Contract contract,
            Plan wished,
            Period period,
            long usual,
            long cubicMetres,
            Billed.ByBand bands,
            int estimated) {
        Part part = parts.computeIfAbsent(period.days(), days -> tariffs.part(tx, WATER, on, days));
        Billed billed = new Billed(part, cubicMetres, usual, relief(WATER, contract));
        Billed drained = new Billed(part, cubicMetres, usual, relief(SEWER, contract));
        Tariff tariff = water.computeIfAbsent(contract.bore(), bore -> tariffs.tariff(tx, WATER, on, bore));
        boolean byHours = says(wished, "by-hours");
        return new Sheet(
                tariff.ordinary(billed),
                byHours ? Optional.of(tariff.byBand(billed, plan(), bands)) : Optional.empty(),
                says(wished, "lower"),
                contract.sewer() ? Optional.of(sewer(contract.bore()).ordinary(drained)) : Optional.empty(),
                bands,
                estimated);
    }

    private Relief relief(String kind, Contract contract) {
        return reliefs.computeIfAbsent(
                kind + contract.scheme(), key -> tariffs.relief(tx, kind, on, contract.scheme()));
    }

    private Tariff sewer(int bore) {
        return sewer.computeIfAbsent(bore, b -> tariffs.tariff(tx, SEWER, on, b));
    }

    private boolean says(Plan wished, String column) {
        Decision decision =
                terms.computeIfAbsent(wished, p -> rules.decide(tx, "water-plan", on, Map.of("plan", p.code())));
        return decision.results().get(column).equals("true");
    }

    TimeOfUse plan() {
        if (plan == null) {
            plan = tariffs.plan(tx, WATER, on);
        }
        return plan;
    }

    /** The code of the band of each hour of a period. */
    List<String> bands(Period period) {
        List<TimeOfUse.Band> bands = plan().bands();
        return Arrays.stream(bandsOfHours(period))
                .mapToObj(place -> bands.get(place).code())
                .toList();
    }

    /** For each hour of a period, which of the plan's bands it falls into. */
    private int[] bandsOfHours(Period period) {
        List<String> codes = plan().bands().stream().map(TimeOfUse.Band::code).toList();
        int[] bands = new int[period.hours(zone)];
        ZonedDateTime hour = period.from().atStartOfDay(zone);
        boolean off = dayOff.test(period.from());
        for (int i = 0; i < bands.length; i++) {
            if (hour.getHour() == 0) {
                off = dayOff.test(hour.toLocalDate());
            }
            bands[i] = codes.indexOf(plan().code(off, hour.getMonthValue(), hour.getHour()));
            hour = hour.plusHours(1);
        }
        return bands;
    }

    private static Optional<Reckoned.Reason> reason(Use use) {
        return switch (use) {
            case Use.Known known -> Optional.empty();
            case Use.Missing missing -> Optional.of(Reckoned.Reason.MISSING);
            case Use.Decreased decreased -> Optional.of(Reckoned.Reason.DECREASED);
            case Use.NotYet later -> Optional.of(Reckoned.Reason.NOT_YET);
        };
    }
}
