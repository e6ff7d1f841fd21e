package city.hamana.sensing.vee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the meters of each class went on the days before, gathered by the runs over the whole city. */
final class Profiles {
    private final Map<String, Map<Integer, Profile>> byClass = new HashMap<>();

    /** A profile and where it belongs. */
    record Kept(int day, String customer, int boreMm, Profile profile) {}

    void add(Kept kept) {
        byClass.computeIfAbsent(name(kept.customer, kept.boreMm), c -> new HashMap<>())
                .merge(kept.day, kept.profile, Profile::and);
    }

    /** The newest day of the same kind, of meters like this one. */
    Engine.Profiles of(MeterFacts facts, CityDays calendar) {
        Map<Integer, Profile> days = byClass.getOrDefault(name(facts.customer().code(), facts.boreMm()), Map.of());
        return day -> days.entrySet().stream()
                .filter(entry -> entry.getKey() < day && calendar.kind(entry.getKey()) == calendar.kind(day))
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElse(Profile.NONE);
    }

    /** Gathers a meter's measured hours; days on which an hour is not known are left out. */
    void gather(MeterFacts facts, Book book, int firstDay, int lastDay) {
        for (int day = firstDay; day <= lastDay; day++) {
            long[] hours = new long[Profile.HOURS];
            long start = book.calendar().startMs(day);
            boolean whole = true;
            for (int i = 0; i < hours.length && whole; i++) {
                hours[i] = book.evidence(start + i * SampleChecks.HOUR_MS);
                whole = hours[i] >= 0;
            }
            if (whole) {
                add(new Kept(day, facts.customer().code(), facts.boreMm(), new Profile(1, hours)));
            }
        }
    }

    List<Kept> all() {
        List<Kept> all = new ArrayList<>();
        byClass.forEach((name, days) -> {
            String[] parts = name.split("/", 2);
            days.forEach((day, profile) -> all.add(new Kept(day, parts[0], Integer.parseInt(parts[1]), profile)));
        });
        return all;
    }

    private static String name(String customer, int boreMm) {
        return customer + "/" + boreMm;
    }
}
