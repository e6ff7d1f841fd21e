package city.hamana.service.network;

import city.hamana.sensing.inflow.OffDays;
import city.hamana.sensing.leaks.Leak;
import city.hamana.sensing.leaks.LeakWatch;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The leak watches of all districts. A watch is a pure function of the hours it was told, so its state is not stored: after a
 * restart the hours that are marked as told are told again, in the same order, and what comes of them then is known already.
 * Not for several threads.
 */
final class Watch {
    /** A watch takes about a megabyte; districts beyond these are told again at each turn. */
    private static final int MOST_KEPT = 64;

    private final OffDays offDays;
    private final ZoneId zone;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private record Kept(long from, long to, LeakWatch watch) {}

    /** Gives the hours that a watch was told before. */
    @FunctionalInterface
    interface Told {
        List<Hour> hours();
    }

    Watch(OffDays offDays, ZoneId zone) {
        this.offDays = offDays;
        this.zone = zone;
    }

    /**
     * Tells a district's watch further hours. It is used again only where the keeper has stored what came of them.
     *
     * @param told asked only where the watch is not in memory
     */
    void tell(Cursor cursor, Told told, List<Hour> further, Keeper keeper) {
        Kept before = kept.remove(cursor.dma());
        LeakWatch watch;
        if (before != null && before.from == cursor.watchFrom() && before.to == cursor.watchedTo()) {
            watch = before.watch;
        } else {
            watch = new LeakWatch(offDays);
            told.hours().forEach(hour -> row(watch, hour));
        }
        List<Leak> leaks = new ArrayList<>();
        further.forEach(hour -> row(watch, hour).ifPresent(leaks::add));
        if (keeper.stored(leaks)) {
            keep(cursor, further, watch);
        }
    }

    /** Stores what came of it; false where somebody else was before. */
    @FunctionalInterface
    interface Keeper {
        boolean stored(List<Leak> leaks);
    }

    private void keep(Cursor cursor, List<Hour> further, LeakWatch watch) {
        long to = further.isEmpty() ? cursor.watchedTo() : further.getLast().hour() + 1;
        kept.put(cursor.dma(), new Kept(cursor.watchFrom(), to, watch));
        if (kept.size() > MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private Optional<Leak> row(LeakWatch watch, Hour hour) {
        return watch.row(wall(hour.hour()), hour.m3h());
    }

    /** The wall clock without summer time: an hour that comes twice would be told twice. */
    private LocalDateTime wall(long hour) {
        Instant at = Instant.ofEpochMilli(hour * Hour.MS);
        return LocalDateTime.ofInstant(at, zone.getRules().getStandardOffset(at));
    }

    Instant instant(LocalDateTime wall) {
        return wall.toInstant(
                zone.getRules().getStandardOffset(wall.atZone(zone).toInstant()));
    }
}
