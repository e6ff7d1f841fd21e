package city.hamana.gateway.wifi;

import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivacyProtocol;
import org.snmp4j.security.nonstandard.PrivAES256With3DESKeyExtension;

/** How an agent lets the gateway read. */
public sealed interface Access {
    /** SNMPv2c: whoever hears the line knows the community, so only for networks of their own. */
    record Community(Secret community) implements Access {}

    /** SNMPv3 with USM, always authenticated and encrypted (RFC 3414, RFC 3826, RFC 7860). */
    record User(String name, Auth auth, Secret authPassphrase, Priv priv, Secret privPassphrase) implements Access {}

    /** How messages are authenticated. */
    enum Auth {
        SHA_1,
        SHA_256,
        SHA_512;

        /** The library's protocol. */
        public AuthenticationProtocol protocol() {
            return switch (this) {
                case SHA_1 -> new AuthSHA();
                case SHA_256 -> new AuthHMAC192SHA256();
                case SHA_512 -> new AuthHMAC384SHA512();
            };
        }
    }

    /** How messages are encrypted. */
    enum Priv {
        AES_128,
        /** Key as in draft-blumenthal-aes-usm-04: net-snmp, most access points. */
        AES_256,
        /** Key as in draft-reeder-snmpv3-usm-3desede-00: Cisco and some others. */
        AES_256C;

        /** The library's protocol. */
        public PrivacyProtocol protocol() {
            return switch (this) {
                case AES_128 -> new PrivAES128();
                case AES_256 -> new PrivAES256();
                case AES_256C -> new PrivAES256With3DESKeyExtension();
            };
        }
    }
}
