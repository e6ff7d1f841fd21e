package city.hamana.service.water;

import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.sensing.household.Finding;
import city.hamana.sensing.household.Household;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells homes of what was found behind their meters, and keeps what the waterworks then found there. */
final class Leaks {
    private static final String HERE = "city/hamana/service/water/";
    private static final int MOST_OPEN = 2_000;
    private static final int MOST_CLOSED = 100;
    private static final int LONGEST_NOTE = 200;
    private static final long NOBODY = -1;
    private static final String KEPT = "SELECT finding, meter, told_ms, state, note FROM water_leak";

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource clock;
    private final People people;
    private final Notices notices;
    private final Household household;

    /** @param clock the city's, by which its meters run */
    Leaks(
            Database database,
            Events events,
            Html html,
            InstantSource clock,
            People people,
            Notices notices,
            Household household) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.people = people;
        this.notices = notices;
        this.household = household;
    }

    void routes(Routes routes) {
        routes.get("/staff/water/leaks", Role.STAFF, this::list)
                .post("/staff/water/leaks/{finding}", Role.STAFF, this::move);
    }

    /** Takes up what was found since the last look, and tells each home once. */
    void look() {
        List<Finding> open = database.inTransaction(tx -> household.open(tx, MOST_OPEN));
        for (Finding finding : open) {
            database.inTransaction(tx -> {
                if (kept(tx, finding.id()).isEmpty()) {
                    take(tx, finding);
                }
                return finding;
            });
        }
    }

    private void take(Handle tx, Finding finding) {
        Optional<String> holder = people.holder(tx, finding.meter());
        Instant now = clock.instant();
        tx.execute(
                "INSERT INTO water_leak (finding, meter, told_ms, state, note) VALUES (?, ?, ?, ?, '')",
                finding.id(),
                finding.meter(),
                holder.map(id -> now.toEpochMilli()).orElse(NOBODY),
                LeakState.SUSPECTED.code());
        holder.ifPresent(party -> notices.send(
                tx,
                new Notice(
                        new Recipient.Of(party),
                        "water.leak-notice." + finding.kind().code(),
                        List.of(Long.toString(finding.litresPerDay())),
                        "/water",
                        Urgency.PROMPT,
                        "water-leak:" + finding.id())));
        append(tx, "system", LeakState.SUSPECTED, finding.id(), finding.meter(), "");
    }

    /** What was found at a meter, for the person whose it is. */
    List<Map<String, Object>> facts(Handle tx, String meter) {
        return household.of(tx, meter, MOST_CLOSED).stream()
                .map(finding -> Map.<String, Object>of(
                        "meter", meter,
                        "kind", finding.kind().code(),
                        "since", finding.since().toString(),
                        "state",
                                kept(tx, finding.id())
                                        .map(one -> one.state.code())
                                        .orElse("")))
                .toList();
    }

    private record Kept(long finding, String meter, long told, LeakState state, String note) {}

    private Optional<Kept> kept(Handle tx, long finding) {
        return tx.createQuery(KEPT + " WHERE finding = :finding")
                .bind("finding", finding)
                .map((row, context) -> kept(row))
                .findOne();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                LeakState.ofCode(row.getString(4)).orElseThrow(),
                row.getString(5));
    }

    private List<Kept> all(Handle tx, boolean closed, int most) {
        String states = closed ? "('leak', 'no-leak')" : "('suspected', 'visited')";
        return tx.createQuery(KEPT + " WHERE state IN " + states
                        + " ORDER BY finding DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> kept(row))
                .list();
    }

    private Reply list(Call call) {
        return BillPages.ofTheWaterworks(call) ? page(call, List.of(), 200) : BillPages.refused();
    }

    private Reply page(Call call, List<FieldError> errors, int status) {
        LeakList it = database.inTransaction(tx -> {
            Map<String, List<Finding>> byMeter = new HashMap<>();
            return new LeakList(
                    leaks(tx, all(tx, false, MOST_OPEN), byMeter).stream()
                            .sorted(Comparator.comparing(
                                    (Leak leak) -> leak.finding().since()))
                            .toList(),
                    leaks(tx, all(tx, true, MOST_CLOSED), byMeter),
                    count(tx, LeakState.LEAK),
                    count(tx, LeakState.NO_LEAK),
                    errors);
        });
        return Reply.html(html.render(HERE + "leaks", call.page(), it)).withStatus(status);
    }

    private List<Leak> leaks(Handle tx, List<Kept> kept, Map<String, List<Finding>> byMeter) {
        List<Leak> leaks = new ArrayList<>();
        for (Kept one : kept) {
            byMeter.computeIfAbsent(one.meter, meter -> household.of(tx, meter, MOST_CLOSED)).stream()
                    .filter(finding -> finding.id() == one.finding)
                    .findFirst()
                    .ifPresent(finding -> leaks.add(new Leak(
                            finding,
                            one.told == NOBODY ? Optional.empty() : Optional.of(Instant.ofEpochMilli(one.told)),
                            one.state,
                            one.note)));
        }
        return leaks;
    }

    /** How many leaks behind meters are in a state. */
    long count(Handle tx, LeakState state) {
        return tx.createQuery("SELECT COUNT(*) FROM water_leak WHERE state = :state")
                .bind("state", state.code())
                .mapTo(Long.class)
                .one();
    }

    private Reply move(Call call) {
        if (!BillPages.ofTheWaterworks(call)) {
            return BillPages.refused();
        }
        Optional<LeakState> wished = LeakState.ofCode(call.field("state"));
        String note = call.field("note").strip();
        Optional<Long> finding = call.number("finding");
        if (finding.isEmpty() || wished.isEmpty()) {
            return Reply.notFound();
        }
        if (note.length() > LONGEST_NOTE || (wished.get().closed() && note.isEmpty())) {
            return page(call, List.of(FieldError.of("note", "water.leaks.error.note")), 400);
        }
        long number = finding.get();
        boolean moved = database.holds(tx -> kept(tx, number)
                .filter(one -> one.state.next().contains(wished.get()))
                .filter(one -> tx.execute(
                                "UPDATE water_leak SET state = ?, note = ? WHERE finding = ? AND state = ?",
                                wished.get().code(),
                                note,
                                number,
                                one.state.code())
                        == 1)
                .map(one -> append(tx, call.caller().actor(), wished.get(), number, one.meter, note))
                .isPresent());
        return moved
                ? Reply.seeOther("/staff/water/leaks")
                : page(call, List.of(FieldError.of("state", "water.leaks.error.meanwhile")), 409);
    }

    private long append(Handle tx, String actor, LeakState state, long finding, String meter, String note) {
        Map<String, Object> detail = Map.of("finding", finding, "note", note);
        return events.append(
                        tx, new Event(clock.instant(), "water.leak-" + state.code(), actor, "meter:" + meter, detail))
                .sequence();
    }
}
