package city.hamana.sensing.vee;

import city.hamana.messages.Sample;
import city.hamana.sensing.vee.Fault.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tries the rules on real readings: each fault is put into each meter once, on a day around which all is well, and it is
 * counted how often its rule finds it, and what it says of days that were left as they were.
 */
final class Trial {
    private static final int SEED = 20_170_105;
    private static final int BEFORE = 58;
    private static final int QUIET = 3;

    private final Map<String, List<Sample>> homes;
    private final Limits limits;
    private final CityDays calendar;
    private final Map<String, Map<Integer, Set<Code>>> plain = new TreeMap<>();
    private int days;

    Trial(Map<String, List<Sample>> homes, Limits limits, CityDays calendar) {
        this.homes = homes;
        this.limits = limits;
        this.calendar = calendar;
        homes.forEach((home, samples) -> {
            Told readings = new Told(samples, Instant.EPOCH, List.of(), List.of(), false);
            Map<Integer, Set<Code>> found = run(home, readings);
            days += found.size();
            plain.put(home, found);
        });
    }

    /** Days of meters in all. */
    int days() {
        return days;
    }

    /** On how many days of meters each code stands in the readings as they are. */
    Map<Code, Integer> plain() {
        Map<Code, Integer> counts = new EnumMap<>(Code.class);
        plain.values()
                .forEach(of -> of.values().forEach(codes -> codes.forEach(c -> counts.merge(c, 1, Integer::sum))));
        return counts;
    }

    boolean stands(String home, int day, Code code) {
        return plain.get(home).getOrDefault(day, Set.of()).contains(code);
    }

    /**
     * What came of one fault.
     *
     * @param injected into how many meters
     * @param found by its rule on the day
     * @param falsely days of these meters that were left alone, of four weeks around, on which the rule speaks and did not
     *     speak before
     */
    record Tried(Code code, int injected, int found, int falsely, List<String> missed) {}

    Tried tried(Fault fault) {
        Random random = new Random(SEED);
        int injected = 0;
        int found = 0;
        int falsely = 0;
        List<String> missed = new ArrayList<>();
        for (Map.Entry<String, List<Sample>> home : homes.entrySet()) {
            Optional<Integer> day = day(home.getKey(), fault.code(), random);
            if (day.isEmpty()) {
                continue;
            }
            injected++;
            Instant midnight = Instant.ofEpochMilli(calendar.startMs(day.get()));
            Told wrong = fault.injected().apply(new Told(home.getValue(), midnight, List.of(), List.of(), false));
            Map<Integer, Set<Code>> codes = run(home.getKey(), wrong);
            boolean hit = codes.get(day.get()).contains(fault.code());
            found += hit ? 1 : 0;
            if (!hit) {
                missed.add(home.getKey() + "@" + day.get());
            }
            falsely += falsely(home.getKey(), fault.code(), codes, day.get());
        }
        return new Tried(fault.code(), injected, found, falsely, missed);
    }

    private int falsely(String home, Code code, Map<Integer, Set<Code>> now, int day) {
        int count = 0;
        for (Map.Entry<Integer, Set<Code>> one : now.entrySet()) {
            boolean apart = one.getKey() < day - lead(code) || one.getKey() > day + QUIET;
            boolean before =
                    plain.get(home).getOrDefault(one.getKey(), Set.of()).contains(code);
            count += apart && one.getValue().contains(code) && !before && code != Code.INACTIVE ? 1 : 0;
        }
        return count;
    }

    /** How many days before the day a fault of this kind begins. */
    private static int lead(Code code) {
        return switch (code) {
            case GAP_TOO_LONG -> 56;
            case ZERO_LONG -> 8;
            default -> 3;
        };
    }

    /** A day with a quiet history, by chance. */
    private Optional<Integer> day(String home, Code code, Random random) {
        Map<Integer, Set<Code>> of = plain.get(home);
        List<Integer> fit = of.keySet().stream()
                .filter(day -> of.keySet().iterator().next() + BEFORE <= day)
                .filter(day -> quiet(of, day, code))
                .toList();
        return fit.isEmpty() ? Optional.empty() : Optional.of(fit.get(random.nextInt(fit.size())));
    }

    private static boolean quiet(Map<Integer, Set<Code>> of, int day, Code code) {
        int known = 0;
        for (int d = day - History.DAYS; d < day; d++) {
            Set<Code> codes = of.getOrDefault(d, Set.of(Code.GAP));
            known += codes.contains(Code.GAP) ? 0 : 1;
        }
        int back = code == Code.ZERO_LONG ? 9 : QUIET;
        for (int d = day - back; d <= day + QUIET; d++) {
            if (!of.containsKey(d) || of.get(d).stream().anyMatch(c -> c.weight() != Code.Weight.NOTE)) {
                return false;
            }
        }
        return known >= History.DAYS - 6;
    }

    private Map<Integer, Set<Code>> run(String home, Told readings) {
        List<Sample> samples = readings.samples();
        int first = calendar.dayOf(samples.getFirst().at().toEpochMilli());
        int last = calendar.dayOf(samples.getLast().at().toEpochMilli()) - 1;
        MeterFacts facts = new MeterFacts(
                home, 20, Customer.HOUSEHOLD, readings.closed() ? Optional.of(readings.midnight()) : Optional.empty());
        Book book = new Book(calendar);
        Map<Integer, Map<Code, Doubt>> doubts = Engine.run(new Engine.Order(
                facts,
                limits,
                book,
                samples,
                readings.reverse(),
                Set.copyOf(readings.conflicts()),
                List.of(),
                day -> Profile.NONE,
                first,
                Math.max(first, last)));
        Map<Integer, Set<Code>> codes = new TreeMap<>();
        Map<Integer, Map<Code, Doubt>> byDay = new HashMap<>(doubts);
        for (int day = first; day <= Math.max(first, last); day++) {
            codes.put(day, byDay.getOrDefault(day, Map.of()).keySet());
        }
        return codes;
    }
}
