package city.hamana.capability.people;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Letting somebody act for one: inviting, accepting, ending. */
final class MandatePages {
    private static final String HERE = "city/hamana/capability/people/";
    private static final int MOST_DAYS = 366;
    private static final Set<String> SAID = Set.of("mandate-accepted", "mandate-ended", "invitation-over");

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource clock;
    private final Parties parties;
    private final Mandates mandates;
    private final Mandating mandating;
    private final Invitations invitations;
    private final URI site;

    MandatePages(
            Database database,
            Events events,
            Html html,
            InstantSource clock,
            Parties parties,
            Mandates mandates,
            Mandating mandating,
            Invitations invitations,
            URI site) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.parties = parties;
        this.mandates = mandates;
        this.mandating = mandating;
        this.invitations = invitations;
        this.site = site;
    }

    void routes(Routes routes) {
        routes.get("/me/mandates", Role.RESIDENT, call -> page(call, Typed.empty(""), ""))
                .post("/me/mandates", Role.RESIDENT, this::invite)
                .get("/me/mandates/accept", Role.RESIDENT, this::acceptForm)
                .post("/me/mandates/accept", Role.RESIDENT, this::accept)
                .post("/me/mandates/{id}/end", Role.RESIDENT, this::end);
    }

    private Reply invite(Call call) {
        Optional<LocalDate> until = day(call.field("until"));
        LocalDate today = LocalDate.ofInstant(clock.instant(), call.page().zone());
        boolean fits = until.map(day -> day.isAfter(today) && day.isBefore(today.plusDays(MOST_DAYS)))
                .orElse(false);
        if (!fits) {
            List<FieldError> errors = List.of(FieldError.of("until", "people.mandate.until.wrong"));
            return page(call, new Typed("", Map.of("until", call.field("until")), errors), "")
                    .withStatus(400);
        }
        Instant end = until.get().plusDays(1).atStartOfDay(call.page().zone()).toInstant();
        String code = database.inTransaction(tx -> {
            String made = invitations.make(tx, call.person().id(), end);
            String self = call.person().id();
            Event event = new Event(
                    clock.instant(), "people.proxy-invited", call.caller().actor(), Party.subject(self), Map.of());
            events.append(tx, event);
            return made;
        });
        return page(
                call,
                Typed.empty(""),
                site.resolve("/me/mandates/accept?code=" + code).toString());
    }

    private Reply acceptForm(Call call) {
        String code = call.query("code").orElse("");
        Optional<MandateOffer> offer = database.inTransaction(tx -> invitations
                .invitation(tx, code)
                .flatMap(found -> parties.party(tx, found.principal())
                        .filter(principal ->
                                !principal.id().equals(call.person().id()))
                        .map(principal ->
                                new MandateOffer(code, principal.names().written(), found.until()))));
        return offer.map(found -> Reply.html(html.render(HERE + "mandate-accept", call.page(), found)))
                .orElseGet(() -> Reply.seeOther("/me/mandates?said=invitation-over"));
    }

    private Reply accept(Call call) {
        String code = call.field("code");
        String agent = call.person().id();
        boolean accepted = database.inTransaction(tx -> {
            Optional<Invitations.Invitation> found = invitations
                    .invitation(tx, code)
                    .filter(invitation -> !invitation.principal().equals(agent))
                    .filter(invitation -> invitations.take(tx, code));
            found.ifPresent(invitation -> {
                NewMandate mandate = NewMandate.ofOwnWord(
                        invitation.principal(),
                        agent,
                        Mandate.Kind.PROXY,
                        clock.instant(),
                        Optional.of(invitation.until()));
                mandating.give(tx, call.caller().actor(), mandate);
            });
            return found.isPresent();
        });
        return Reply.seeOther("/me/mandates?said=" + (accepted ? "mandate-accepted" : "invitation-over"));
    }

    /** Either side may end a proxy's; somebody else's is not there for the caller. */
    private Reply end(Call call) {
        String self = call.person().id();
        boolean ended = database.holds(tx -> mandates.mandate(tx, Parties.number(call.part("id")))
                .filter(m -> m.kind() == Mandate.Kind.PROXY)
                .filter(m -> m.agent().equals(self) || m.principal().equals(self))
                .filter(m -> mandating.end(tx, call.caller().actor(), m))
                .isPresent());
        return ended ? Reply.seeOther("/me/mandates?said=mandate-ended") : Reply.notFound();
    }

    private Reply page(Call call, Typed form, String link) {
        String self = call.person().id();
        String said = call.query("said").filter(SAID::contains).orElse("");
        MandatePage page = database.inTransaction(tx -> {
            List<Mandate> list = mandates.of(tx, self);
            return new MandatePage(self, list, mandating.names(tx, list), form, link, said);
        });
        return Reply.html(html.render(HERE + "mandates", call.page(), page));
    }

    static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
