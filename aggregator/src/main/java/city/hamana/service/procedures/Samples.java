package city.hamana.service.procedures;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Move;
import city.hamana.capability.cases.Moved;
import city.hamana.capability.cases.QueueFilter;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.Purpose;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.http.Caller;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Invented applications of the demonstration's invented people, one in each state. */
final class Samples {
    private static final Purpose PURPOSE = new Purpose("procedures.counter", "sample");

    /** Of a business that may have a grant. */
    static final Answers GRANT = Answers.NONE
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
            .with("tax-consent", "yes");

    private final Desk desk;
    private final Telling telling;
    private final Opening opening;

    Samples(Desk desk, Telling telling, Opening opening) {
        this.desk = desk;
        this.telling = telling;
        this.opening = opening;
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
                .with("copies", "1")
                .with("members", "2")
                .with("members.0.member-name", "見本 春")
                .with("members.0.member-relation", "spouse")
                .with("members.0.member-born", "1958-04-12")
                .with("members.1.member-name", "見本 夏樹")
                .with("members.1.member-relation", "child");
        opened(tx, "disaster-certificate", "藤田", damage);
        opened(tx, "disaster-certificate", "菅沼", damage.with("cause", "water").with("parts", List.of("above-floor")))
                .ifPresent(file -> {
                    move(tx, file, Act.TAKE, "");
                    move(tx, file, Act.PASS, "現地調査: 床上浸水 35cm、外力なし。準半壊相当と認める。(見本)");
                });
        Answers grant = GRANT.with(
                        "begin", desk.cases().lastDay(desk.today().day(), 25).toString())
                .with("end", desk.cases().lastDay(desk.today().day(), 80).toString());
        opened(tx, "dx-grant", "みなと", costs(grant, "受発注クラウド 1年分(見本)", "443500", "導入の支援(見本)", "240000"))
                .ifPresent(file -> {
                    move(tx, file, Act.TAKE, "");
                    propose(tx, file, "grant", "");
                });
        opened(tx, "dx-grant", "はまな", costs(grant, "表計算ソフト(見本)", "198000"));
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
        opened(tx, "bereavement-desk", "夏目", desks);
        opened(tx, "bereavement-desk", "鈴木", desks).ifPresent(file -> {
            decided(tx, file, "grant", "");
            visited(tx, file);
        });
    }

    /** @param items each with its amount */
    private static Answers costs(Answers before, String... items) {
        Answers answers = before.with("costs", String.valueOf(items.length / 2));
        for (int i = 0; i < items.length; i += 2) {
            answers =
                    answers.with("costs." + i / 2 + ".item", items[i]).with("costs." + i / 2 + ".amount", items[i + 1]);
        }
        return answers;
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
        String json = desk.forms().json(procedure.form(), answers);
        CaseFile file = desk.cases().open(tx, procedure.arrived(party.id(), "person:" + party.id(), json));
        String proof = procedure.identity() ? "document" : "sign-in";
        desk.filings().add(tx, Filing.of(file, proof, "", sums, List.of()), file.opened());
        telling.received(tx, file);
        return file;
    }

    /** What applies is opened at the visit. */
    private void visited(Handle tx, CaseFile file) {
        Procedure procedure = desk.catalogue().find(file.kind()).orElseThrow();
        Answers answers = desk.forms().answers(procedure.form(), file.data());
        List<Procedure.Opens> applying = Guides.of(procedure, answers).stream()
                .flatMap(guide -> guide.opens().stream())
                .toList();
        Caller.Person staff = staff(file.department(), Rank.OFFICER);
        opening.open(tx, staff, file, answers, applying, "driving-licence");
    }

    private void decided(Handle tx, CaseFile file, String outcome, String reason) {
        move(tx, file, Act.TAKE, "");
        propose(tx, file, outcome, reason);
        move(tx, file, Act.DECIDE, "");
    }

    private void propose(Handle tx, CaseFile file, String outcome, String reason) {
        Procedure procedure = desk.catalogue().find(file.kind()).orElseThrow();
        Answers answers = desk.forms().answers(procedure.form(), file.data());
        Sums sums = desk.reckoning().of(tx, procedure, answers, desk.today().day());
        desk.filings()
                .proposed(tx, file.id(), outcome, reason, outcome.equals("grant") ? sums.amountYen() : 0, sums.rules());
        move(tx, file, Act.PROPOSE, "");
    }

    private void move(Handle tx, CaseFile file, Act act, String note) {
        CaseFile now = desk.cases().file(tx, file.id()).orElseThrow();
        boolean second = act == Act.AGREE || act == Act.DECIDE;
        Caller.Person who = staff(now.department(), second ? Rank.MANAGER : Rank.OFFICER, second ? "0-2" : "0-1");
        Moved moved = desk.cases().move(tx, who, Move.of(file.id(), act).saying(note));
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
