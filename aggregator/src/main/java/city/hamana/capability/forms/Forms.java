package city.hamana.capability.forms;

import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.capability.people.Town;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
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

    public Forms(People people) {
        towns = people.towns();
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

    /** The answers that a page's inputs gave, in the form in which they are kept; answers of other pages stay. */
    public Answers taken(Answers before, FormPage page, city.hamana.platform.http.Form sent) {
        Answers answers = before;
        for (Field field : page.fields()) {
            answers = switch (field.type()) {
                case FILE -> answers;
                case SEVERAL -> answers.with(field.id(), sent.all(field.id()));
                case ADDRESS ->
                    answers.with(
                                    field.id() + "-town",
                                    sent.text(field.id() + "-town").strip())
                            .with(
                                    field.id() + "-rest",
                                    sent.text(field.id() + "-rest").strip());
                case TEXT, LONG_TEXT, NUMBER, YEN, DATE, YES_NO, ONE_OF, NAME, PHONE, MAIL ->
                    answers.with(
                            field.id(), Check.kept(field, sent.text(field.id()).strip()));
            };
        }
        return answers;
    }

    /** What is wrong on one page; questions that do not apply are passed over. */
    public List<FieldError> errors(Form form, FormPage page, Answers answers, Today today, Language language) {
        Check check = new Check(townIds(), today, language);
        return page.fields().stream()
                .filter(field -> form.asks(field, answers))
                .flatMap(field -> check.error(field, answers).stream())
                .toList();
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
                    lines.add(new Line(part, field, shown(field, answers, page)));
                }
            }
        }
        return lines;
    }

    /**
     * A question with its answer.
     *
     * @param answer as people read it; empty when there is none
     */
    public record Line(FormPage page, Field field, String answer) {}

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

    private String shown(Field field, Answers answers, Page page) {
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
        };
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
