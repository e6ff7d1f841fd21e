package city.hamana.capability.people;

import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Mandates begin and end here, whoever decides it: with an event, and both sides are told. */
final class Mandating {
    private static final int BEGUN = 1;
    private static final int OVER = 2;

    private final Parties parties;
    private final Mandates mandates;
    private final Events events;
    private final Teller teller;
    private final InstantSource clock;

    Mandating(Parties parties, Mandates mandates, Events events, Teller teller, InstantSource clock) {
        this.parties = parties;
        this.mandates = mandates;
        this.events = events;
        this.teller = teller;
        this.clock = clock;
    }

    /** @param actor as the event log names who decided it */
    void give(Handle tx, String actor, NewMandate mandate) {
        mandates.add(tx, mandate);
        tellWhatIsNew(tx);
        Map<String, String> detail = new HashMap<>();
        detail.put("agent", Party.subject(mandate.agent()));
        detail.put("kind", mandate.kind().code());
        put(detail, "evidence", mandate.evidence());
        put(detail, "rule", mandate.rule());
        note(tx, "people.mandate-given", actor, mandate.principal(), detail);
    }

    /** False where it was ended before. */
    boolean end(Handle tx, String actor, Mandate mandate) {
        if (!mandates.end(tx, mandate.id())) {
            return false;
        }
        tellWhatIsNew(tx);
        Map<String, String> detail = Map.of("agent", Party.subject(mandate.agent()));
        note(tx, "people.mandate-ended", actor, mandate.principal(), detail);
        return true;
    }

    /** Tells both sides of what began or is over since it was last looked. */
    void tellWhatIsNew(Handle tx) {
        Instant now = clock.instant();
        for (Mandate mandate : mandates.untold(tx)) {
            boolean over = !mandate.standing(now);
            mandates.told(tx, mandate.id(), over ? OVER : BEGUN);
            tell(tx, mandate, over ? "people.mandate-over" : "people.mandate-begun");
        }
    }

    private void tell(Handle tx, Mandate mandate, String words) {
        List<String> names = List.of(name(tx, mandate.agent()), name(tx, mandate.principal()));
        for (String side : List.of(mandate.principal(), mandate.agent())) {
            teller.tell(tx, new Teller.To.Party(side), words, names, "/me/mandates");
        }
    }

    /** The names of both sides, by id. */
    Map<String, String> names(Handle tx, List<Mandate> list) {
        Map<String, String> names = new HashMap<>();
        for (Mandate mandate : list) {
            for (String id : List.of(mandate.agent(), mandate.principal())) {
                names.computeIfAbsent(id, key -> name(tx, key));
            }
        }
        return names;
    }

    private String name(Handle tx, String party) {
        return parties.party(tx, party).map(found -> found.names().written()).orElse("?");
    }

    private void note(Handle tx, String kind, String actor, String principal, Map<String, String> detail) {
        events.append(tx, new Event(clock.instant(), kind, actor, Party.subject(principal), detail));
    }

    private static void put(Map<String, String> detail, String key, String value) {
        if (!value.isEmpty()) {
            detail.put(key, value);
        }
    }
}
