package city.hamana.gateway.wifi;

import city.hamana.gateway.wifi.Vendor.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/** The interfaces of IF-MIB (RFC 2863) that are radios. */
final class Interfaces {
    /**
     * One of them.
     *
     * @param index its ifIndex
     * @param name ifName, or ifDescr where there is none
     * @param clients where the vendor's table counts them by interface
     * @param ssid dot11DesiredSSID of IEEE802dot11-MIB
     */
    record Radio(
            String index,
            String name,
            Optional<Counter> in,
            Optional<Counter> out,
            Optional<Long> clients,
            Optional<String> ssid) {}

    private static final OID IF_DESCR = new OID("1.3.6.1.2.1.2.2.1.2");
    private static final OID IF_TYPE = new OID("1.3.6.1.2.1.2.2.1.3");
    private static final OID IF_IN_OCTETS = new OID("1.3.6.1.2.1.2.2.1.10");
    private static final OID IF_OUT_OCTETS = new OID("1.3.6.1.2.1.2.2.1.16");
    private static final OID IF_NAME = new OID("1.3.6.1.2.1.31.1.1.1.1");
    private static final OID IF_HC_IN_OCTETS = new OID("1.3.6.1.2.1.31.1.1.1.6");
    private static final OID IF_HC_OUT_OCTETS = new OID("1.3.6.1.2.1.31.1.1.1.10");
    private static final OID IF_DISCONTINUITY = new OID("1.3.6.1.2.1.31.1.1.1.19");
    private static final OID DOT11_DESIRED_SSID = new OID("1.2.840.10036.1.1.1.9");
    private static final List<OID> COLUMNS = List.of(
            IF_DESCR,
            IF_NAME,
            IF_HC_IN_OCTETS,
            IF_HC_OUT_OCTETS,
            IF_IN_OCTETS,
            IF_OUT_OCTETS,
            IF_DISCONTINUITY,
            DOT11_DESIRED_SSID);

    private static final long IEEE80211 = 71;
    private static final int MOST_RADIOS = 64;

    private final Session session;
    private final Faults faults;
    private final int mostRows;

    Interfaces(Session session, Faults faults, int mostRows) {
        this.session = session;
        this.faults = faults;
        this.mostRows = mostRows;
    }

    /**
     * The radios, at most 64.
     *
     * @throws SnmpFault naming what went wrong
     */
    List<Radio> radios(Vendor vendor) {
        Map<OID, Long> clients = clients(vendor);
        List<Radio> radios = new ArrayList<>();
        for (OID index : indexes(vendor)) {
            Map<OID, Variable> row = session.get(
                    COLUMNS.stream().map(column -> cell(column, index)).toList());
            radios.add(radio(index, row, Optional.ofNullable(clients.get(index))));
        }
        return radios;
    }

    private Set<OID> indexes(Vendor vendor) {
        Set<OID> indexes = new TreeSet<>();
        walk(IF_TYPE, (index, value) -> {
            if (Counter.number(value).filter(type -> type == IEEE80211).isPresent()) {
                add(indexes, index);
            }
        });
        vendor.interfaces()
                .ifPresent(pattern -> walk(IF_NAME, (index, value) -> {
                    if (pattern.matcher(Names.text(value)).find()) {
                        add(indexes, index);
                    }
                }));
        return indexes;
    }

    private void add(Set<OID> indexes, OID index) {
        if (indexes.size() < MOST_RADIOS) {
            indexes.add(index);
        } else if (!indexes.contains(index)) {
            faults.count("snmp.too-many-rows");
        }
    }

    private Map<OID, Long> clients(Vendor vendor) {
        Map<OID, Long> clients = new HashMap<>();
        Optional.ofNullable(vendor.tables().get(PartKind.RADIO))
                .filter(table -> !table.nameIsIndex())
                .flatMap(Table::clients)
                .ifPresent(column ->
                        walk(column, (index, value) -> Counter.number(value).ifPresent(n -> clients.put(index, n))));
        return clients;
    }

    private interface Cells {
        void cell(OID index, Variable value);
    }

    private void walk(OID column, Cells cells) {
        int[] seen = {0};
        session.walk(column, (index, value) -> {
            cells.cell(index, value);
            if (++seen[0] >= mostRows) {
                faults.count("snmp.too-many-rows");
            }
            return seen[0] < mostRows;
        });
    }

    private static Radio radio(OID index, Map<OID, Variable> row, Optional<Long> clients) {
        String name = Poll.text(row.get(cell(IF_NAME, index)));
        long discontinuity = Poll.number(row.get(cell(IF_DISCONTINUITY, index))).orElse(0L);
        return new Radio(
                index.toString(),
                name.isEmpty() ? Poll.text(row.get(cell(IF_DESCR, index))) + " " + index : name,
                counter(row.get(cell(IF_HC_IN_OCTETS, index)), row.get(cell(IF_IN_OCTETS, index)), discontinuity),
                counter(row.get(cell(IF_HC_OUT_OCTETS, index)), row.get(cell(IF_OUT_OCTETS, index)), discontinuity),
                clients,
                Optional.of(Poll.text(row.get(cell(DOT11_DESIRED_SSID, index)))).filter(ssid -> !ssid.isEmpty()));
    }

    /** The Counter64, unless it stands still at 0 beside a Counter32 that counts, as it does with some agents. */
    private static Optional<Counter> counter(Variable wide, Variable narrow, long discontinuity) {
        boolean counts = wide instanceof Counter64 w
                && (w.getValue() != 0
                        || narrow == null
                        || Counter.number(narrow).orElse(0L) == 0);
        return Optional.ofNullable(counts ? wide : narrow).flatMap(value -> Counter.of(value, discontinuity));
    }

    private static OID cell(OID column, OID index) {
        return new OID(column.getValue(), index.getValue());
    }
}
