package city.hamana.gateway.wifi;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.snmp4j.smi.OID;

/** The vendors' tables, and which of them an agent belongs to. */
final class Vendors {
    /** The tables' files, those that look closer first; {@code standard} is for everything else. */
    static final List<String> KEYS = List.of(
            "aruba-instant",
            "ruckus-zonedirector",
            "cisco-wlc",
            "unifi",
            "airos",
            "meraki-cloud",
            "meraki-mr",
            "mikrotik",
            "grandstream",
            "openwrt",
            "zyxel-nxc",
            "fortinet-wlc",
            "allied-telesis-tq",
            "dlink-dap",
            "standard");

    private final List<Vendor> vendors = KEYS.stream().map(Vendors::load).toList();

    List<Vendor> all() {
        return vendors;
    }

    /** The table of this key; the standard one where there is none. */
    Vendor named(String key) {
        return vendors.stream().filter(v -> v.key().equals(key)).findFirst().orElseGet(vendors::getLast);
    }

    /**
     * The table for an agent.
     *
     * @param object its sysObjectID
     * @param described its sysDescr
     * @param has asks the agent whether it has anything below an object
     */
    Vendor of(Optional<OID> object, String described, Predicate<OID> has) {
        return vendors.stream()
                .filter(v -> object.filter(o -> v.matches(o, described)).isPresent())
                .filter(v -> v.present().map(has::test).orElse(true))
                .findFirst()
                .orElseGet(vendors::getLast);
    }

    private static Vendor load(String key) {
        try (InputStream in = Vendors.class.getResourceAsStream("vendors/" + key + ".properties");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            Properties file = new Properties();
            file.load(reader);
            return Vendor.parse(key, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
