package city.hamana.link;

import city.hamana.messages.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** The subject of a device's certificate and request: one CN with the device id and one OU with the role, no more. */
public record DeviceSubject(String id, Role role) {
    /**
     * A subject.
     *
     * @throws IllegalArgumentException if the id is not one
     */
    public DeviceSubject {
        DeviceId.check(id);
    }

    /** The parts of a name, in whichever order they stand; empty when it is not exactly a device's subject. */
    public static Optional<DeviceSubject> parse(X500Principal name) {
        RDN[] parts = X500Name.getInstance(name.getEncoded()).getRDNs();
        if (parts.length != 2) {
            return Optional.empty();
        }
        Optional<String> id = value(parts, BCStyle.CN).filter(DeviceId::valid);
        Optional<Role> role = value(parts, BCStyle.OU).flatMap(Role::of);
        return id.flatMap(i -> role.map(r -> new DeviceSubject(i, r)));
    }

    /** {@code CN=id,OU=role} as RFC 4514 writes it: the OU is encoded first. */
    public X500Principal name() {
        return principal(new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.OU, role.word())
                .addRDN(BCStyle.CN, id)
                .build());
    }

    static X500Principal principal(X500Name name) {
        try {
            return new X500Principal(name.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> value(RDN[] parts, ASN1ObjectIdentifier type) {
        for (RDN part : parts) {
            if (!part.isMultiValued() && part.getFirst().getType().equals(type)) {
                ASN1Encodable value = part.getFirst().getValue();
                return value instanceof ASN1String text ? Optional.of(text.getString()) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
