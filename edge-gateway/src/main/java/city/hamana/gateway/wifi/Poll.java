package city.hamana.gateway.wifi;

import city.hamana.gateway.wifi.Part.Facts;
import city.hamana.gateway.wifi.Part.Row;
import city.hamana.gateway.wifi.Vendor.Fact;
import city.hamana.gateway.wifi.Vendor.Source;
import city.hamana.gateway.wifi.Vendor.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/**
 * Asks one agent once. What the first request brings decides whether it is up; a table that cannot be read after that is
 * counted as a fault and left out of this round.
 */
final class Poll {
    static final OID SYS_DESCR = new OID("1.3.6.1.2.1.1.1.0");
    static final OID SYS_OBJECT_ID = new OID("1.3.6.1.2.1.1.2.0");
    static final OID SYS_UP_TIME = new OID("1.3.6.1.2.1.1.3.0");
    static final OID ENGINE_BOOTS = new OID("1.3.6.1.6.3.10.2.1.2.0");

    /** Rows of a table of clients that are counted; what stands in them is not kept. */
    private static final int MOST_CLIENTS = 10_000;

    private final AccessPointSettings agent;
    private final Session session;
    private final Faults faults;
    private final int mostRows;
    private String described = "";

    Poll(AccessPointSettings agent, Session session, Faults faults, int mostRows) {
        this.agent = agent;
        this.session = session;
        this.faults = faults;
        this.mostRows = mostRows;
    }

    /**
     * All that the vendor's table asks for.
     *
     * @throws SnmpFault if the agent does not answer the first request
     */
    Snapshot take(Vendors vendors) {
        Map<OID, Variable> system = session.get(List.of(SYS_DESCR, SYS_OBJECT_ID, SYS_UP_TIME, ENGINE_BOOTS));
        described = text(system.get(SYS_DESCR));
        if (!system.containsKey(SYS_UP_TIME)) {
            faults.count("snmp.no-such-object");
        }
        Vendor vendor = agent.vendor().map(vendors::named).orElseGet(() -> recognise(vendors, system));
        long uptime = number(system.get(SYS_UP_TIME)).orElse(-1L);
        List<Part> parts = parts(vendor);
        Part device = new Part(
                PartKind.DEVICE,
                agent.id(),
                agent.name(),
                true,
                clients(vendor, parts),
                List.of(),
                uptime < 0 ? Optional.empty() : Optional.of(uptime / 100),
                facts(vendor, vendors.named("standard")));
        long boots = number(system.get(ENGINE_BOOTS)).orElse(-1L);
        return new Snapshot(uptime, boots, vendor.controller(), vendor.counted(), device, parts);
    }

    private Vendor recognise(Vendors vendors, Map<OID, Variable> system) {
        Optional<OID> object = Optional.ofNullable(system.get(SYS_OBJECT_ID))
                .filter(OID.class::isInstance)
                .map(OID.class::cast);
        return vendors.of(object, described, session::has);
    }

    // --- the device ----------------------------------------------------------------------------------------------

    private Facts facts(Vendor vendor, Vendor standard) {
        return new Facts(
                vendor.name(),
                fact(Fact.MODEL, vendor, standard),
                fact(Fact.SERIAL, vendor, standard),
                fact(Fact.SOFTWARE, vendor, standard));
    }

    /** The first of the vendor's sources that says anything, else of the standard ones. */
    private String fact(Fact fact, Vendor vendor, Vendor standard) {
        List<Source> sources = new ArrayList<>(vendor.facts().get(fact));
        sources.addAll(standard.facts().get(fact));
        for (Source source : sources) {
            String said = unlessFaulty("", () -> fact(source));
            if (!said.isEmpty()) {
                return said;
            }
        }
        return "";
    }

    private String fact(Source source) {
        return switch (source) {
            case Source.Scalar scalar -> text(session.get(List.of(scalar.oid())).get(scalar.oid()));
            case Source.FirstRow first -> firstText(first.column());
            case Source.Description description -> {
                var matcher = description.pattern().matcher(described);
                yield matcher.find() ? matcher.group(1).strip() : "";
            }
        };
    }

    private String firstText(OID column) {
        String[] first = {""};
        int[] seen = {0};
        session.walk(column, (index, value) -> {
            first[0] = text(value);
            return first[0].isEmpty() && ++seen[0] < mostRows;
        });
        return first[0];
    }

    /** What the device says itself, else the sum over the first kind of part that counts any. */
    private Optional<Long> clients(Vendor vendor, List<Part> parts) {
        Optional<Long> told = vendor.clients()
                .flatMap(oid -> unlessFaulty(
                        Optional.empty(), () -> number(session.get(List.of(oid)).get(oid))));
        if (told.isPresent()) {
            return told;
        }
        for (PartKind kind : List.of(PartKind.SSID, PartKind.RADIO, PartKind.AP)) {
            Optional<Long> sum = parts.stream()
                    .filter(part -> part.kind() == kind)
                    .flatMap(part -> part.clients().stream())
                    .reduce(Long::sum);
            if (sum.isPresent()) {
                return sum;
            }
        }
        return Optional.empty();
    }

    // --- its parts -----------------------------------------------------------------------------------------------

    private List<Part> parts(Vendor vendor) {
        Map<OID, String> apNames = new TreeMap<>();
        Map<String, Draft> drafts = new TreeMap<>();
        for (PartKind kind : List.of(PartKind.AP, PartKind.RADIO, PartKind.SSID)) {
            Table table = vendor.tables().get(kind);
            if (table != null && !(table.byInterface() && !table.nameIsIndex())) {
                unlessFaulty(0, () -> read(kind, table, apNames, drafts));
            }
        }
        if (vendor.radiosAreInterfaces()) {
            unlessFaulty(0, () -> readInterfaces(vendor, drafts));
        }
        return drafts.values().stream().map(Draft::part).toList();
    }

    /** Radios that are interfaces of IF-MIB, and the SSIDs that IEEE802dot11-MIB knows of them. */
    private int readInterfaces(Vendor vendor, Map<String, Draft> drafts) {
        List<Interfaces.Radio> radios = new Interfaces(session, faults, mostRows).radios(vendor);
        for (Interfaces.Radio radio : radios) {
            Draft draft = draft(drafts, PartKind.RADIO, radio.name());
            draft.addRow(radio.index(), radio.in(), radio.out());
            radio.clients().ifPresent(draft::addClients);
            radio.ssid()
                    .map(ssid -> draft(drafts, PartKind.SSID, ssid))
                    .ifPresent(ssid -> ssid.addRow(radio.index(), radio.in(), radio.out()));
        }
        return radios.size();
    }

    private int read(PartKind kind, Table table, Map<OID, String> apNames, Map<String, Draft> drafts) {
        Map<OID, Map<OID, Variable>> rows = rows(table);
        for (Map.Entry<OID, Map<OID, Variable>> row : rows.entrySet()) {
            String name = name(table, row.getKey(), row.getValue(), apNames);
            if (kind == PartKind.AP) {
                apNames.put(row.getKey(), name);
            }
            if (!name.isEmpty()) {
                Draft draft = draft(drafts, kind, name);
                draft.add(table, row.getKey(), row.getValue());
                addToAp(table, row, apNames, drafts);
            }
        }
        table.clientRows().ifPresent(column -> countClients(column, kind, drafts));
        return rows.size();
    }

    /** A controller that counts clients by radio alone: those of an access point's radios are its own. */
    private void addToAp(
            Table table, Map.Entry<OID, Map<OID, Variable>> row, Map<OID, String> apNames, Map<String, Draft> drafts) {
        if (table.ofAp()) {
            apOf(row.getKey(), apNames)
                    .map(ap -> draft(drafts, PartKind.AP, ap))
                    .ifPresent(ap -> table.clients()
                            .flatMap(column -> number(row.getValue().get(column)))
                            .ifPresent(ap::addClients));
        }
    }

    /** Rows by index, in the agent's order, each with the values of its columns. */
    private Map<OID, Map<OID, Variable>> rows(Table table) {
        Map<OID, Map<OID, Variable>> rows = new TreeMap<>();
        for (OID column : table.columns()) {
            session.walk(column, (index, value) -> {
                if (!rows.containsKey(index) && rows.size() >= mostRows) {
                    faults.count("snmp.too-many-rows");
                    return false;
                }
                rows.computeIfAbsent(index, i -> new HashMap<>()).put(column, value);
                return true;
            });
        }
        return rows;
    }

    /**
     * A part's name: never its index where that may hold an address, but a hash of it. Empty for a row that is not in
     * use: a table's rows for SSIDs that are not set have no name.
     */
    private static String name(Table table, OID index, Map<OID, Variable> row, Map<OID, String> apNames) {
        if (table.nameIsIndex()) {
            return indexText(index);
        }
        if (table.ofAp()) {
            return apOf(index, apNames).orElseGet(() -> Names.hash(index.toString())) + " " + index.last();
        }
        return table.name()
                .map(column -> text(row.get(column)))
                .orElseGet(() -> index.size() == 1 ? index.toString() : Names.hash(index.toString()));
    }

    private static Optional<String> apOf(OID index, Map<OID, String> apNames) {
        return apNames.entrySet().stream()
                .filter(ap -> index.startsWith(ap.getKey()))
                .map(Map.Entry::getValue)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private static String indexText(OID index) {
        StringBuilder text = new StringBuilder();
        for (int letter : index.getValue()) {
            if (letter > ' ' && letter < 127) {
                text.append((char) letter);
            }
        }
        return text.toString();
    }

    /** How often each name stands in a column: the rows are clients, and nothing else of them is read. */
    private void countClients(OID column, PartKind kind, Map<String, Draft> drafts) {
        int[] seen = {0};
        drafts.values().stream().filter(d -> d.kind() == kind).forEach(draft -> draft.addClients(0));
        session.walk(column, (index, value) -> {
            Draft draft = drafts.get(Draft.id(agent, kind, text(value)));
            if (draft != null) {
                draft.addClients(1);
            }
            if (++seen[0] >= MOST_CLIENTS) {
                faults.count("snmp.too-many-rows");
            }
            return seen[0] < MOST_CLIENTS;
        });
    }

    private Draft draft(Map<String, Draft> drafts, PartKind kind, String name) {
        return drafts.computeIfAbsent(Draft.id(agent, kind, name), id -> new Draft(kind, id, name));
    }

    // --- values --------------------------------------------------------------------------------------------------

    /** What asking brings, or something else where it is a fault, which is counted. */
    private <T> T unlessFaulty(T otherwise, Supplier<T> asking) {
        try {
            return asking.get();
        } catch (SnmpFault e) {
            faults.count(e.getMessage());
            return otherwise;
        }
    }

    static String text(Variable value) {
        return value == null ? "" : Names.text(value);
    }

    static Optional<Long> number(Variable value) {
        return value == null ? Optional.empty() : Counter.number(value);
    }

    /** A part while it is put together from rows of the same name. */
    static final class Draft {
        private final PartKind kind;
        private final String id;
        private final String name;
        private final List<Row> rows = new ArrayList<>();
        private boolean up = true;
        private Optional<Long> clients = Optional.empty();
        private Optional<Long> uptimeS = Optional.empty();
        private Facts facts = Facts.NONE;

        Draft(PartKind kind, String id, String name) {
            this.kind = kind;
            this.id = id;
            this.name = name;
        }

        /** Id of a part of this kind and name: {@code ap-hall_ssid-guest}. */
        static String id(AccessPointSettings agent, PartKind kind, String name) {
            return agent.id() + "_" + kind.word() + "-" + Names.word(name);
        }

        PartKind kind() {
            return kind;
        }

        void add(Table table, OID index, Map<OID, Variable> row) {
            table.clients().flatMap(column -> number(row.get(column))).ifPresent(this::addClients);
            table.up().flatMap(column -> number(row.get(column))).ifPresent(value -> up = value == table.upValue());
            table.uptime().flatMap(column -> number(row.get(column))).ifPresent(cs -> uptimeS = Optional.of(cs / 100));
            facts = new Facts("", said(table.model(), row), said(table.serial(), row), said(table.software(), row));
            addRow(index.toString(), counter(table.octetsIn(), row), counter(table.octetsOut(), row));
        }

        /** Counters under a key that stands for their place. */
        void addRow(String place, Optional<Counter> in, Optional<Counter> out) {
            if (in.isPresent() || out.isPresent()) {
                rows.add(new Row(Names.hash(place), in, out));
            }
        }

        void addClients(long more) {
            clients = Optional.of(clients.orElse(0L) + more);
        }

        private static String said(Optional<OID> column, Map<OID, Variable> row) {
            return column.map(c -> text(row.get(c))).orElse("");
        }

        private static Optional<Counter> counter(Optional<OID> column, Map<OID, Variable> row) {
            return column.map(row::get).flatMap(value -> Counter.of(value, 0));
        }

        Part part() {
            return new Part(kind, id, name, up, clients, List.copyOf(rows), uptimeS, facts);
        }
    }
}
