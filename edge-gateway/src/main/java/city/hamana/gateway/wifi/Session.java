package city.hamana.gateway.wifi;

import city.hamana.gateway.wifi.WifiSettings.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.SNMP4JSettings.ReportSecurityLevelStrategy;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityProtocols.SecurityProtocolSet;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/**
 * Requests to one agent, from a socket of their own that lives for one round: nothing that one agent sends can disturb
 * another, and an agent that was replaced or has restarted is met like a new one.
 */
final class Session implements AutoCloseable {
    /** What a walk finds. */
    @FunctionalInterface
    interface Rows {
        /**
         * Takes a row's value; returns whether to go on.
         *
         * @param index what follows the column's OID
         */
        boolean row(OID index, Variable value);
    }

    private static final int MOST_IN_A_GET = 10;
    private static final int ROWS_AT_ONCE = 20;
    /** Names of the reports of RFC 3414, 3.2, and of what RFC 3412 and 3418 count. */
    private static final Map<OID, String> NAMES = Map.ofEntries(
            Map.entry(SnmpConstants.usmStatsUnsupportedSecLevels, "snmp.security-level"),
            Map.entry(SnmpConstants.usmStatsNotInTimeWindows, "snmp.not-in-time-window"),
            Map.entry(SnmpConstants.usmStatsUnknownUserNames, "snmp.unknown-user"),
            Map.entry(SnmpConstants.usmStatsUnknownEngineIDs, "snmp.unknown-engine"),
            Map.entry(SnmpConstants.usmStatsWrongDigests, "snmp.auth"),
            Map.entry(SnmpConstants.usmStatsDecryptionErrors, "snmp.decryption"),
            Map.entry(SnmpConstants.snmpInASNParseErrs, "snmp.malformed"),
            Map.entry(SnmpConstants.snmpInvalidMsgs, "snmp.malformed"),
            Map.entry(SnmpConstants.snmpInBadVersions, "snmp.bad-version"),
            Map.entry(SnmpConstants.snmp4jStatsRequestUnmatchedResponses, "snmp.wrong-sender"),
            Map.entry(SnmpConstants.snmpUnknownPDUHandlers, "snmp.unasked"));

    private static final OID USM_STATS = new OID("1.3.6.1.6.3.15.1.1");

    static {
        // An answer counts only from the address that was asked.
        SNMP4JSettings.setVerifyResponsePeerAddress(true);
        // An agent cannot authenticate its report that a key is wrong. Believed, it ends one poll and says why; whoever
        // could forge it could as well keep the answer back.
        SNMP4JSettings.setReportSecurityLevelStrategy(ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
    }

    private final Snmp snmp;
    private final Target<UdpAddress> target;
    private final Faults faults;
    private final long untilNanos = System.nanoTime() + Patience.WHOLE.toNanos();

    private Session(Snmp snmp, Target<UdpAddress> target, Faults faults) {
        this.snmp = snmp;
        this.target = target;
        this.faults = faults;
    }

    /**
     * Opens a socket; nothing is sent yet.
     *
     * @param faults where what comes that is no answer is counted
     * @throws SnmpFault if the agent's host has no address or there is no socket to be had
     */
    static Session open(AccessPointSettings agent, Patience patience, Faults faults) {
        try {
            UdpAddress address = new UdpAddress(
                    InetAddress.getByName(agent.address().getHost()),
                    agent.address().getPort());
            CounterSupport seen = new CounterSupport();
            seen.addCounterListener(event -> count(event, faults));
            MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
            dispatcher.addCounterListener(event -> count(event, faults));
            Target<UdpAddress> target = switch (agent.access()) {
                case Access.Community community -> v2c(dispatcher, address, community);
                case Access.User user -> v3(dispatcher, address, user, seen);
            };
            target.setTimeout(patience.timeout().toMillis());
            target.setRetries(patience.retries());
            Snmp snmp = new Snmp(dispatcher, new DefaultUdpTransportMapping());
            snmp.setCounterSupport(seen);
            snmp.listen();
            return new Session(snmp, target, faults);
        } catch (IOException e) {
            throw SnmpFault.unreachable(e);
        }
    }

    private static Target<UdpAddress> v2c(
            MessageDispatcherImpl dispatcher, UdpAddress address, Access.Community community) {
        dispatcher.addMessageProcessingModel(new MPv2c());
        CommunityTarget<UdpAddress> target = new CommunityTarget<>(
                address, new OctetString(community.community().reveal()));
        target.setVersion(SnmpConstants.version2c);
        return target;
    }

    private static Target<UdpAddress> v3(
            MessageDispatcherImpl dispatcher, UdpAddress address, Access.User user, CounterSupport seen) {
        SecurityProtocols protocols = new SecurityProtocols(SecurityProtocolSet.none);
        protocols.addAuthenticationProtocol(user.auth().protocol());
        protocols.addPrivacyProtocol(user.priv().protocol());
        OctetString engine = new OctetString(MPv3.createLocalEngineID());
        USM usm = new USM(protocols, engine, 0, seen);
        OctetString name = new OctetString(user.name());
        usm.addUser(new UsmUser(
                name,
                user.auth().protocol().getID(),
                new OctetString(user.authPassphrase().reveal()),
                user.priv().protocol().getID(),
                new OctetString(user.privPassphrase().reveal())));
        SecurityModels models = SecurityModels.getCollection(new SecurityModel[] {usm});
        dispatcher.addMessageProcessingModel(new MPv3(engine.getValue(), null, protocols, models, seen));
        UserTarget<UdpAddress> target = new UserTarget<>();
        target.setAddress(address);
        target.setVersion(SnmpConstants.version3);
        target.setSecurityName(name);
        target.setSecurityLevel(SecurityLevel.AUTH_PRIV);
        return target;
    }

    private static void count(CounterEvent event, Faults faults) {
        String name = NAMES.get(event.getOid());
        // What a report says is the fault of its request and counted there.
        if (name != null && !event.getOid().startsWith(USM_STATS)) {
            faults.count(name);
        }
    }

    /**
     * Values of these objects; those that the agent does not have are left out.
     *
     * @throws SnmpFault naming what went wrong
     */
    Map<OID, Variable> get(List<OID> oids) {
        Map<OID, Variable> values = new HashMap<>();
        for (int i = 0; i < oids.size(); i += MOST_IN_A_GET) {
            PDU request = request(PDU.GET);
            oids.subList(i, Math.min(oids.size(), i + MOST_IN_A_GET))
                    .forEach(oid -> request.add(new VariableBinding(oid)));
            for (VariableBinding binding : send(request)) {
                if (!binding.isException() && oids.contains(binding.getOid())) {
                    values.put(binding.getOid(), binding.getVariable());
                }
            }
        }
        return values;
    }

    /** Whether the agent has any object below this one. */
    boolean has(OID root) {
        boolean[] any = {false};
        walk(root, 1, (index, value) -> {
            any[0] = true;
            return false;
        });
        return any[0];
    }

    /**
     * All that is below an object, in order. An agent that goes in circles is left at once.
     *
     * @param rowsAtOnce to be asked for in one request
     * @throws SnmpFault naming what went wrong
     */
    private void walk(OID root, int rowsAtOnce, Rows rows) {
        OID last = root;
        while (true) {
            PDU request = request(PDU.GETBULK);
            request.setMaxRepetitions(rowsAtOnce);
            request.add(new VariableBinding(last));
            List<? extends VariableBinding> answer = send(request);
            if (answer.isEmpty()) {
                throw SnmpFault.of("snmp.empty-answer");
            }
            for (VariableBinding binding : answer) {
                OID oid = binding.getOid();
                if (binding.isException() || !oid.startsWith(root)) {
                    return;
                }
                if (oid.compareTo(last) <= 0) {
                    throw SnmpFault.of("snmp.not-increasing");
                }
                last = oid;
                if (!rows.row(new OID(oid.getValue(), root.size(), oid.size() - root.size()), binding.getVariable())) {
                    return;
                }
            }
        }
    }

    /**
     * A column of a table, in order; see {@link #walk(OID, int, Rows)}.
     *
     * @throws SnmpFault naming what went wrong
     */
    void walk(OID column, Rows rows) {
        walk(column, ROWS_AT_ONCE, rows);
    }

    @Override
    public void close() {
        try {
            snmp.close();
        } catch (IOException e) {
            faults.count("snmp.close");
        }
    }

    private PDU request(int type) {
        PDU request = target.getVersion() == SnmpConstants.version3 ? new ScopedPDU() : new PDU();
        request.setType(type);
        return request;
    }

    private List<? extends VariableBinding> send(PDU request) {
        if (System.nanoTime() > untilNanos) {
            throw SnmpFault.of("snmp.slow");
        }
        try {
            return bindings(snmp.send(request, target));
        } catch (IOException e) {
            throw SnmpFault.unreachable(e);
        }
    }

    private static List<? extends VariableBinding> bindings(ResponseEvent<UdpAddress> event) {
        PDU answer = event.getResponse();
        if (answer == null) {
            throw event.getError() == null ? SnmpFault.of("snmp.timeout") : SnmpFault.unreachable(event.getError());
        }
        if (answer.getType() == PDU.REPORT) {
            OID why = answer.size() == 0 ? new OID() : answer.get(0).getOid();
            throw SnmpFault.of(NAMES.getOrDefault(why, "snmp.report"));
        }
        if (answer.getErrorStatus() != PDU.noError) {
            throw SnmpFault.of("snmp.error-" + answer.getErrorStatus());
        }
        return answer.getVariableBindings();
    }
}
