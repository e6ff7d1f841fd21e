package city.hamana.capability.forms;

import city.hamana.capability.people.Party;
import city.hamana.capability.people.Town;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The forms of the city. */
public final class Forms implements ServiceModule {
    private final List<Town> towns;

    /** @param towns of the city, for addresses */
    public Forms(List<Town> towns) {
        this.towns = List.copyOf(towns);
    }

    @Override
    public String name() {
        return "forms";
    }

    /** It has pages in no place of its own: services ask. */
    @Override
    public void routes(Routes routes) {}

    /** Reads a form's definition; slips are added to the node's list. */
    public Form read(Node form) {
        return new FormReader().read(form);
    }

    /**
     * The answers that a page's inputs gave, in the form in which they are kept; answers of other pages stay. The button
     * {@code action} may add a row to a group ({@code add members}) or take one out ({@code drop members.1}).
     */
    public Answers taken(Answers before, FormPage page, city.hamana.platform.http.Form sent) {
        Answers answers = before;
        for (Field field : page.fields()) {
            answers = field.type() == Field.Type.GROUP
                    ? rows(answers, field, sent)
                    : taken(answers, field, field.id(), sent);
        }
        return answers;
    }

    /** Whether a page's button asks for another row, or one less. */
    public static boolean changesRows(String action) {
        return action.startsWith("add ") || action.startsWith("drop ");
    }

    /** @param name of the input; in a row it is not its question's, for rows before it may be gone */
    private static Answers taken(Answers answers, Field field, String name, city.hamana.platform.http.Form sent) {
        return switch (field.type()) {
            case FILE, GROUP -> answers;
            case SEVERAL -> answers.with(field.id(), sent.all(name));
            case ADDRESS ->
                answers.with(field.id() + "-town", typed(field, sent, name + "-town"))
                        .with(field.id() + "-rest", typed(field, sent, name + "-rest"));
            case TEXT, LONG_TEXT, NUMBER, YEN, DATE, YES_NO, ONE_OF, NAME, PHONE, MAIL ->
                answers.with(field.id(), Check.kept(field, typed(field, sent, name)));
        };
    }

    /** What is much too long is wrong whatever stands at its end. */
    private static String typed(Field field, city.hamana.platform.http.Form sent, String name) {
        String text = sent.text(name).strip();
        int most = Math.min(text.length(), field.mostLetters() * 2);
        return text.substring(0, most);
    }

    private static Answers rows(Answers before, Field group, city.hamana.platform.http.Form sent) {
        String action = sent.text("action");
        List<String> places = new ArrayList<>(sent.all(group.id()).stream()
                .filter(place -> place.matches("\\d{1,4}"))
                .distinct()
                .limit(group.most() + 1)
                .toList());
        places.removeIf(place -> action.equals("drop " + group.id() + "." + place));
        if (action.equals("add " + group.id()) && places.size() < group.most()) {
            places.add("new");
        }
        Answers answers =
                before.withoutRows(group.id()).with(group.id(), places.isEmpty() ? "" : String.valueOf(places.size()));
        for (int row = 0; row < places.size(); row++) {
            List<Field> kept = group.row(row);
            List<Field> there = group.row(places.get(row));
            for (int i = 0; i < kept.size(); i++) {
                answers = taken(answers, kept.get(i), there.get(i).id(), sent);
            }
        }
        return answers;
    }

    /** What is wrong on one page; questions that do not apply are passed over. */
    public List<FieldError> errors(Form form, FormPage page, Answers answers, Today today, Language language) {
        Check check = new Check(townIds(), today, language);
        List<FieldError> errors = new ArrayList<>();
        for (Field field : page.fields()) {
            if (form.asks(field, answers)) {
                check.error(field, answers).ifPresent(errors::add);
                rows(field, answers).stream()
                        .filter(each -> form.asks(each, answers))
                        .forEach(each -> check.error(each, answers).ifPresent(errors::add));
            }
        }
        page.checks().stream()
                .flatMap(cross -> cross.error(form, answers, language).stream())
                .filter(error -> FieldError.of(errors, error.field()).isEmpty())
                .forEach(errors::add);
        return errors;
    }

    /** The questions of all rows of a group; of others none. */
    private static List<Field> rows(Field field, Answers answers) {
        List<Field> all = new ArrayList<>();
        for (int row = 0; field.type() == Field.Type.GROUP && row < answers.rows(field.id()); row++) {
            all.addAll(field.row(row));
        }
        return all;
    }

    /**
     * What {@code forms.js} has to look at on a page, as JSON. A condition on an answer of another page is looked at here.
     */
    public String checks(Form form, FormPage page, Answers answers, Language language) {
        return CheckJson.of(form, page, answers, language);
    }

    /** What is wrong anywhere. */
    public List<FieldError> errors(Form form, Answers answers, Today today, Language language) {
        return form.pages().stream()
                .flatMap(page -> errors(form, page, answers, today, language).stream())
                .toList();
    }

    /** The answers as typed JSON, those that apply only: what the form's schema describes. */
    public String json(Form form, Answers answers) {
        return Json.of(form, answers);
    }

    /** Answers from what {@link #json} gave. */
    public Answers answers(Form form, String json) {
        return Json.answers(form, json);
    }

    /** Everything that was typed, right or wrong, to be gone on with later. */
    public String typed(Answers answers) {
        return Json.typed(answers);
    }

    /** The same again. */
    public Answers typed(String json) {
        return Json.typed(json);
    }

    /** JSON Schema 2020-12 of a form's answers, titles in this language. */
    public ObjectNode schema(Form form, Language language) {
        return Schemas.of(form, language, townIds());
    }

    /** What is known of a party, where the form asks for it. */
    public Answers prefilled(Form form, Party party) {
        Answers answers = Answers.NONE;
        for (Field field : form.fields()) {
            answers = switch (field.prefill()) {
                case "name" -> answers.with(field.id(), party.names().written());
                case "kana" -> answers.with(field.id(), party.names().kana());
                case "born" ->
                    answers.with(
                            field.id(), party.born().map(LocalDate::toString).orElse(""));
                case "phone" -> answers.with(field.id(), party.phone());
                case "mail" -> answers.with(field.id(), party.mail());
                case "address" -> address(answers, field, party);
                default -> answers;
            };
        }
        return answers;
    }

    /** The questions that apply and what was answered, as people read it, page by page. */
    public List<Line> lines(Form form, Answers answers, Page page) {
        List<Line> lines = new ArrayList<>();
        for (FormPage part : form.pages(answers)) {
            for (Field field : part.fields()) {
                if (form.asks(field, answers)) {
                    lines.add(line(form, part, field, answers, page));
                }
            }
        }
        return lines;
    }

    private Line line(Form form, FormPage part, Field field, Answers answers, Page page) {
        List<List<Line>> rows = new ArrayList<>();
        for (int row = 0; field.type() == Field.Type.GROUP && row < answers.rows(field.id()); row++) {
            rows.add(field.row(row).stream()
                    .filter(each -> form.asks(each, answers))
                    .map(each -> line(form, part, each, answers, page))
                    .toList());
        }
        return new Line(part, field, shown(field, answers, page), rows);
    }

    /**
     * A question with its answer.
     *
     * @param answer as people read it; of a group its sum; empty when there is none
     * @param rows of a group
     */
    public record Line(FormPage page, Field field, String answer, List<List<Line>> rows) {}

    /** The city's towns for an address, 町字ID and name. */
    public Map<String, String> towns(Language language) {
        boolean japanese = language == Language.JA || language == Language.EASY_JA;
        Map<String, String> all = new LinkedHashMap<>();
        towns.forEach(town -> all.put(town.id(), japanese ? town.name() : town.latin()));
        return all;
    }

    /** How many pages of the form, with these answers, come before this one. */
    public Optional<Integer> position(Form form, Answers answers, String page) {
        List<FormPage> pages = form.pages(answers);
        for (int i = 0; i < pages.size(); i++) {
            if (pages.get(i).id().equals(page)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The answer as people read it; of a group its sum; empty when there is none. */
    public String shown(Field field, Answers answers, Page page) {
        if (field.type() == Field.Type.ADDRESS) {
            String town = answers.text(field.id() + "-town");
            return towns(page.language()).getOrDefault(town, "") + " " + answers.text(field.id() + "-rest");
        }
        String text = answers.text(field.id());
        return switch (field.type()) {
            case YEN ->
                text.matches("\\d{1,15}") ? page.plain("forms.yen", page.number(Double.parseDouble(text), 0)) : text;
            case NUMBER -> text.matches("\\d{1,15}") ? page.number(Double.parseDouble(text), 0) : text;
            case DATE -> text.matches("\\d{4}-\\d\\d-\\d\\d") ? page.fullDay(LocalDate.parse(text)) : text;
            case YES_NO -> text.isEmpty() ? "" : page.plain(text.equals("yes") ? "forms.yes" : "forms.no");
            case ONE_OF, SEVERAL ->
                answers.all(field.id()).stream()
                        .map(code -> label(field, code, page))
                        .collect(Collectors.joining(page.japanese() ? "、" : ", "));
            case TEXT, LONG_TEXT, NAME, PHONE, MAIL, ADDRESS -> text;
            case FILE -> String.valueOf(answers.all(field.id()).size());
            case GROUP -> sum(field, answers, page);
        };
    }

    private static String sum(Field group, Answers answers, Page page) {
        if (group.sum().isEmpty()) {
            return "";
        }
        String sum = page.number((double) answers.sum(group), 0);
        boolean yen = group.fields().stream()
                .anyMatch(field -> field.id().equals(group.sum()) && field.type() == Field.Type.YEN);
        return yen ? page.plain("forms.yen", sum) : sum;
    }

    /** The answer as a document of the city says it: in Japanese, days by era. */
    public String inJapanese(Field field, Answers answers) {
        String text = answers.text(field.id());
        return switch (field.type()) {
            case ADDRESS ->
                towns(Language.JA).getOrDefault(answers.text(field.id() + "-town"), "")
                        + answers.text(field.id() + "-rest");
            case YEN, NUMBER ->
                text.matches("-?\\d{1,15}")
                        ? "%,d".formatted(Long.parseLong(text)) + (field.type() == Field.Type.YEN ? "円" : "")
                        : text;
            case DATE -> Era.read(text).map(Era::of).orElse(text);
            case YES_NO -> text.isEmpty() ? "" : text.equals("yes") ? "はい" : "いいえ";
            case ONE_OF, SEVERAL ->
                field.options().stream()
                        .filter(option -> answers.all(field.id()).contains(option.code()))
                        .map(option -> option.label().plain(Language.JA))
                        .collect(Collectors.joining("、"));
            case TEXT, LONG_TEXT, NAME, PHONE, MAIL -> text;
            case FILE -> answers.all(field.id()).size() + "件";
            case GROUP -> group(field, answers);
        };
    }

    private static String group(Field field, Answers answers) {
        return field.sum().isEmpty() ? answers.rows(field.id()) + "件" : "合計 %,d".formatted(answers.sum(field));
    }

    private static String label(Field field, String code, Page page) {
        return field.options().stream()
                .filter(option -> option.code().equals(code))
                .map(option -> page.plain(option.label()))
                .findFirst()
                .orElse("");
    }

    private static Answers address(Answers answers, Field field, Party party) {
        return party.address()
                .map(a -> answers.with(field.id() + "-town", a.townId().isEmpty() ? Answers.OUTSIDE : a.townId())
                        .with(field.id() + "-rest", a.townId().isEmpty() ? a.line() : a.rest()))
                .orElse(answers);
    }

    private Set<String> townIds() {
        return towns.stream().map(Town::id).collect(Collectors.toUnmodifiableSet());
    }
}
