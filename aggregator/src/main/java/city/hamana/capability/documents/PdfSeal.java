package city.hamana.capability.documents;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.messages.Dsse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Signs a PDF as this program: a detached CMS signature over all of the file's bytes, ECDSA with SHA-256, the city's CA
 * chain inside (ETSI EN 319 142-1, PAdES baseline B-B).
 */
final class PdfSeal {
    private PdfSeal() {}

    /**
     * The signed file.
     *
     * @param at when, as the file says; nobody else vouches for it
     * @throws PdfException if the file is no PDF or the key cannot sign
     */
    static byte[] sign(byte[] pdf, DeviceIdentity identity, Instant at, ZoneId zone) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDSignature signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
            signature.setName(identity.deviceId());
            signature.getCOSObject().setString(COSName.M, date(at, zone));
            document.addSignature(signature, content -> cms(content, identity));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.saveIncremental(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw PdfException.notMade(e);
        }
    }

    /** {@code D:20261122120000+09'00'} (ISO 32000-2 §7.9.4). */
    private static String date(Instant at, ZoneId zone) {
        String time = DateTimeFormatter.ofPattern("uuuuMMddHHmmss").format(at.atZone(zone));
        String offset = DateTimeFormatter.ofPattern("xxx").format(at.atZone(zone));
        return "D:" + time + offset.replace(':', '\'') + "'";
    }

    private static byte[] cms(InputStream content, DeviceIdentity identity) throws IOException {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(digests)
                    .setSignedAttributeGenerator(attributes(identity.certificate()))
                    .build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(identity.privateKey()),
                            identity.certificate()));
            generator.addCertificates(new JcaCertStore(identity.chain()));
            return generator
                    .generate(new CMSProcessableByteArray(content.readAllBytes()), false)
                    .getEncoded();
        } catch (CMSException | OperatorCreationException | CertificateEncodingException e) {
            throw PdfException.notSigned(e);
        }
    }

    /** PAdES wants the signer's certificate named under the signature, and no time beside that of the file. */
    private static CMSAttributeTableGenerator attributes(X509Certificate certificate) {
        DefaultSignedAttributeTableGenerator usual = new DefaultSignedAttributeTableGenerator();
        ESSCertIDv2 named = new ESSCertIDv2(Dsse.sha256(Certificates.der(certificate)));
        Attribute signer = new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(named)));
        return parameters -> {
            AttributeTable table = usual.getAttributes(parameters).remove(CMSAttributes.signingTime);
            return table.add(signer.getAttrType(), signer.getAttrValues().getObjectAt(0));
        };
    }
}
