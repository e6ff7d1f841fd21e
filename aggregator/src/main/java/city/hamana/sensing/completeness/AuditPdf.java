package city.hamana.sensing.completeness;

import city.hamana.link.DeviceIdentity;
import city.hamana.platform.html.Page;
import city.hamana.platform.text.Language;
import city.hamana.sensing.ingest.Account;
import city.hamana.sensing.ingest.Gap;
import city.hamana.sensing.ingest.Said;
import city.hamana.sensing.ingest.SignedLoss;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One device's report as a signed PDF in Japanese, whatever the reader's language: it is a document of the city's. */
final class AuditPdf {
    private static final float HEAD = 18;
    private static final float CHAPTER = 13;
    private static final float TEXT = 10;
    private static final float SMALL = 8.5f;
    private static final float HEADED = 100;
    private static final List<Float> TWO = List.of(0.7f, 0.3f);
    private static final List<Float> GAP = List.of(0.22f, 0.18f, 0.2f, 0.2f, 0.2f);
    private static final List<Float> LOSS = List.of(0.26f, 0.12f, 0.24f, 0.18f, 0.2f);

    private final Report report;
    private final Page page;
    private final Sheets sheets;

    private AuditPdf(Report report, Page page, Sheets sheets) {
        this.report = report;
        this.page = page;
        this.sheets = sheets;
    }

    /**
     * The signed file.
     *
     * @throws PdfException if it cannot be made
     */
    static byte[] of(Report report, Page reader, DeviceIdentity identity) {
        Page page = new Page(reader.frame(), Language.JA, reader.size(), reader.reader(), reader.path(), reader.csrf());
        String title = page.plain("completeness.report", report.account().device());
        try (Sheets sheets = new Sheets(title)) {
            new AuditPdf(report, page, sheets).write(title, identity);
            return PdfSeal.sign(sheets.bytes(), identity, report.now(), page.zone());
        } catch (IOException e) {
            throw PdfException.notMade(e);
        }
    }

    private void write(String title, DeviceIdentity identity) throws IOException {
        Period period = report.period();
        sheets.text(title, HEAD);
        sheets.space(6);
        sheets.text(words("completeness.pdf-period", page.fullDay(period.from()), page.fullDay(period.to())), TEXT);
        sheets.text(words("completeness.pdf-made", full(report.now()), identity.deviceId()), TEXT);
        sheets.space(6);
        sheets.text(
                report.missing() == 0
                        ? words("completeness.whole")
                        : words("completeness.not-whole", count(report.missing())),
                CHAPTER);
        sheets.space(4);
        sheets.text(words("completeness.lead"), SMALL);
        sheets.space(8);
        counts();
        gaps(Gap.Kind.MISSING);
        gaps(Gap.Kind.PENDING);
        losses();
        gaps(Gap.Kind.LOST);
        gaps(Gap.Kind.SET_ASIDE);
        sheets.space(12);
        sheets.text(words("completeness.pdf-proof", identity.keyid()), SMALL);
    }

    private void counts() throws IOException {
        Account account = report.account();
        count("completeness.held", account.held());
        count("completeness.pending", account.blocks(Gap.Kind.PENDING));
        count("completeness.lost", account.blocks(Gap.Kind.LOST));
        count("completeness.lost-samples", account.lostSamples());
        count("completeness.set-aside", account.setAside());
        count("completeness.untimed", account.untimed());
        count("completeness.missing", report.missing());
        for (Said said : report.said()) {
            sheets.text(words("completeness.said", said.by(), full(said.at())), SMALL);
        }
    }

    private void count(String word, long number) throws IOException {
        sheets.row(List.of(words(word), words("completeness.number", count(number))), TWO, TEXT);
    }

    private void gaps(Gap.Kind kind) throws IOException {
        List<Gap> gaps = report.gaps(kind);
        if (gaps.isEmpty()) {
            return;
        }
        chapter("completeness.gaps." + kind.name());
        sheets.row(
                List.of(
                        words("completeness.boot"),
                        words("completeness.blocks"),
                        words("completeness.after"),
                        words("completeness.before"),
                        words("completeness.asked")),
                GAP,
                SMALL);
        for (Gap gap : gaps) {
            sheets.row(
                    List.of(
                            gap.boot(),
                            gap.first() + "–" + gap.last(),
                            full(gap.after()),
                            full(gap.before()),
                            full(gap.asked())),
                    GAP,
                    SMALL);
        }
    }

    private void losses() throws IOException {
        if (report.account().losses().isEmpty()) {
            return;
        }
        chapter("completeness.losses");
        sheets.row(
                List.of(
                        words("completeness.reason"),
                        words("completeness.samples"),
                        words("completeness.span"),
                        words("completeness.signer"),
                        words("completeness.signed-block")),
                LOSS,
                SMALL);
        for (SignedLoss loss : report.account().losses()) {
            sheets.row(
                    List.of(
                            words("completeness.reason." + loss.reason()) + " " + loss.detail(),
                            loss.samples() == 0 ? words("completeness.not-known") : count(loss.samples()),
                            full(loss.first()) + " – " + full(loss.last()),
                            loss.signer() + " " + full(loss.made()),
                            loss.blockHash()),
                    LOSS,
                    SMALL);
        }
    }

    private void chapter(String word) throws IOException {
        sheets.space(14);
        sheets.room(HEADED);
        sheets.text(words(word), CHAPTER);
        sheets.space(2);
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
