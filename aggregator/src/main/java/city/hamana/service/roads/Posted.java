package city.hamana.service.roads;

import city.hamana.capability.maps.Place;
import city.hamana.platform.http.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program posted as a request (GeoReport v2, POST Service Request). Names and telephone numbers that the standard
 * lets it send are not kept.
 *
 * @param code of the service; empty when none was sent
 */
record Posted(Call call, String code) {
    private static final int LONGEST_DESCRIPTION = 4_000;
    private static final int LONGEST_ADDRESS = 400;
    private static final int LONGEST_URL = 1_000;

    Optional<Place> place() {
        return Place.of(call.field("long"), call.field("lat"));
    }

    NewReport report(Category category) {
        return new NewReport(
                category,
                place(),
                (call.field("address_string") + " " + call.field("address_id")).strip(),
                description().strip(),
                answers(),
                call.page().language(),
                "open311",
                call.field("media_url"),
                call.field("email"),
                "");
    }

    /** The first thing that is missing or wrong. */
    Optional<Open311.Wrong> wrong(Optional<Category> category) {
        if (category.isEmpty()) {
            return Optional.of(
                    code.isEmpty()
                            ? new Open311.Wrong(400, "service_code was not provided")
                            : new Open311.Wrong(404, "service_code was not found"));
        }
        return wrongPlace().or(this::wrongText).or(() -> wrongAnswer(category.get(), answers()));
    }

    private Optional<Open311.Wrong> wrongPlace() {
        boolean pair = !call.field("lat").isEmpty() || !call.field("long").isEmpty();
        String address = call.field("address_string") + call.field("address_id");
        if (!pair && address.isEmpty()) {
            return bad("lat and long, address_string or address_id must be provided");
        }
        if (pair && place().isEmpty()) {
            return bad("lat and long must both be numbers in degrees, WGS84");
        }
        return address.length() < LONGEST_ADDRESS ? Optional.empty() : bad("an address has up to 400 characters");
    }

    private Optional<Open311.Wrong> wrongText() {
        String link = call.field("media_url");
        if (description().length() > LONGEST_DESCRIPTION) {
            return bad("description has up to 4000 characters");
        }
        // It is kept as a text for staff. Nothing here fetches it: a sender must not choose whom this server calls.
        if (!link.isEmpty() && (link.length() > LONGEST_URL || !link.matches("https?://[^\\s<>\"]+"))) {
            return bad("media_url must be an http or https address");
        }
        return call.field("email").isEmpty() || Followers.isMail(call.field("email"))
                ? Optional.empty()
                : bad("email is not an address");
    }

    private static Optional<Open311.Wrong> wrongAnswer(Category category, Map<String, List<String>> answers) {
        for (Category.Question question : category.questions()) {
            List<String> given = answers.getOrDefault(question.code(), List.of());
            if (question.must() && given.isEmpty()) {
                return bad("attribute[" + question.code() + "] was not provided");
            }
            if (!question.takes(given)) {
                return bad("attribute[" + question.code() + "] has a value that is not in the definition");
            }
        }
        List<String> known =
                category.questions().stream().map(Category.Question::code).toList();
        return known.containsAll(answers.keySet())
                ? Optional.empty()
                : bad("an attribute was provided that the definition does not have");
    }

    /** {@code attribute[size]=small}, {@code attribute[fault][]=broken}. */
    private Map<String, List<String>> answers() {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        call.form().fields().forEach((name, values) -> {
            if (name.matches("attribute\\[[a-z]{1,40}\\](\\[\\])?")) {
                List<String> given = values.stream()
                        .map(String::strip)
                        .filter(v -> !v.isEmpty())
                        .toList();
                String question = name.replaceAll("attribute\\[([a-z]+)\\].*", "$1");
                answers.computeIfAbsent(question, q -> new ArrayList<>()).addAll(given);
            }
        });
        return answers;
    }

    private String description() {
        return call.form().text("description");
    }

    private static Optional<Open311.Wrong> bad(String description) {
        return Optional.of(new Open311.Wrong(400, description));
    }
}
