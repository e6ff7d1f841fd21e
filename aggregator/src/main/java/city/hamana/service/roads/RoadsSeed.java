package city.hamana.service.roads;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.Attached;
import city.hamana.capability.cases.Cases;
import city.hamana.capability.cases.Checked;
import city.hamana.capability.maps.Place;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Upload;
import city.hamana.platform.text.Language;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reports for a demonstration: invented, in every state, with drawn pictures. */
final class RoadsSeed {
    private static final Caller.Person OFFICER = new Caller.Person(
            "sample-doboku",
            "見本 土木",
            Set.of(Role.STAFF),
            Optional.of(new Post("doboku", Rank.OFFICER)),
            Proof.ONE_FACTOR);

    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    "pothole",
                    137.5373,
                    34.7131,
                    "コンビニの前",
                    "車道に穴があり、自転車で転びそうになった。",
                    "size=large;where=lane",
                    2,
                    Stage.TAKEN),
            new Sample("light", 137.5662, 34.6935, "新居小学校の西の角", "夜、まっくらです。", "lamp=off", 5, Stage.RECEIVED),
            new Sample("mirror", 137.5080, 34.7161, "岡崎小学校の北", "カーブミラーが下を向いている。", "fault=turned", 12, Stage.ANSWERED),
            new Sample("gutter", 137.5450, 34.7152, "鷲津駅の南の細い道", "側溝のふたが割れている。", "gutter=lid", 4, Stage.ORDERED),
            new Sample("tree", 137.5181, 34.7590, "知波田へ行く坂", "大きな枝が歩道に落ちている。", "pass=walk", 1, Stage.RECEIVED),
            new Sample("debris", 137.5202, 34.6856, "潮見坂の下", "国道に木材が落ちている。", "where=edge", 0, Stage.RECEIVED),
            new Sample("pothole", 137.5002, 34.7200, "新所原駅の近く", "小さい穴。", "size=small", 30, Stage.FIXED),
            new Sample("animal", 137.5500, 34.6962, "新居の県道", "たぬき。", "where=lane", 20, Stage.NOT_FOUND),
            new Sample("leak", 137.5310, 34.7188, "市役所の東", "晴れているのに道がぬれている。", "flow=ooze", 1, Stage.RECEIVED),
            new Sample("pothole", 137.53735, 34.71312, "コンビニの入口", "穴があぶない。", "size=middle", 1, Stage.SAME),
            new Sample("sinkhole", 137.5860, 34.6897, "弁天線の橋の手前", "道路が30センチくらい沈んでいる。", "pass=walk", 0, Stage.TAKEN));

    private final InstantSource clock;
    private final Cases cases;
    private final ReportStore store;
    private final Reports reports;
    private final Categories categories;

    private enum Stage {
        RECEIVED,
        TAKEN,
        ANSWERED,
        ORDERED,
        FIXED,
        NOT_FOUND,
        SAME
    }

    private record Sample(
            String category,
            double longitude,
            double latitude,
            String landmark,
            String detail,
            String answers,
            int daysAgo,
            Stage stage) {}

    RoadsSeed(InstantSource clock, Cases cases, ReportStore store, Reports reports, Categories categories) {
        this.clock = clock;
        this.cases = cases;
        this.store = store;
        this.reports = reports;
        this.categories = categories;
    }

    void sow(Handle tx) {
        Filter any = new Filter("all", "", "", "", "", Optional.empty(), clock.instant(), 1);
        if (store.list(tx, any).isEmpty()) {
            Report first = sow(tx, SAMPLES.getFirst(), 0);
            for (int i = 1; i < SAMPLES.size(); i++) {
                Report report = sow(tx, SAMPLES.get(i), i);
                if (SAMPLES.get(i).stage() == Stage.SAME) {
                    reports.merge(tx, OFFICER, report, first);
                }
            }
        }
    }

    private Report sow(Handle tx, Sample sample, int number) {
        Map<String, List<String>> answers = answers(sample.answers());
        NewReport arrived = new NewReport(
                categories.named(sample.category()),
                Optional.of(new Place(sample.longitude(), sample.latitude())),
                sample.landmark(),
                sample.detail(),
                answers,
                Language.JA,
                "web",
                "",
                "",
                "");
        Report report = reports.open(tx, new Caller.Stranger(), arrived).report();
        store.age(tx, report.id(), Duration.ofDays(sample.daysAgo()));
        if (cases.check(new Upload("photo", "sample.png", SamplePicture.png(sample.category(), number)))
                instanceof Checked.Clean photo) {
            Optional<Attached> kept = cases.attach(tx, new Caller.Stranger(), report.subject(), "photo", photo);
            boolean shown = sample.stage() != Stage.RECEIVED && sample.stage() != Stage.SAME;
            kept.filter(k -> shown).ifPresent(k -> reports.show(tx, OFFICER, report, sample.detail(), k.id()));
        }
        go(tx, report, sample.stage());
        tellOwner(tx, report);
        store.ageDue(tx, report.id(), Duration.ofDays(sample.daysAgo()));
        return report;
    }

    /** One owner outside the city was told, and has answered. */
    private void tellOwner(Handle tx, Report report) {
        if (report.foreign() && report.category().equals("debris")) {
            String facts = report.id() + "\n" + report.landmark() + "\n(見本)";
            reports.tellOwner(tx, OFFICER, report, "", facts, "");
            reports.told(tx, report.id())
                    .forEach(told -> reports.ownerSaid(tx, OFFICER, told, "accepted", "本日中に巡回で確認します。(見本)"));
        }
    }

    private void go(Handle tx, Report report, Stage stage) {
        switch (stage) {
            case RECEIVED, SAME -> {}
            case TAKEN -> cases.move(tx, OFFICER, report.id(), Act.TAKE, "");
            case ANSWERED -> {
                cases.move(tx, OFFICER, report.id(), Act.TAKE, "");
                reports.say(tx, OFFICER, report, "planned", "来週、向きを直します。", Optional.empty());
            }
            case ORDERED -> {
                cases.move(tx, OFFICER, report.id(), Act.TAKE, "");
                String until =
                        clock.instant().plus(Duration.ofDays(3)).toString().substring(0, 10);
                Report.Order order = new Report.Order("道路維持班(見本)", until, "側溝のふた1枚を取り替える。");
                reports.order(tx, OFFICER, report, order);
            }
            case FIXED -> reports.close(tx, OFFICER, report.id(), 0, "fixed", "穴をふさぎました。お知らせありがとうございました。");
            case NOT_FOUND -> reports.close(tx, OFFICER, report.id(), 0, "not-found", "");
        }
    }

    private static Map<String, List<String>> answers(String text) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String pair : text.split(";", 10)) {
            String[] both = pair.split("=", 2);
            answers.put(both[0], List.of(both[1]));
        }
        return answers;
    }
}
