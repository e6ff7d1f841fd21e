package city.hamana.sensing.completeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.documents.Documents;
import city.hamana.link.CertificateAuthority;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.messages.v1.Status;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Frame;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.html.TextSize;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Words;
import city.hamana.sensing.ingest.Account;
import city.hamana.sensing.ingest.Gap;
import city.hamana.sensing.ingest.Said;
import city.hamana.sensing.ingest.SignedLoss;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.junit.jupiter.api.Test;

/** The report as an auditor opens it. */
class AuditPdfTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final CertificateAuthority ROOT = CertificateAuthority.root("Testopolis", NOW);
    private static final CertificateAuthority ISSUING = ROOT.issuing("Testopolis", NOW);
    private static final DeviceIdentity HALL = ISSUING.identity(
            "city-hall",
            Role.AGGREGATOR,
            List.of("localhost"),
            Trust.of(List.of(ROOT.certificate(), ISSUING.certificate())),
            NOW);

    @Test
    void itHoldsEveryNumberAndReasonInJapanese() throws IOException {
        String text = text(pdf(1));

        assertTrue(text.contains("記録の完全性：mn-0001"), text);
        assertTrue(text.contains("所在不明の記録が 2 件あります。"));
        assertTrue(text.contains("2026年11月1日"));
        assertTrue(text.contains("容量がいっぱいになり"));
        assertTrue(text.contains("236"));
        assertTrue(text.contains("gw-0001 の申告"));
    }

    @Test
    void itsSignatureIsTheCitysOverEveryByteOfTheFile() throws Exception {
        byte[] pdf = pdf(1);
        PDSignature signature = signature(pdf);

        assertEquals("ETSI.CAdES.detached", signature.getSubFilter());
        int[] range = signature.getByteRange();
        assertEquals(0, range[0]);
        assertEquals(pdf.length, range[2] + range[3]);
        assertTrue(verifies(pdf));
        X509Certificate signer = signer(cms(pdf));
        assertEquals("city-hall", HALL.trust().verify(signer, NOW).id());
        assertTrue(certificates(cms(pdf))
                .contains(new X509CertificateHolder(ISSUING.certificate().getEncoded())));
    }

    @Test
    void theSignatureNamesItsCertificateAndNoTimeOfItsOwn() throws IOException, CMSException {
        SignerInformation info =
                cms(pdf(1)).getSignerInfos().getSigners().iterator().next();
        assertTrue(info.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2) != null);
        assertTrue(info.getSignedAttributes().get(PKCSObjectIdentifiers.pkcs_9_at_signingTime) == null);
    }

    @Test
    void oneChangedByteAnywhereBreaksIt() throws Exception {
        byte[] pdf = pdf(1);
        int[] range = signature(pdf).getByteRange();
        for (int place : List.of(20, range[1] / 2, range[1] - 2, range[2] + range[3] / 2)) {
            byte[] changed = pdf.clone();
            changed[place] ^= 1;
            CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(covered(changed, range)), contents(pdf));
            assertFalse(verifies(cms), "byte " + place);
        }
    }

    @Test
    void manyGapsFillManyPagesAndEachIsNumbered() throws IOException {
        byte[] pdf = pdf(200);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            int pages = document.getNumberOfPages();
            assertTrue(pages > 3);
            assertTrue(new PDFTextStripper().getText(document).contains(pages + " / " + pages));
        }
        assertTrue(text(pdf).contains("1990–1991"));
        assertTrue(pdf.length < 500_000, "only the letters that are used travel: " + pdf.length);
    }

    private static byte[] pdf(int gaps) {
        Gap.Kind[] kinds = Gap.Kind.values();
        List<Gap> all = IntStream.range(0, gaps)
                .mapToObj(i -> new Gap(
                        gaps == 1 ? Gap.Kind.MISSING : kinds[i % kinds.length],
                        "ab".repeat(16),
                        i * 10L,
                        i * 10L + 1,
                        Optional.of(NOW),
                        NOW,
                        Optional.empty()))
                .toList();
        SignedLoss loss = new SignedLoss(
                "mn-0001",
                "mn-0001",
                "quota-fine",
                236,
                Optional.of(NOW),
                Optional.empty(),
                "quota reached 🚱",
                NOW,
                "c".repeat(64));
        Account account = new Account("mn-0001", 4_711, Map.of(Gap.Kind.MISSING, 2L), all, List.of(loss), 3, 9);
        Period period = new Period(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-22"));
        List<Said> said = List.of(new Said("gw-0001", Status.getDefaultInstance(), NOW));
        return AuditPdf.of(new Report(account, said, period, NOW), page(), HALL, documents());
    }

    private static Documents documents() {
        Clock clock = Clock.fixed(NOW, ZoneId.of("Asia/Tokyo"));
        Database database = Database.open("jdbc:derby:memory:audit;create=true");
        return new Documents(
                database, new Events(database), new Html(), HALL, URI.create("https://city.example"), List.of(), clock);
    }

    private static Page page() {
        Words words = Words.beside(List.of(Page.class, Completeness.class));
        Clock clock = Clock.fixed(NOW, ZoneId.of("Asia/Tokyo"));
        Frame frame = new Frame(words, clock, List.of(), false, "", "", "0.1.0");
        return new Page(frame, Language.PT, TextSize.NORMAL, Optional.empty(), "/", "");
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\R", "");
        }
    }

    private static PDSignature signature(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getLastSignatureDictionary();
        }
    }

    private static CMSSignedData cms(byte[] pdf) throws IOException, CMSException {
        PDSignature signature = signature(pdf);
        return new CMSSignedData(new CMSProcessableByteArray(signature.getSignedContent(pdf)), contents(pdf));
    }

    /** What the file holds is filled up with zeros behind the signature. */
    private static ContentInfo contents(byte[] pdf) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(signature(pdf).getContents(pdf))) {
            return ContentInfo.getInstance(in.readObject());
        }
    }

    private static byte[] covered(byte[] pdf, int[] range) {
        byte[] bytes = new byte[range[1] + range[3]];
        System.arraycopy(pdf, range[0], bytes, 0, range[1]);
        System.arraycopy(pdf, range[2], bytes, range[1], range[3]);
        return bytes;
    }

    private static boolean verifies(byte[] pdf)
            throws IOException, CMSException, OperatorCreationException, CertificateException {
        return verifies(cms(pdf));
    }

    private static boolean verifies(CMSSignedData cms) throws OperatorCreationException, CertificateException {
        SignerInformation info = cms.getSignerInfos().getSigners().iterator().next();
        try {
            return info.verify(new JcaSimpleSignerInfoVerifierBuilder().build(signer(cms)));
        } catch (CMSException e) {
            return false;
        }
    }

    private static X509Certificate signer(CMSSignedData cms) throws CertificateException {
        SignerInformation info = cms.getSignerInfos().getSigners().iterator().next();
        X509CertificateHolder holder = certificates(cms).stream()
                .filter(certificate -> info.getSID().match(certificate))
                .findFirst()
                .orElseThrow();
        return new JcaX509CertificateConverter().getCertificate(holder);
    }

    private static List<X509CertificateHolder> certificates(CMSSignedData cms) {
        return List.copyOf(cms.getCertificates().getMatches(null));
    }
}
