package city.hamana.capability.payments;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.documents.Part;
import city.hamana.capability.people.Address;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.Interval;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Words;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Slips to pay with (納付書): a letter with the address in its window, and three parts to be cut apart. */
final class Slips {
    /** The table that says when bars are printed. */
    static final String TABLE = "slip-barcode";

    private final Documents documents;
    private final People people;
    private final Rules rules;
    private final Supplier<Words> words;
    private final Optional<Collector> city;
    private final Clock clock;
    private final ElQr elQr = new ElQr();

    Slips(
            Documents documents,
            People people,
            Rules rules,
            Supplier<Words> words,
            Optional<Collector> city,
            Clock clock) {
        this.documents = documents;
        this.people = people;
        this.rules = rules;
        this.words = words;
        this.city = city;
        this.clock = clock;
    }

    /** Whether the city has what must stand on them. */
    boolean offered() {
        return city.isPresent();
    }

    /** One file with a page for each charge that is open, at most 200. */
    byte[] pdf(Handle tx, List<ChargeState> charges, String office) {
        List<Part> parts = new ArrayList<>();
        for (ChargeState charge : charges) {
            city.ifPresent(c -> parts.addAll(page(tx, charge, c, office)));
        }
        return documents.sealed("納入通知書", parts);
    }

    private List<Part> page(Handle tx, ChargeState charge, Collector collector, String office) {
        Optional<Party> party = charge.charge().party().isEmpty()
                ? Optional.empty()
                : people.party(tx, charge.charge().party());
        String name = charge.charge().name() + " 様";
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Window(
                List.of(party.flatMap(Party::address).map(Address::line).orElse(""), name), "No. " + charge.id()));
        parts.add(new Part.Right(Era.of(LocalDate.now(clock))));
        parts.add(new Part.Right("湖西市 " + office));
        parts.add(new Part.Heading(charge.reminders() > 0 ? "督促状・納入通知書" : "納入通知書"));
        parts.add(new Part.Text(title(charge) + "を、次の金額のとおり納めてください。下の3枚は切り離さずに、金融機関またはコンビニエンスストアへお持ちください。"));
        if (charge.reminders() > 0) {
            parts.add(new Part.Text("納期限を過ぎても納付が確認できないため、督促します（地方自治法第231条の3第1項）。行き違いで納付済みのときはご容赦ください。"));
        }
        charge.charge()
                .items()
                .forEach(item -> parts.add(
                        new Part.Facts(List.of(new Part.Fact(said(item.words()), "%,d円".formatted(item.yen()))))));
        parts.add(new Part.Stubs(stubs(tx, charge, collector, name)));
        return parts;
    }

    private static String period(String text) {
        return Interval.of(text)
                .map(days -> Era.of(days.first()) + "〜" + Era.of(days.last()))
                .orElse(text.isEmpty() ? "–" : text);
    }

    private List<Part.Stub> stubs(Handle tx, ChargeState charge, Collector collector, String name) {
        List<Part.Fact> facts = List.of(
                new Part.Fact("氏名", name),
                new Part.Fact("お客さま番号", charge.charge().account()),
                new Part.Fact("請求番号", Long.toString(charge.id())),
                new Part.Fact("内容", title(charge)),
                new Part.Fact("期間", period(charge.charge().period())),
                new Part.Fact("納期限", Era.of(charge.due())));
        String yen = "%,d円".formatted(charge.open());
        ElQr.Numbers el = elQr.of(collector, charge.id(), charge.due(), charge.open());
        List<Part.Fact> withNumbers = new ArrayList<>(facts);
        withNumbers.add(new Part.Fact("機関番号", el.body()));
        withNumbers.add(new Part.Fact("納付番号", el.payment()));
        withNumbers.add(new Part.Fact("確認番号・区分", el.confirmation() + " " + el.kind()));
        String bars = bars(tx, charge, collector);
        return List.of(
                new Part.Stub("領収証書（納付者保管）", yen, facts, "領収日付印", "", List.of(), ""),
                new Part.Stub(
                        "納入通知書", yen, withNumbers, "eL-QR 様式" + ElQr.VERSION + "（未確認の見本）", "", List.of(), el.whole()),
                new Part.Stub(
                        "領収済通知書（市保管）",
                        yen,
                        facts,
                        "領収日付印",
                        bars,
                        bars.isEmpty()
                                ? List.of("コンビニエンスストアでは", "お取り扱いできません")
                                : List.of(StoreCode.readable(bars).split("\n")),
                        ""));
    }

    private String bars(Handle tx, ChargeState charge, Collector collector) {
        LocalDate today = LocalDate.now(clock);
        long late = Math.max(0, ChronoUnit.DAYS.between(charge.due(), today));
        boolean printed = charge.open() <= StoreCode.MOST_YEN
                && rules.decide(tx, TABLE, today, Map.of("yen", charge.open(), "days-late", late))
                        .results()
                        .get("barcode")
                        .equals("yes");
        return printed
                ? StoreCode.of(collector.storeCompany(), charge.id(), charge.reminders(), charge.due(), charge.open())
                : "";
    }

    private String title(ChargeState charge) {
        return said(
                charge.charge().title().words(),
                charge.charge().title().values().toArray());
    }

    private String said(String key, Object... values) {
        return words.get().plain(Language.JA, key, values);
    }
}
