package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Channel;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Goes through the city's parties, a portion at a time, for those whom a broadcast is for. */
final class Audience {
    private static final int PORTION = 1_000;

    private final People people;
    private final Notices notices;
    private final Store store;
    private List<Condition> conditions = List.of();

    Audience(People people, Notices notices, Store store) {
        this.people = people;
        this.notices = notices;
        this.store = store;
    }

    void asking(List<Condition> others) {
        conditions = List.copyOf(others);
    }

    /** What the other modules let this division ask. */
    List<Offered> offered(String department) {
        return conditions.stream()
                .map(condition -> Offered.of(condition, department))
                .toList();
    }

    /** For which of these parties it is: in its segment, and without a no to its topic unless lives hang on it. */
    List<Party> chosen(Handle tx, Broadcast broadcast, List<Party> portion, LocalDate today) {
        return fitting(tx, broadcast, portion, today).stream()
                .filter(party -> !refuses(tx, broadcast, party))
                .toList();
    }

    /** Each condition of another module is asked once for the whole portion. */
    private List<Party> fitting(Handle tx, Broadcast broadcast, List<Party> portion, LocalDate today) {
        List<String> ids = portion.stream().map(Party::id).toList();
        Map<Segment.Known, Set<String>> answers = new HashMap<>();
        for (Segment.Known known : broadcast.segment().known()) {
            answers.computeIfAbsent(known, k -> condition(k).among(tx, k.value(), ids));
        }
        Segment.Facts facts = (known, party) -> answers.get(known).contains(party.id());
        return portion.stream()
                .filter(party -> broadcast.segment().fits(party, today, facts))
                .toList();
    }

    /** Without the module that knew it nobody is judged: "not" would take everybody. */
    private Condition condition(Segment.Known known) {
        return conditions.stream()
                .filter(condition -> condition.code().equals(known.condition()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no module knows the condition " + known.condition()));
    }

    HeadCount count(Handle tx, Broadcast broadcast, LocalDate today) {
        Counter counter = new Counter();
        List<Party> portion = people.after(tx, 0, PORTION);
        while (!portion.isEmpty()) {
            fitting(tx, broadcast, portion, today).forEach(party -> counter.add(tx, broadcast, party));
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
