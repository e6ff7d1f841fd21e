package city.hamana.service.procedures;

import city.hamana.capability.cases.Step;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.Form;
import city.hamana.capability.forms.FormException;
import city.hamana.capability.forms.Forms;
import city.hamana.capability.forms.Node;
import city.hamana.platform.access.Rank;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a definition file; every slip is told with its place. */
final class ProcedureFile {
    static final List<String> EVENTS = List.of("moving", "birth", "death", "disaster", "business", "work", "everyday");

    /** What the finder asks; the words stand at {@code procedures.find.ANSWER}. */
    static final List<String> LEADS = List.of("moved", "died", "damaged", "business", "prove");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CODE = "[a-z][a-z0-9-]{1,39}";
    private static final String DEPARTMENT = "[a-z][a-z-]{1,30}";
    private static final String SAMPLES = "fee|days|law|amount|budget";

    private ProcedureFile() {}

    /** @throws FormException naming every slip */
    static Procedure shipped(String code, Forms forms) {
        String name = code + ".json";
        try (InputStream bytes = ProcedureFile.class.getResourceAsStream("definitions/" + name)) {
            return read(new Node(JSON.readTree(bytes), name, new ArrayList<>()), forms);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is no JSON", e);
        }
    }

    static Procedure read(Node file, Forms forms) {
        file.only(
                "code",
                "status",
                "title",
                "summary",
                "who",
                "events",
                "leads",
                "department",
                "applicant",
                "proof",
                "days",
                "law",
                "unconfirmed",
                "needed",
                "fee",
                "eligibility",
                "amount",
                "budget",
                "steps",
                "decision",
                "queue",
                "guide",
                "form");
        Form form = forms.read(file.at("form"));
        Procedure procedure = new Procedure(
                file.text("code", CODE),
                file.text("status", "online|paper").equals("online"),
                file.texts("title"),
                file.texts("summary"),
                file.texts("who"),
                known(file, "events", String.join("|", EVENTS)),
                known(file, "leads", String.join("|", LEADS)),
                file.text("department", DEPARTMENT),
                file.text("applicant", "person|business").equals("business"),
                file.text("proof", "one-factor|identity").equals("identity"),
                (int) file.number("days", 0),
                file.text("law"),
                Set.copyOf(known(file, "unconfirmed", SAMPLES)),
                file.list("needed").stream().map(Node::texts).toList(),
                fee(file, form),
                eligibility(file, form),
                amount(file, form),
                file.number("budget", 0),
                stations(file),
                decision(file.at("decision"), form),
                questions(file, "queue", form),
                file.list("guide").stream().map(node -> guide(node, form)).toList(),
                form);
        if (!file.slips().isEmpty()) {
            throw FormException.slips(file.slips());
        }
        return procedure;
    }

    private static List<String> known(Node file, String key, String pattern) {
        List<String> words = file.words(key);
        words.stream()
                .filter(word -> !word.matches(pattern))
                .forEach(word -> file.at(key).slip("knows " + pattern + ", not " + word));
        return words.stream().distinct().toList();
    }

    private static Optional<Procedure.Fee> fee(Node file, Form form) {
        if (!file.has("fee")) {
            return Optional.empty();
        }
        Node fee = file.at("fee").only("table", "facts", "times");
        return Optional.of(new Procedure.Fee(fee.text("table", CODE), facts(fee, form), question(fee, "times", form)));
    }

    private static Optional<Procedure.Eligibility> eligibility(Node file, Form form) {
        if (!file.has("eligibility")) {
            return Optional.empty();
        }
        Node rule = file.at("eligibility").only("table", "facts");
        return Optional.of(new Procedure.Eligibility(rule.text("table", CODE), facts(rule, form)));
    }

    private static Optional<Procedure.Amount> amount(Node file, Form form) {
        if (!file.has("amount")) {
            return Optional.empty();
        }
        Node amount = file.at("amount").only("table", "facts", "of");
        return Optional.of(
                new Procedure.Amount(amount.text("table", CODE), facts(amount, form), question(amount, "of", form)));
    }

    private static Map<String, String> facts(Node rule, Form form) {
        return facts(rule, "facts", form);
    }

    private static Map<String, String> facts(Node rule, String key, Form form) {
        Map<String, String> facts = new LinkedHashMap<>();
        Node node = rule.at(key);
        node.json().fieldNames().forEachRemaining(fact -> facts.put(fact, question(node, fact, form)));
        return facts;
    }

    private static String question(Node node, String key, Form form) {
        String id = node.text(key);
        if (form.field(id).isEmpty()) {
            node.at(key).slip("asks for " + id + ", which no field is called");
        }
        return id;
    }

    private static List<Procedure.Station> stations(Node file) {
        List<Procedure.Station> stations =
                file.list("steps").stream().map(ProcedureFile::station).toList();
        if (file.slips().isEmpty()
                && !Step.isWay(stations.stream().map(Procedure.Station::step).toList())) {
            file.at("steps").slip("must be examine (any number), draft, agree (any number), decide, each code once");
        }
        return stations;
    }

    private static Procedure.Station station(Node node) {
        node.only("code", "work", "department", "rank", "title");
        return new Procedure.Station(
                new Step(
                        node.text("code", CODE),
                        Step.Work.ofCode(node.text("work", "examine|draft|agree|decide"))
                                .orElse(Step.Work.EXAMINE),
                        node.text("department", DEPARTMENT),
                        Rank.ofCode(node.text("rank", "officer|chief|manager|director|mayor"))
                                .orElse(Rank.MANAGER)),
                node.texts("title"));
    }

    private static List<String> questions(Node node, String key, Form form) {
        List<String> ids = node.words(key);
        ids.stream()
                .filter(id -> form.field(id).isEmpty())
                .forEach(id -> node.at(key).slip("asks for " + id + ", which no field is called"));
        return ids;
    }

    private static Procedure.Decisions decision(Node node, Form form) {
        node.only("grant", "refuse", "granted-title", "refused-title", "shows", "reasons");
        return new Procedure.Decisions(
                node.texts("grant"),
                node.texts("refuse"),
                node.text("granted-title"),
                node.text("refused-title"),
                questions(node, "shows", form),
                node.list("reasons").stream().map(Node::texts).toList());
    }

    private static Procedure.Guide guide(Node node, Form form) {
        node.only("when", "department", "text", "opens");
        Node when = node.at("when").only("field", "is");
        return new Procedure.Guide(
                new Field.When(question(when, "field", form), when.words("is")),
                node.text("department"),
                node.texts("text"),
                node.has("opens") ? Optional.of(opens(node.at("opens"), form)) : Optional.empty());
    }

    /** Whether the other procedure has these questions is looked at when all are there. */
    private static Procedure.Opens opens(Node node, Form form) {
        node.only("procedure", "answers", "from");
        Map<String, List<String>> answers = new LinkedHashMap<>();
        Node known = node.at("answers");
        known.json().fieldNames().forEachRemaining(id -> answers.put(id, known.words(id)));
        return new Procedure.Opens(node.text("procedure", CODE), answers, facts(node, "from", form));
    }
}
