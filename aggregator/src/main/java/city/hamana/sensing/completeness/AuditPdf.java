package city.hamana.sensing.completeness;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.documents.Part;
import city.hamana.link.DeviceIdentity;
import city.hamana.platform.html.Page;
import city.hamana.platform.text.Language;
import city.hamana.sensing.ingest.Account;
import city.hamana.sensing.ingest.Gap;
import city.hamana.sensing.ingest.Said;
import city.hamana.sensing.ingest.SignedLoss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One device's report as a sealed PDF in Japanese, whatever the reader's language: it is a document of the city's. */
final class AuditPdf {
    private static final List<Float> GAP = List.of(0.22f, 0.18f, 0.2f, 0.2f, 0.2f);
    private static final List<Float> LOSS = List.of(0.26f, 0.12f, 0.24f, 0.18f, 0.2f);

    private final Report report;
    private final Page page;
    private final List<Part> parts = new ArrayList<>();

    private AuditPdf(Report report, Page page) {
        this.report = report;
        this.page = page;
    }

    /**
     * The sealed file.
     *
     * @param identity whose key seals, named in the file
     */
    static byte[] of(Report report, Page reader, DeviceIdentity identity, Documents documents) {
        Page page = new Page(reader.frame(), Language.JA, reader.size(), reader.reader(), reader.path(), reader.csrf());
        String title = page.plain("completeness.report", report.account().device());
        AuditPdf pdf = new AuditPdf(report, page);
        pdf.write(identity);
        return documents.sealed(title, pdf.parts);
    }

    private void write(DeviceIdentity identity) {
        Period period = report.period();
        text(words("completeness.pdf-period", page.fullDay(period.from()), page.fullDay(period.to())));
        text(words("completeness.pdf-made", full(report.now()), identity.deviceId()));
        parts.add(new Part.Heading(
                report.missing() == 0
                        ? words("completeness.whole")
                        : words("completeness.not-whole", count(report.missing()))));
        small(words("completeness.lead"));
        counts();
        gaps(Gap.Kind.MISSING);
        gaps(Gap.Kind.PENDING);
        losses();
        gaps(Gap.Kind.LOST);
        gaps(Gap.Kind.SET_ASIDE);
        parts.add(new Part.Space());
        small(words("completeness.pdf-proof", identity.keyid()));
    }

    private void counts() {
        Account account = report.account();
        parts.add(new Part.Facts(List.of(
                fact("completeness.held", account.held()),
                fact("completeness.pending", account.blocks(Gap.Kind.PENDING)),
                fact("completeness.lost", account.blocks(Gap.Kind.LOST)),
                fact("completeness.lost-samples", account.lostSamples()),
                fact("completeness.set-aside", account.setAside()),
                fact("completeness.untimed", account.untimed()),
                fact("completeness.missing", report.missing()))));
        for (Said said : report.said()) {
            small(words("completeness.said", said.by(), full(said.at())));
        }
    }

    private Part.Fact fact(String word, long number) {
        return new Part.Fact(words(word), words("completeness.number", count(number)));
    }

    private void gaps(Gap.Kind kind) {
        List<Gap> gaps = report.gaps(kind);
        if (gaps.isEmpty()) {
            return;
        }
        parts.add(new Part.Heading(words("completeness.gaps." + kind.name())));
        List<String> head = List.of(
                words("completeness.boot"),
                words("completeness.blocks"),
                words("completeness.after"),
                words("completeness.before"),
                words("completeness.asked"));
        parts.add(new Part.Table(head, gaps.stream().map(this::row).toList(), GAP));
    }

    private List<String> row(Gap gap) {
        return List.of(
                gap.boot(), gap.first() + "–" + gap.last(), full(gap.after()), full(gap.before()), full(gap.asked()));
    }

    private void losses() {
        if (report.account().losses().isEmpty()) {
            return;
        }
        parts.add(new Part.Heading(words("completeness.losses")));
        List<String> head = List.of(
                words("completeness.reason"),
                words("completeness.samples"),
                words("completeness.span"),
                words("completeness.signer"),
                words("completeness.signed-block"));
        List<List<String>> rows =
                report.account().losses().stream().map(this::row).toList();
        parts.add(new Part.Table(head, rows, LOSS));
    }

    private List<String> row(SignedLoss loss) {
        return List.of(
                words("completeness.reason." + loss.reason()) + " " + loss.detail(),
                loss.samples() == 0 ? words("completeness.not-known") : count(loss.samples()),
                full(loss.first()) + " – " + full(loss.last()),
                loss.signer() + " " + full(loss.made()),
                loss.blockHash());
    }

    private void text(String words) {
        parts.add(new Part.Text(words));
    }

    private void small(String words) {
        parts.add(new Part.Small(words));
    }

    private String full(Optional<Instant> at) {
        return at.map(this::full).orElse("–");
    }

    private String full(Instant at) {
        return page.fullMoment(at);
    }

    private String count(long number) {
        return page.number((double) number, 0);
    }

    private String words(String key, Object... arguments) {
        return page.plain(key, arguments);
    }
}
