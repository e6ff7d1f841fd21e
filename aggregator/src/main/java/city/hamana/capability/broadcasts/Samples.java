package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Announcement;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.people.Party;
import city.hamana.platform.text.Language;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Invented broadcasts for a demonstration: one that waits for approval, one that is being written. */
final class Samples {
    private final Store store;
    private final Clock city;

    Samples(Store store, Clock city) {
        this.store = store;
        this.city = city;
    }

    void add(Handle tx) {
        if (!store.list(tx, "suido").isEmpty()) {
            return;
        }
        long waiting = store.add(tx, works());
        store.move(tx, waiting, State.WAITING, "", "");
        store.add(tx, draft());
    }

    private Broadcast works() {
        Map<Language, Announcement.Text> texts = Map.of(
                Language.JA,
                new Announcement.Text(
                        "【見本】水道管の工事による断水のお知らせ", "新居地区で水道管の取り替え工事を行うため、夜10時から翌朝5時まで水が出なくなります。\n飲み水はあらかじめくみ置きしてください。"),
                Language.EASY_JA,
                new Announcement.Text("【みほん】水が 止まります", "夜10時から 朝5時まで、水が 出ません。水道の 工事を します。\n飲む 水を 先に 用意してください。"),
                Language.PT,
                new Announcement.Text(
                        "[Exemplo] Corte de água por obras",
                        "Por causa de obras na tubulação em Arai, não haverá água das 22h às 5h.\nReserve água para beber."),
                Language.EN,
                new Announcement.Text(
                        "[Sample] Water cut for works",
                        "Water pipes in Arai are being replaced: there will be no water from 10 pm to 5 am.\n"
                                + "Please keep drinking water ready."));
        return broadcast(texts, new Segment.All(List.of(new Segment.Kind(Party.Kind.PERSON))), Urgency.PROMPT);
    }

    private Broadcast draft() {
        Map<Language, Announcement.Text> texts = Map.of(
                Language.JA, new Announcement.Text("【見本】冬の水道管の凍結にご注意ください", "夜の気温がマイナス4度を下回るときは、水道管を布などで覆ってください。"));
        return broadcast(
                texts,
                new Segment.All(List.of(new Segment.Age(65, 150), new Segment.Speaks(Set.of(Language.JA)))),
                Urgency.ORDINARY);
    }

    private Broadcast broadcast(Map<Language, Announcement.Text> texts, Segment segment, Urgency urgency) {
        return new Broadcast(
                0,
                1,
                State.DRAFT,
                "suido",
                "system",
                texts,
                segment,
                Topic.WATER,
                urgency,
                "/water",
                false,
                city.instant().plus(Duration.ofDays(1)),
                "",
                0,
                "");
    }
}
