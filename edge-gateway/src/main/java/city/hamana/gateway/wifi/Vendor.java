package city.hamana.gateway.wifi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snmp4j.smi.OID;

/**
 * How to read one vendor's agents: a data file beside this class, described in the module's README.
 *
 * @param objects sysObjectIDs begin with one of these
 * @param description what sysDescr looks like, where sysObjectID is shared with others
 * @param present an object that the agent has, where that is shared too
 * @param interfaces names of interfaces that are radios beside those of ifType 71
 */
record Vendor(
        String key,
        String name,
        List<OID> objects,
        Optional<Pattern> description,
        Optional<OID> present,
        boolean controller,
        Optional<Pattern> interfaces,
        Optional<OID> clients,
        Map<Fact, List<Source>> facts,
        Map<PartKind, Table> tables) {
    /** What is told of a device. */
    enum Fact {
        MODEL,
        SERIAL,
        SOFTWARE
    }

    /** Where a fact stands. */
    sealed interface Source {
        /** An object of its own. */
        record Scalar(OID oid) implements Source {}

        /** The first row of a column that holds any text. */
        record FirstRow(OID column) implements Source {}

        /** The first group of a pattern in sysDescr. */
        record Description(Pattern pattern) implements Source {}
    }

    /**
     * A table of parts. Columns are those of one table, or of tables with the same index.
     *
     * @param nameIsIndex the index spells the name, a character a number
     * @param up value of the column that means up, and the column
     * @param clientRows a table of clients of which only is counted how often each name stands in this column
     * @param ofAp the index begins with that of the access point
     * @param byInterface the index is an ifIndex, and IF-MIB counts the octets
     */
    record Table(
            Optional<OID> name,
            boolean nameIsIndex,
            Optional<OID> clients,
            Optional<OID> clientRows,
            Optional<OID> octetsIn,
            Optional<OID> octetsOut,
            Optional<OID> up,
            long upValue,
            Optional<OID> uptime,
            Optional<OID> model,
            Optional<OID> serial,
            Optional<OID> software,
            boolean ofAp,
            boolean byInterface) {
        /** Its columns, each once. */
        List<OID> columns() {
            List<OID> columns = new ArrayList<>();
            for (Optional<OID> column :
                    List.of(name, clients, octetsIn, octetsOut, up, uptime, model, serial, software)) {
                column.filter(c -> !columns.contains(c)).ifPresent(columns::add);
            }
            return columns;
        }
    }

    /** Parts whose octets add up to the device's: the first kind that counts any. */
    PartKind counted() {
        for (PartKind kind : List.of(PartKind.RADIO, PartKind.SSID, PartKind.AP)) {
            Table table = tables.get(kind);
            if (table != null && (table.octetsIn().isPresent() || table.byInterface())) {
                return kind;
            }
        }
        return PartKind.RADIO;
    }

    /** Whether the radios are interfaces of IF-MIB. */
    boolean radiosAreInterfaces() {
        Table radios = tables.get(PartKind.RADIO);
        return radios == null ? !controller : radios.byInterface();
    }

    /** Whether an agent that says this of itself may be one of these. */
    boolean matches(OID object, String described) {
        return objects.stream().anyMatch(object::startsWith)
                && description.map(pattern -> pattern.matcher(described).find()).orElse(true);
    }

    /**
     * Reads a data file.
     *
     * @throws IllegalArgumentException naming what is wrong in it
     */
    static Vendor parse(String key, Properties file) {
        Keys keys = new Keys(key, file);
        Map<Fact, List<Source>> facts = new EnumMap<>(Fact.class);
        facts.put(Fact.MODEL, keys.sources("model"));
        facts.put(Fact.SERIAL, keys.sources("serial"));
        facts.put(Fact.SOFTWARE, keys.sources("software"));
        Map<PartKind, Table> tables = new EnumMap<>(PartKind.class);
        for (PartKind kind : List.of(PartKind.AP, PartKind.RADIO, PartKind.SSID)) {
            keys.table(kind.word()).ifPresent(table -> tables.put(kind, table));
        }
        Vendor vendor = new Vendor(
                key,
                keys.text("name").orElse(key),
                keys.text("objects").stream()
                        .flatMap(list -> Arrays.stream(list.split("[ ,]+")))
                        .map(OID::new)
                        .toList(),
                keys.text("description").map(Pattern::compile),
                keys.oid("present"),
                keys.text("kind").filter("controller"::equals).isPresent(),
                keys.text("interfaces").map(Pattern::compile),
                keys.oid("clients"),
                facts,
                tables);
        keys.done();
        return vendor;
    }

    /** A data file being read. */
    private static final class Keys {
        private final String file;
        private final Properties values;
        private final Set<String> left;

        Keys(String file, Properties values) {
            this.file = file;
            this.values = values;
            this.left = new TreeSet<>(values.stringPropertyNames());
        }

        Optional<String> text(String key) {
            left.remove(key);
            return Optional.ofNullable(values.getProperty(key)).map(String::strip);
        }

        Optional<OID> oid(String key) {
            return text(key).map(OID::new);
        }

        List<Source> sources(String key) {
            return text(key).stream()
                    .flatMap(list -> Arrays.stream(list.split(" +")))
                    .map(Keys::source)
                    .toList();
        }

        private static Source source(String text) {
            if (text.startsWith("sysDescr:")) {
                return new Source.Description(Pattern.compile(text.substring("sysDescr:".length())));
            }
            return text.endsWith(".*")
                    ? new Source.FirstRow(new OID(text.substring(0, text.length() - 2)))
                    : new Source.Scalar(new OID(text));
        }

        Optional<Table> table(String kind) {
            if (left.stream().noneMatch(key -> key.startsWith(kind + "."))) {
                return Optional.empty();
            }
            Optional<String> name = text(kind + ".name");
            boolean byIndex = name.filter("index-text"::equals).isPresent();
            return Optional.of(new Table(
                    byIndex ? Optional.empty() : name.map(OID::new),
                    byIndex,
                    oid(kind + ".clients"),
                    oid(kind + ".client-rows"),
                    oid(kind + ".octets-in"),
                    oid(kind + ".octets-out"),
                    oid(kind + ".up"),
                    text(kind + ".up-value").map(Long::valueOf).orElse(1L),
                    oid(kind + ".uptime"),
                    oid(kind + ".model"),
                    oid(kind + ".serial"),
                    oid(kind + ".software"),
                    text(kind + ".of").filter("ap"::equals).isPresent(),
                    text(kind + ".by").filter("interface"::equals).isPresent()));
        }

        void done() {
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("vendor table " + file + ": unknown keys " + left);
            }
        }
    }
}
