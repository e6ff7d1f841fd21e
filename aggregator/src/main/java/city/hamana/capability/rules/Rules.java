package city.hamana.capability.rules;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The city's decision tables. */
public final class Rules implements ServiceModule {
    private final Map<String, Class<?>> shipped = new LinkedHashMap<>();
    private final Versions versions = new Versions();
    private final Events events;
    private final Clock clock;
    private final RulePages pages;

    /** @param clock the city's: a rule holds from the start of a day in the city */
    public Rules(Database database, Events events, Html html, Clock clock) {
        this.events = events;
        this.clock = clock;
        this.pages = new RulePages(this, database, html);
    }

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/staff/rules", Role.STAFF, pages::list)
                .get("/staff/rules/{table}", Role.STAFF, pages::show)
                .get("/staff/rules/{table}/edit", Role.STAFF, pages::edit)
                .post("/staff/rules/{table}/edit", Role.STAFF, 256 << 10, pages::save)
                .post("/staff/rules/{table}/withdraw", Role.STAFF, pages::withdraw)
                .get("/api/v1/rules", Role.ANY_PROGRAM, pages::all)
                .get("/api/v1/rules/{table}.csv", Role.ANY_PROGRAM, pages::file);
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/rules", "rules.door", Role.STAFF, Door.Group.WORK));
    }

    /**
     * Ships a table: {@code rules/NAME.csv} beside the class becomes its first version where the city has none. To be
     * called before {@link #begin}.
     */
    public void table(Class<?> anchor, String name) {
        if (!name.matches("[a-z][a-z0-9-]{1,59}") || shipped.put(name, anchor) != null) {
            throw new IllegalArgumentException("a table is called by small letters, once: " + name);
        }
    }

    @Override
    public void begin(Handle tx) {
        shipped.forEach((name, anchor) -> {
            String text = file(anchor, name);
            if (versions.of(tx, name).isEmpty()) {
                switch (TableFile.read(text)) {
                    case TableFile.Result.Whole(var table) ->
                        versions.add(tx, name, table.from(), text, "system", clock.instant());
                    case TableFile.Result.Wrong(var slips) -> throw RulesException.file(name, slips);
                }
            }
        });
    }

    /**
     * Asks a table.
     *
     * @param on day whose version is asked
     * @param facts one of the right kind for each input: text, number, {@link LocalDate} or Boolean; more do no harm
     * @throws RulesException if the table is unknown, no version holds that day, or a fact is missing or of a wrong kind
     */
    public Decision decide(Handle tx, String table, LocalDate on, Map<String, Object> facts) {
        return decided(version(tx, table, on), facts);
    }

    /**
     * Asks a table along one column of whole numbers, the other facts being fixed: a tariff's steps, a scale of ages.
     *
     * @param column key of an input of whole numbers; its domain says where the scale begins
     * @return what the table says from where to where, in order and without a gap; neighbours that one row answers are one
     * @throws RulesException as {@link #decide}
     */
    public List<Stretch> stretches(Handle tx, String table, LocalDate on, String column, Map<String, Object> others) {
        Version version = version(tx, table, on);
        List<Long> cuts = versions.table(version).cuts(column);
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            Map<String, Object> facts = new LinkedHashMap<>(others);
            facts.put(column, cuts.get(i));
            Stretch next = new Stretch(cuts.get(i), cuts.get(i + 1) - 1, decided(version, facts));
            boolean goesOn = !stretches.isEmpty()
                    && stretches.getLast().decision().row() == next.decision().row();
            stretches.add(goesOn ? stretches.removeLast().until(next.to()) : next);
        }
        return stretches;
    }

    /**
     * What a reference of a decision stands for, for a reader: the title of the table and its law. Empty when there is no such
     * version.
     *
     * @param reference as {@link Decision#reference} gives it
     */
    public Optional<Cited> cited(Handle tx, String reference) {
        String[] parts = reference.split("[@#]", 3);
        if (parts.length < 3 || !parts[1].matches("\\d{1,6}")) {
            return Optional.empty();
        }
        return versions.numbered(tx, parts[0], Integer.parseInt(parts[1]))
                .map(versions::table)
                .map(table -> new Cited(reference, table.titles(), table.law(), table.from()));
    }

    private Version version(Handle tx, String table, LocalDate on) {
        if (!shipped.containsKey(table)) {
            throw RulesException.unknown(table);
        }
        return versions.on(tx, table, on).orElseThrow(() -> RulesException.notYet(table, on));
    }

    Decision decided(Version version, Map<String, Object> facts) {
        Table content = versions.table(version);
        int row = content.rowFor(facts, version.table())
                .orElseThrow(() -> RulesException.noRow(version.table(), version.number()));
        return new Decision(version.table(), version.number(), row, content.results(row), content.law());
    }

    List<String> tables() {
        return List.copyOf(shipped.keySet());
    }

    Versions versions() {
        return versions;
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    void saved(Handle tx, String table, LocalDate from, String text, String actor) {
        int number = versions.add(tx, table, from, text, actor, clock.instant());
        Map<String, Object> detail = Map.of("version", number, "from", from.toString());
        events.append(tx, new Event(clock.instant(), "rules.version-saved", actor, "rule:" + table, detail));
    }

    boolean withdrawn(Handle tx, String table, int number, String actor) {
        boolean done = versions.withdraw(tx, table, number, today());
        if (done) {
            Map<String, Object> detail = Map.of("version", number);
            events.append(tx, new Event(clock.instant(), "rules.version-withdrawn", actor, "rule:" + table, detail));
        }
        return done;
    }

    private static String file(Class<?> anchor, String name) {
        try (InputStream bytes = anchor.getResourceAsStream("rules/" + name + ".csv")) {
            if (bytes == null) {
                throw RulesException.unknown(name);
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
