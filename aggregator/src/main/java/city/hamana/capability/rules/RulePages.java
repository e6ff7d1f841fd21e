package city.hamana.capability.rules;

import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The pages on which staff read, try and keep the tables, and the same for programs. */
final class RulePages {
    private static final String HERE = "city/hamana/capability/rules/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Rules rules;
    private final Database database;
    private final Html html;

    RulePages(Rules rules, Database database, Html html) {
        this.rules = rules;
        this.database = database;
        this.html = html;
    }

    Reply list(Call call) {
        List<RuleLine> lines = database.inTransaction(tx -> rules.tables().stream()
                .map(name -> line(tx, name, call.page().language()))
                .flatMap(Optional::stream)
                .toList());
        return Reply.html(html.render(HERE + "list", call.page(), lines));
    }

    /** A table, and the answer to "what if" where the query asks: {@code ?ask=yes&KEY=VALUE}. */
    Reply show(Call call) {
        return database.inTransaction(tx -> shown(tx, call))
                .map(view -> Reply.html(html.render(HERE + "table", call.page(), view)))
                .orElseGet(Reply::notFound);
    }

    Reply edit(Call call) {
        Optional<Version> newest = newest(call);
        if (newest.isEmpty()) {
            return Reply.notFound();
        }
        if (!keeps(call, newest.get())) {
            return Reply.problem(403, "Another division keeps this table.");
        }
        LocalDate from = rules.today().plusDays(1);
        return editPage(call, from.toString(), newest.get().text(), List.of(), List.of());
    }

    Reply save(Call call) {
        Optional<Version> newest = newest(call);
        if (newest.isEmpty()) {
            return Reply.notFound();
        }
        if (!keeps(call, newest.get())) {
            return Reply.problem(403, "Another division keeps this table.");
        }
        String from = call.field("from");
        String text = withFrom(call.form().text("text").replace("\r\n", "\n"), from);
        Optional<FieldError> wrongDay = wrongDay(from);
        if (wrongDay.isPresent()) {
            return editPage(call, from, text, List.of(wrongDay.get()), List.of())
                    .withStatus(400);
        }
        return switch (TableFile.read(text)) {
            case TableFile.Result.Wrong(var slips) -> refused(call, from, text, slips);
            case TableFile.Result.Whole(var table) -> {
                List<Slip> changed = changed(rules.versions().table(newest.get()), table);
                yield changed.isEmpty() ? saved(call, table, text) : refused(call, from, text, changed);
            }
        };
    }

    Reply withdraw(Call call) {
        Optional<Version> newest = newest(call);
        if (newest.isEmpty() || !call.field("version").matches("\\d{1,6}")) {
            return Reply.notFound();
        }
        if (!keeps(call, newest.get())) {
            return Reply.problem(403, "Another division keeps this table.");
        }
        int number = Integer.parseInt(call.field("version"));
        boolean done = database.inTransaction(tx ->
                rules.withdrawn(tx, call.part("table"), number, call.caller().actor()));
        return done
                ? Reply.seeOther("/staff/rules/" + call.part("table"))
                : Reply.problem(409, "The version holds already, or was taken back before.");
    }

    /** All tables with the versions that hold today, for programs. */
    Reply all(Call call) {
        ArrayNode all = JSON.createArrayNode();
        database.inTransaction(tx -> {
            rules.tables()
                    .forEach(name -> rules.versions()
                            .on(tx, name, rules.today())
                            .ifPresent(version -> add(all.addObject(), version)));
            return all.size();
        });
        return Reply.json(all.toString().getBytes(StandardCharsets.UTF_8)).openToAll();
    }

    /** The version that holds today as its file, so that anyone can check a decision. */
    Reply file(Call call) {
        return database.inTransaction(tx -> rules.versions().on(tx, call.part("table"), rules.today()))
                .map(version -> Reply.text("text/csv", version.text()).openToAll())
                .orElseGet(Reply::notFound);
    }

    private void add(ObjectNode into, Version version) {
        Table table = rules.versions().table(version);
        into.put("table", version.table());
        into.put("version", version.number());
        into.put("from", version.from().toString());
        into.put("law", table.law());
        into.put("department", table.department());
        into.put("rows", table.rows().size());
        ObjectNode titles = into.putObject("title");
        table.titles().forEach((language, title) -> titles.put(language.code(), title));
        into.put("file", "/api/v1/rules/" + version.table() + ".csv");
    }

    private Optional<RuleLine> line(Handle tx, String name, Language language) {
        LocalDate today = rules.today();
        Optional<Version> next = rules.versions().of(tx, name).stream()
                .filter(version -> version.from().isAfter(today) && !version.withdrawn())
                .reduce((later, earlier) -> earlier);
        return rules.versions().on(tx, name, today).map(version -> {
            Table table = rules.versions().table(version);
            return new RuleLine(name, table.titles().get(language), table.law(), version, next);
        });
    }

    private Optional<RuleView> shown(Handle tx, Call call) {
        List<Version> versions = rules.versions().of(tx, call.part("table"));
        Optional<Version> inForce = rules.versions().on(tx, call.part("table"), rules.today());
        int wanted = call.query("version")
                .filter(v -> v.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .or(() -> inForce.map(Version::number))
                .orElse(1);
        return versions.stream()
                .filter(version -> version.number() == wanted)
                .findFirst()
                .map(version -> view(
                        call, version, versions, inForce.map(Version::number).orElse(0)));
    }

    private RuleView view(Call call, Version version, List<Version> versions, int inForce) {
        Table table = rules.versions().table(version);
        Map<String, String> asked = new LinkedHashMap<>();
        if (call.query("ask").isPresent()) {
            table.inputs()
                    .forEach(input ->
                            asked.put(input.key(), call.query(input.key()).orElse("")));
        }
        List<Slip> slips = asked.isEmpty() ? List.of() : slips(table, asked);
        boolean answerable = !asked.isEmpty() && slips.isEmpty();
        List<Decision> others = answerable
                ? versions.stream()
                        .filter(v -> !v.withdrawn() && v.number() != version.number())
                        .filter(v -> slips(rules.versions().table(v), asked).isEmpty())
                        .map(v -> rules.decided(v, Map.copyOf(asked)))
                        .toList()
                : List.of();
        return new RuleView(
                version.table(),
                version,
                table,
                versions,
                inForce,
                asked,
                answerable ? Optional.of(rules.decided(version, Map.copyOf(asked))) : Optional.empty(),
                others,
                rules.today(),
                keeps(call, versions.getFirst()),
                slips);
    }

    /** Which answers of the question are missing or outside of what may come. */
    private static List<Slip> slips(Table table, Map<String, String> asked) {
        return table.inputs().stream()
                .filter(input -> !Condition.fits(input, asked.getOrDefault(input.key(), "")))
                .map(input -> Slip.of("fact", input.key()))
                .toList();
    }

    private Reply saved(Call call, Table table, String text) {
        database.inTransaction(tx -> {
            rules.saved(
                    tx, call.part("table"), table.from(), text, call.caller().actor());
            return 0;
        });
        return Reply.seeOther("/staff/rules/" + call.part("table"));
    }

    private Reply refused(Call call, String from, String text, List<Slip> slips) {
        return editPage(call, from, text, List.of(FieldError.of("text", "rules.not-saved")), slips)
                .withStatus(400);
    }

    private Reply editPage(Call call, String from, String text, List<FieldError> errors, List<Slip> slips) {
        Version newest = newest(call).orElseThrow();
        String title = rules.versions().table(newest).titles().get(call.page().language());
        RuleEdit edit = new RuleEdit(call.part("table"), title, from, text, errors, slips);
        return Reply.html(html.render(HERE + "edit", call.page(), edit));
    }

    private Optional<FieldError> wrongDay(String from) {
        try {
            return LocalDate.parse(from).isBefore(rules.today())
                    ? Optional.of(FieldError.of("from", "rules.past", rules.today()))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.of(FieldError.of("from", "rules.slip.from"));
        }
    }

    /** Programs ask by the columns' names: those stay, and so do the kinds. */
    private static List<Slip> changed(Table before, Table after) {
        boolean same = before.columns().stream()
                .map(c -> c.input() + c.type().code() + c.key())
                .sorted()
                .toList()
                .equals(after.columns().stream()
                        .map(c -> c.input() + c.type().code() + c.key())
                        .sorted()
                        .toList());
        boolean keptBySame = before.department().equals(after.department());
        return same && keptBySame ? List.of() : List.of(Slip.of("changed"));
    }

    private Optional<Version> newest(Call call) {
        return database.inTransaction(tx -> rules.versions().of(tx, call.part("table"))).stream()
                .findFirst();
    }

    /** The division's managers keep its tables; who looks after the house may as well. */
    private boolean keeps(Call call, Version newest) {
        String department = rules.versions().table(newest).department();
        boolean manager = call.person().worksIn(department)
                && call.person().post().orElseThrow().rank().atLeast(Rank.MANAGER);
        return manager || call.person().roles().contains(Role.ADMIN);
    }

    /** The day is asked in a field of its own; in the text it stands once. */
    private static String withFrom(String text, String from) {
        String without = text.lines().filter(line -> !line.startsWith("#from")).reduce("", (a, b) -> a + b + "\n");
        return "#from " + from + "\n" + without;
    }
}
