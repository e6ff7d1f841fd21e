package city.hamana.service.procedures;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Move;
import city.hamana.capability.cases.Moved;
import city.hamana.capability.cases.NewCase;
import city.hamana.capability.cases.QueueFilter;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.Purpose;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.http.Caller;
import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Invented applications of the demonstration's invented people, one in each state. */
final class Samples {
    private static final Purpose PURPOSE = new Purpose("procedures.counter", "sample");

    private final Desk desk;
    private final Telling telling;

    Samples(Desk desk, Telling telling) {
        this.desk = desk;
        this.telling = telling;
    }

    void add(Handle tx) {
        boolean there = desk.catalogue().all().stream()
                .anyMatch(p -> !desk.cases().queue(tx, all(p)).isEmpty());
        if (there) {
            return;
        }
        residenceCopies(tx);
        water(tx);
        others(tx);
    }

    private static QueueFilter all(Procedure procedure) {
        return new QueueFilter(
                Optional.empty(),
                Optional.of(procedure.code()),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                "",
                1);
    }

    private void residenceCopies(Handle tx) {
        Answers copy = Answers.NONE
                .with("scope", "household")
                .with("contents", List.of("relation"))
                .with("copies", "2")
                .with("purpose", "school")
                .with("delivery", "post");
        opened(tx, "residence-copy", "渡邉", copy);
        opened(tx, "residence-copy", "Maria", copy.with("copies", "1").with("contents", List.of("nationality")))
                .ifPresent(file -> {
                    move(tx, file, Act.TAKE, "");
                    desk.filings().asked(tx, file.id(), List.of("purpose"));
                    move(tx, file, Act.RETURN, "使いみちをもう少しくわしく教えてください。(見本)");
                });
        opened(tx, "residence-copy", "夏目", copy.with("delivery", "counter"))
                .ifPresent(file -> decided(tx, file, "grant", ""));
    }

    private void water(Handle tx) {
        LocalDate day = desk.cases().lastDay(desk.today().day(), 5);
        Answers start =
                Answers.NONE.with("kind", "start").with("day", day.toString()).with("present", "no");
        opened(tx, "water-start-stop", "João", start);
        opened(tx, "water-start-stop", "高栁", start);
        opened(tx, "water-start-stop", "山本", start).ifPresent(file -> move(tx, file, Act.TAKE, ""));
        opened(tx, "water-start-stop", "疋田", start.with("kind", "name"))
                .ifPresent(file -> decided(tx, file, "refuse", "届け出られた場所の水道を特定できないため。"));
    }

    private void others(Handle tx) {
        Answers damage = Answers.NONE
                .with("dwelling", "yes")
                .with("cause", "wind")
                .with("day", desk.today().day().minusDays(9).toString())
                .with("parts", List.of("roof", "wall"))
                .with("story", "台風で屋根の瓦が落ちました。(見本)")
                .with("self-judged", "no")
                .with("copies", "1");
        opened(tx, "disaster-certificate", "藤田", damage);
        Answers grant = Answers.NONE
                .with("in-city", "yes")
                .with("one-year", "yes")
                .with("tax-paid", "yes")
                .with("excluded", "no")
                .with("other-grant", "no")
                .with("begun", "no")
                .with("representative", "見本 太郎")
                .with("kind", "software")
                .with("project-title", "受発注のクラウド化(見本)")
                .with("plan", "電話とファクスで受けている注文をクラウドで受け、入力の手間を減らす。(見本)")
                .with("begin", desk.cases().lastDay(desk.today().day(), 25).toString())
                .with("end", desk.cases().lastDay(desk.today().day(), 80).toString())
                .with("cost", "683500")
                .with("tax-consent", "yes");
        opened(tx, "dx-grant", "みなと", grant).ifPresent(file -> {
            move(tx, file, Act.TAKE, "");
            propose(tx, file, "grant", "");
        });
        opened(tx, "dx-grant", "はまな", grant.with("cost", "198000"));
        LocalDate visit = desk.cases().lastDay(desk.today().day(), 6);
        Answers desks = Answers.NONE
                .with("deceased-name", "見本 一郎")
                .with("died", desk.today().day().minusDays(6).toString())
                .with("attributes", List.of("pension", "insurance", "house", "water"))
                .with("first-day", visit.toString())
                .with("first-time", "t1030")
                .with("second-day", visit.toString())
                .with("second-time", "t1330")
                .with("relation", "child")
                .with("interpreter", "none");
        opened(tx, "bereavement-desk", "鈴木", desks);
    }

    /** Empty when there is nobody of that name. */
    private Optional<CaseFile> opened(Handle tx, String code, String name, Answers answers) {
        Procedure procedure = desk.catalogue().find(code).orElseThrow();
        return desk.people().search(tx, staff(procedure.department(), Rank.OFFICER), name, PURPOSE).stream()
                .filter(party -> CataloguePages.suits(procedure, party))
                .findFirst()
                .map(party -> opened(tx, procedure, party, answers));
    }

    private CaseFile opened(Handle tx, Procedure procedure, Party party, Answers more) {
        Answers answers = desk.forms().prefilled(procedure.form(), party);
        for (var entry : more.values().entrySet()) {
            answers = answers.with(entry.getKey(), entry.getValue());
        }
        Sums sums = desk.reckoning().of(tx, procedure, answers, desk.today().day());
        CaseFile file = desk.cases()
                .open(
                        tx,
                        new NewCase(
                                procedure.code(),
                                procedure.title().plain(Language.JA),
                                Optional.of(party.id()),
                                "person:" + party.id(),
                                procedure.department(),
                                desk.forms().json(procedure.form(), answers),
                                procedure.days(),
                                Optional.empty()));
        desk.filings()
                .add(
                        tx,
                        new Filing(
                                file.id(),
                                procedure.code(),
                                procedure.identity() ? "document" : "sign-in",
                                "",
                                sums.feeYen(),
                                sums.rules(),
                                sums.eligible(),
                                List.of(),
                                "",
                                "",
                                0,
                                ""),
                        file.opened());
        telling.received(tx, file);
        return file;
    }

    private void decided(Handle tx, CaseFile file, String outcome, String reason) {
        move(tx, file, Act.TAKE, "");
        propose(tx, file, outcome, reason);
        Procedure procedure = desk.catalogue().find(file.kind()).orElseThrow();
        desk.cases().move(tx, staff(file.department(), Rank.MANAGER, "0-2"), Move.of(file.id(), Act.DECIDE));
        Filing filing = desk.filings().find(tx, file.id()).orElseThrow();
        String name = file.applicant().map(party -> desk.name(tx, party)).orElse("");
        desk.filings()
                .document(
                        tx,
                        file.id(),
                        desk.letters()
                                .decision(tx, procedure, file, filing, name)
                                .number());
    }

    private void propose(Handle tx, CaseFile file, String outcome, String reason) {
        Procedure procedure = desk.catalogue().find(file.kind()).orElseThrow();
        Answers answers = desk.forms().answers(procedure.form(), file.data());
        Sums sums = desk.reckoning().of(tx, procedure, answers, desk.today().day());
        desk.filings()
                .proposed(tx, file.id(), outcome, reason, outcome.equals("grant") ? sums.amountYen() : 0, sums.rules());
        desk.cases()
                .move(
                        tx,
                        staff(file.department(), Rank.OFFICER),
                        Move.of(file.id(), Act.PROPOSE)
                                .needing(procedure.decision().rank()));
    }

    private void move(Handle tx, CaseFile file, Act act, String note) {
        Moved moved = desk.cases()
                .move(
                        tx,
                        staff(file.department(), Rank.OFFICER),
                        Move.of(file.id(), act).saying(note));
        if (!(moved instanceof Moved.Done)) {
            throw new IllegalStateException("a sample could not be moved: " + moved);
        }
    }

    private static Caller.Person staff(String department, Rank rank) {
        return staff(department, rank, "0-1");
    }

    private static Caller.Person staff(String department, Rank rank, String id) {
        return new Caller.Person(
                id, "見本 職員", Set.of(Role.STAFF), Optional.of(new Post(department, rank)), Proof.TWO_FACTORS);
    }
}
