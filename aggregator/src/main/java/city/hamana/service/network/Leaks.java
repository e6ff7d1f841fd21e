package city.hamana.service.network;

import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.text.FiscalYear;
import city.hamana.sensing.leaks.Evidence;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The records of leaks: what the watch found, and what became of it. Each change is one event. */
final class Leaks {
    static final String DIVISION = "suido";
    static final String RULE = "network-leak";

    private static final double LITRES = 1e3;

    private final Events events;
    private final Clock clock;
    private final Notices notices;
    private final Rules rules;
    private final LeakStore store;

    /** What came of a wish. */
    enum Outcome {
        DONE,
        /** Somebody changed the record since the form was shown, or there is no such way from here. */
        MEANWHILE
    }

    Leaks(Events events, Clock clock, Notices notices, Rules rules, LeakStore store) {
        this.events = events;
        this.clock = clock;
        this.notices = notices;
        this.rules = rules;
        this.store = store;
    }

    /**
     * Takes up what the watch has found and tells the waterworks, once. In a small district what few households change is as
     * large as a small leak: what is less than the rule says for its connections is not told.
     */
    void found(Handle tx, Dma dma, Instant found, Instant started, double m3h, Evidence evidence) {
        if (m3h * LITRES < least(tx, dma, found)) {
            return;
        }
        store.add(tx, dma.code(), found, started, Math.round(m3h * LITRES), evidence)
                .ifPresent(leak -> {
                    notices.send(
                            tx,
                            new Notice(
                                    new Recipient.Division(DIVISION),
                                    "network.notice",
                                    List.of(dma.name(), "%.2f".formatted(m3h)),
                                    "/staff/network/leaks/" + leak.id(),
                                    Urgency.PROMPT,
                                    "network-leak:" + leak.id()));
                    append(
                            tx,
                            "network.leak-suspected",
                            "system",
                            leak,
                            Map.of("litres-per-hour", leak.litresPerHour()));
                });
    }

    private long least(Handle tx, Dma dma, Instant on) {
        LocalDate day = on.atZone(clock.getZone()).toLocalDate();
        Decision rule = rules.decide(tx, RULE, day, Map.of("connections", dma.connections()));
        return Long.parseLong(rule.results().get("least-l-per-h"));
    }

    /**
     * Goes along an edge.
     *
     * @param seen how many steps the form knew of
     * @param by name of who does it
     * @param finding what the edge asks for; empty where it asks nothing
     */
    Outcome move(
            Handle tx,
            NetworkLeak leak,
            int seen,
            Edge edge,
            Optional<LeakFinding> finding,
            String note,
            String by,
            String actor) {
        if (leak.steps() != seen || edge.from() != leak.state() || store.full(leak)) {
            return Outcome.MEANWHILE;
        }
        LeakStep step = step(leak, edge.act(), edge.to(), note, by);
        if (!store.step(tx, leak, step, finding.or(leak::finding))) {
            return Outcome.MEANWHILE;
        }
        Map<String, Object> detail = new LinkedHashMap<>(Map.of("dma", leak.dma(), "note", note));
        finding.ifPresent(one -> {
            detail.put("kind", one.kind());
            detail.put("place", one.place());
            one.litresPerHour().ifPresent(litres -> detail.put("litres-per-hour", litres));
        });
        append(tx, edge.event(), actor, leak, detail);
        return Outcome.DONE;
    }

    /** Writes a note beside the steps. */
    Outcome note(Handle tx, NetworkLeak leak, int seen, String note, String by, String actor) {
        if (leak.steps() != seen
                || store.full(leak)
                || !store.step(tx, leak, step(leak, "note", leak.state(), note, by), leak.finding())) {
            return Outcome.MEANWHILE;
        }
        append(tx, "network.leak-noted", actor, leak, Map.of("dma", leak.dma(), "note", note));
        return Outcome.DONE;
    }

    /** Takes the last step back that is not taken back yet. */
    Outcome undo(Handle tx, NetworkLeak leak, int seen, String by, String actor) {
        Optional<LeakStep> last = last(store.steps(tx, leak.id()));
        if (leak.steps() != seen || last.isEmpty() || store.full(leak)) {
            return Outcome.MEANWHILE;
        }
        LeakState back = last.get().from();
        boolean keeps = back == LeakState.LOCATED || back == LeakState.REPAIRED;
        LeakStep step = step(leak, "undo", back, "", by);
        if (!store.step(tx, leak, step, keeps ? leak.finding() : Optional.empty())) {
            return Outcome.MEANWHILE;
        }
        store.undone(tx, leak, last.get());
        append(
                tx,
                "network.leak-undone",
                actor,
                leak,
                Map.of("dma", leak.dma(), "act", last.get().act()));
        return Outcome.DONE;
    }

    /** The step that can be taken back; empty where none can. */
    static Optional<LeakStep> last(List<LeakStep> steps) {
        return steps.reversed().stream().filter(LeakStep::moved).findFirst();
    }

    private LeakStep step(NetworkLeak leak, String act, LeakState to, String note, String by) {
        return new LeakStep(leak.steps() + 1, act, leak.state(), to, note, by, clock.instant(), false);
    }

    private void append(Handle tx, String kind, String actor, NetworkLeak leak, Map<String, ?> detail) {
        events.append(tx, new Event(clock.instant(), kind, actor, leak.subject(), detail));
    }

    /** Of the fiscal year that runs. */
    Precision precision(Handle tx) {
        FiscalYear year = FiscalYear.of(LocalDate.now(clock));
        Map<LeakState, Long> closed = store.closedBetween(tx, start(year.begin()), start(year.end()));
        return new Precision(
                year.year(), closed.getOrDefault(LeakState.CLOSED, 0L), closed.getOrDefault(LeakState.NOTHING, 0L));
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toInstant();
    }
}
