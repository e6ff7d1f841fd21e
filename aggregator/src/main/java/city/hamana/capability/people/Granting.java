package city.hamana.capability.people;

import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.html.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the counter checks before it enters that one party may act for another. When a child comes of age (民法 §4), and with
 * it the parents' right ends, is a decision table: {@code guardianship-end}.
 */
final class Granting {
    static final String TABLE = "guardianship-end";
    /** A proxy's word is not for ever (任意代理): a year, then it is given again. */
    private static final int MOST_DAYS = 366;

    private static final int MOST_YEARS = 100;
    private static final int LONGEST_NOTE = 200;

    /** As it was typed; days as the form sends them. */
    record Asked(String agent, String kind, String evidence, String note, String from, String until) {}

    /** What came of it. */
    sealed interface Answer {
        record Whole(NewMandate mandate) implements Answer {}

        record Wrong(List<FieldError> errors) implements Answer {}
    }

    /** The last instant that the law allows, and by which row of the table. */
    private record Limit(Optional<LocalDate> day, String rule) {}

    private final Parties parties;
    private final Mandates mandates;
    private final Rules rules;
    private final List<Evidence> evidence;

    Granting(Parties parties, Mandates mandates, Rules rules) {
        this.parties = parties;
        this.mandates = mandates;
        this.rules = rules;
        this.evidence = Lists.own(
                "evidence.csv",
                row -> new Evidence(row.get("code"), Mandate.Kind.ofCode(row.get("kind")), row.get("ground")));
    }

    /** The documents that show a right of one of these kinds. */
    List<Evidence> evidence(List<Mandate.Kind> kinds) {
        return evidence.stream().filter(e -> kinds.contains(e.kind())).toList();
    }

    /**
     * @param kinds that may be entered here
     * @param now the city's time, from which on it may hold
     */
    Answer check(Handle tx, Party principal, Asked asked, List<Mandate.Kind> kinds, Instant now, ZoneId zone) {
        List<FieldError> errors = new ArrayList<>();
        Optional<Party> agent = parties.party(tx, asked.agent)
                .filter(party ->
                        party.kind() == Party.Kind.PERSON && !party.id().equals(principal.id()));
        if (agent.isEmpty()) {
            errors.add(FieldError.of("agent", "people.grant.agent-wrong"));
        }
        Optional<Evidence> seen = evidence(kinds).stream()
                .filter(e -> e.code().equals(asked.evidence) && e.kind().code().equals(asked.kind))
                .findFirst();
        if (seen.isEmpty()) {
            errors.add(FieldError.of("evidence", "people.grant.evidence-wrong"));
        } else if (!seen.get().kind().fits(principal.kind())) {
            errors.add(FieldError.of("kind", "people.grant.kind-wrong"));
        }
        if (asked.note.length() > LONGEST_NOTE || Names.complaint(asked.note).isPresent()) {
            errors.add(FieldError.of("note", "people.grant.note-wrong"));
        }
        LocalDate today = LocalDate.ofInstant(now, zone);
        Optional<LocalDate> from = asked.from.isEmpty() ? Optional.of(today) : MandatePages.day(asked.from);
        if (from.isEmpty() || from.get().isBefore(today) || from.get().isAfter(today.plusDays(MOST_DAYS))) {
            errors.add(FieldError.of("from", "people.grant.from-wrong"));
        }
        if (!errors.isEmpty()) {
            return new Answer.Wrong(errors);
        }
        Limit limit = limit(tx, principal, seen.get(), from.get());
        Optional<LocalDate> last = MandatePages.day(asked.until);
        untilErrors(principal, seen.get(), asked, from.get(), last, limit).ifPresent(errors::add);
        Instant begin = from.get().equals(today) ? now : start(from.get(), zone);
        Optional<Instant> end =
                last.map(day -> start(day.plusDays(1), zone)).or(() -> limit.day.map(day -> start(day, zone)));
        NewMandate mandate = new NewMandate(
                principal.id(),
                agent.get().id(),
                seen.get().kind(),
                begin,
                end,
                asked.evidence,
                asked.note,
                limit.rule);
        conflict(tx, mandate, zone).ifPresent(errors::add);
        return errors.isEmpty() ? new Answer.Whole(mandate) : new Answer.Wrong(errors);
    }

    private static Optional<FieldError> untilErrors(
            Party principal, Evidence seen, Asked asked, LocalDate from, Optional<LocalDate> last, Limit limit) {
        if (seen.ground().equals("minor") && principal.born().isEmpty()) {
            return Optional.of(FieldError.of("evidence", "people.grant.born-missing"));
        }
        if (limit.day.isPresent() && !from.isBefore(limit.day.get())) {
            return Optional.of(FieldError.of("evidence", "people.grant.of-age", limit.day.get()));
        }
        if (last.isEmpty() && (!asked.until.isEmpty() || seen.kind() == Mandate.Kind.PROXY)) {
            return Optional.of(FieldError.of("until", "people.grant.until-wrong"));
        }
        LocalDate latest = seen.kind() == Mandate.Kind.PROXY ? from.plusDays(MOST_DAYS) : from.plusYears(MOST_YEARS);
        boolean tooLong = last.isPresent() && last.get().isAfter(latest);
        if (tooLong || (last.isPresent() && last.get().isBefore(from))) {
            return Optional.of(FieldError.of("until", "people.grant.until-wrong"));
        }
        boolean beyond =
                last.isPresent() && limit.day.isPresent() && !last.get().isBefore(limit.day.get());
        return beyond
                ? Optional.of(FieldError.of("until", "people.grant.beyond-age", limit.day.get()))
                : Optional.empty();
    }

    /** One right is not entered twice for the same days; and nobody is the guardian of their own guardian. */
    private Optional<FieldError> conflict(Handle tx, NewMandate wanted, ZoneId zone) {
        for (Mandate other : mandates.between(tx, wanted.principal(), wanted.agent())) {
            boolean sameWay = other.principal().equals(wanted.principal());
            boolean sameKind = other.kind() == wanted.kind();
            boolean guardians = sameKind && wanted.kind() == Mandate.Kind.GUARDIAN;
            if (overlap(other, wanted) && sameWay && sameKind) {
                LocalDate begin = LocalDate.ofInstant(other.from(), zone);
                return Optional.of(FieldError.of("agent", "people.grant.overlap", begin));
            }
            if (overlap(other, wanted) && !sameWay && guardians) {
                return Optional.of(FieldError.of("agent", "people.grant.other-way"));
            }
        }
        return Optional.empty();
    }

    private static boolean overlap(Mandate other, NewMandate wanted) {
        return other.ended().isEmpty()
                && other.until().map(wanted.from()::isBefore).orElse(true)
                && wanted.until().map(other.from()::isBefore).orElse(true);
    }

    private Limit limit(Handle tx, Party principal, Evidence seen, LocalDate on) {
        if (seen.kind() != Mandate.Kind.GUARDIAN || principal.born().isEmpty()) {
            return new Limit(Optional.empty(), "");
        }
        LocalDate born = principal.born().get();
        Decision decision = rules.decide(tx, TABLE, on, Map.of("ground", seen.ground(), "born", born));
        int years = Integer.parseInt(decision.results().get("years"));
        String rule = decision.table() + "@" + decision.version() + "#" + decision.row();
        if (years == 0) {
            return new Limit(Optional.empty(), rule);
        }
        LocalDate earliest = LocalDate.parse(decision.results().get("not-before"));
        LocalDate day = ofAge(born, years);
        return new Limit(Optional.of(day.isBefore(earliest) ? earliest : day), rule);
    }

    /**
     * The first day on which somebody has this age. It is reached as the day before the birthday ends (年齢計算ニ関する法律):
     * who was born on 29 February has it on 1 March of a year without that day.
     */
    static LocalDate ofAge(LocalDate born, int years) {
        LocalDate day = born.plusYears(years);
        return day.getDayOfMonth() == born.getDayOfMonth() ? day : day.plusDays(1);
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
