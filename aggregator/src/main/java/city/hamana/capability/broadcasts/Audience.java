package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Channel;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Goes through the city's parties, a portion at a time, for those whom a broadcast is for. */
final class Audience {
    private static final int PORTION = 1_000;

    private final People people;
    private final Notices notices;
    private final Store store;

    Audience(People people, Notices notices, Store store) {
        this.people = people;
        this.notices = notices;
        this.store = store;
    }

    /** Whether the broadcast is for this party: in its segment, and without a no to its topic unless lives hang on it. */
    boolean takes(Handle tx, Broadcast broadcast, Party party, LocalDate today) {
        return broadcast.segment().fits(party, today) && !refuses(tx, broadcast, party);
    }

    HeadCount count(Handle tx, Broadcast broadcast, LocalDate today) {
        Counter counter = new Counter();
        List<Party> portion = people.after(tx, 0, PORTION);
        while (!portion.isEmpty()) {
            for (Party party : portion) {
                if (broadcast.segment().fits(party, today)) {
                    counter.add(tx, broadcast, party);
                }
            }
            portion = people.after(tx, Long.parseLong(portion.getLast().id()), PORTION);
        }
        return new HeadCount(counter.parties, counter.refused, counter.inboxOnly, counter.first, counter.languages);
    }

    private boolean refuses(Handle tx, Broadcast broadcast, Party party) {
        return broadcast.urgency() != Urgency.EMERGENCY && store.refuses(tx, party.id(), broadcast.topic());
    }

    private final class Counter {
        private final Map<Channel, Long> first = new EnumMap<>(Channel.class);
        private final Map<Language, Long> languages = new EnumMap<>(Language.class);
        private long parties;
        private long refused;
        private long inboxOnly;

        void add(Handle tx, Broadcast broadcast, Party party) {
            if (refuses(tx, broadcast, party)) {
                refused++;
                return;
            }
            parties++;
            languages.merge(party.language(), 1L, Long::sum);
            notices.reach(tx, party, broadcast.letterFrom()).stream()
                    .findFirst()
                    .ifPresentOrElse(channel -> first.merge(channel, 1L, Long::sum), () -> inboxOnly++);
        }
    }
}
