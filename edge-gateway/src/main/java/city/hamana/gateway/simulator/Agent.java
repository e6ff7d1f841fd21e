package city.hamana.gateway.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.SNMP4JSettings.ReportSecurityLevelStrategy;
import org.snmp4j.Snmp;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.DefaultCounterListener;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityProtocols.SecurityProtocolSet;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** A SIMULATED SNMP agent on a UDP port: answers GET, GETNEXT and GETBULK over SNMPv2c and SNMPv3 out of a capture. */
final class Agent implements AutoCloseable, CommandResponder {
    private static final int MOST_BINDINGS = 200;
    private static final int ROOM_FOR_HEADERS = 200;
    private static final int LARGEST_MESSAGE_BYTES = 1_400;

    static {
        // Real agents report wrong keys and unknown users, which nobody can authenticate (RFC 3414, 3.2).
        SNMP4JSettings.setReportSecurityLevelStrategy(ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
    }

    private final Capture capture;
    private final Life life;
    private final Keys keys;
    private final BooleanSupplier off;
    private final Snmp snmp;
    private final int port;
    private boolean wasOff;

    private Agent(Capture capture, Life life, Keys keys, BooleanSupplier off, Snmp snmp, int port) {
        this.capture = capture;
        this.life = life;
        this.keys = keys;
        this.off = off;
        this.snmp = snmp;
        this.port = port;
    }

    /**
     * Opens the port and answers from now on.
     *
     * @param name by which its engine id differs from others'
     * @param port 0 takes any free one
     * @param off whether it has no power now
     */
    static Agent open(
            String name, InetAddress host, int port, Capture capture, Life life, Keys keys, BooleanSupplier off)
            throws IOException {
        MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv2c());
        CounterSupport counters = new CounterSupport();
        counters.addCounterListener(new DefaultCounterListener());
        SecurityProtocols protocols = new SecurityProtocols(SecurityProtocolSet.none);
        protocols.addAuthenticationProtocol(keys.auth().protocol());
        protocols.addPrivacyProtocol(keys.priv().protocol());
        OctetString engine = new OctetString(MPv3.createLocalEngineID(new OctetString(name)));
        USM usm = new USM(protocols, engine, life.starts(), counters);
        usm.addUser(new UsmUser(
                new OctetString(keys.user()),
                keys.auth().protocol().getID(),
                new OctetString(keys.authPassphrase()),
                keys.priv().protocol().getID(),
                new OctetString(keys.privPassphrase())));
        SecurityModels models = SecurityModels.getCollection(new SecurityModel[] {usm});
        dispatcher.addMessageProcessingModel(new MPv3(engine.getValue(), null, protocols, models, counters));
        DefaultUdpTransportMapping transport = new DefaultUdpTransportMapping(new UdpAddress(host, port));
        Snmp snmp = new Snmp(dispatcher, transport);
        Agent agent = new Agent(
                capture, life, keys, off, snmp, transport.getListenAddress().getPort());
        snmp.addCommandResponder(agent);
        snmp.listen();
        return agent;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            snmp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
        PDU request = event.getPDU();
        if (request == null || !powered() || !allowed(event)) {
            return; // An agent does not answer whom it does not know (RFC 3584, RFC 3414).
        }
        PDU answer = (PDU) request.clone();
        answer.clear();
        answer.setType(PDU.RESPONSE);
        answer.setRequestID(request.getRequestID());
        int room = Math.min(LARGEST_MESSAGE_BYTES, event.getMaxSizeResponsePDU()) - ROOM_FOR_HEADERS;
        switch (request.getType()) {
            case PDU.GET -> request.getVariableBindings().forEach(asked -> answer.add(get(asked.getOid())));
            case PDU.GETNEXT -> request.getVariableBindings().forEach(asked -> answer.add(next(asked.getOid())));
            case PDU.GETBULK -> bulk(request, answer, room);
            default -> answer.setErrorStatus(PDU.genErr);
        }
        reply(event, answer);
    }

    /** Without power nothing is answered; with the power back it has started anew. */
    private synchronized boolean powered() {
        boolean isOff = off.getAsBoolean();
        if (wasOff && !isOff) {
            life.restart();
        }
        wasOff = isOff;
        return !isOff;
    }

    private boolean allowed(CommandResponderEvent<?> event) {
        OctetString name = new OctetString(event.getSecurityName());
        return event.getMessageProcessingModel() == SnmpConstants.version3
                ? name.equals(new OctetString(keys.user())) && event.getSecurityLevel() == SecurityLevel.AUTH_PRIV
                : name.equals(new OctetString(keys.community()));
    }

    private VariableBinding get(OID oid) {
        Variable value = capture.at(oid, life).orElse(Null.noSuchObject);
        return new VariableBinding(oid, value);
    }

    private VariableBinding next(OID oid) {
        Optional<OID> next = capture.after(oid);
        return next.map(this::get).orElseGet(() -> new VariableBinding(oid, Null.endOfMibView));
    }

    private void bulk(PDU request, PDU answer, int room) {
        List<? extends VariableBinding> asked = request.getVariableBindings();
        int once = Math.min(request.getNonRepeaters(), asked.size());
        asked.subList(0, once).forEach(one -> answer.add(next(one.getOid())));
        List<OID> row = asked.subList(once, asked.size()).stream()
                .map(VariableBinding::getOid)
                .toList();
        for (int i = 0; i < request.getMaxRepetitions() && !row.isEmpty(); i++) {
            List<VariableBinding> found = row.stream().map(this::next).toList();
            if (answer.size() + found.size() > MOST_BINDINGS || answer.getBERLength() > room) {
                return;
            }
            found.forEach(answer::add);
            row = found.stream().map(VariableBinding::getOid).toList();
        }
    }

    private static <A extends Address> void reply(CommandResponderEvent<A> event, PDU answer) {
        try {
            event.getMessageDispatcher()
                    .returnResponsePdu(
                            event.getMessageProcessingModel(),
                            event.getSecurityModel(),
                            event.getSecurityName(),
                            event.getSecurityLevel(),
                            answer,
                            event.getMaxSizeResponsePDU(),
                            event.getStateReference(),
                            new StatusInformation());
        } catch (MessageException e) {
            System.err.println("SIMULATED agent cannot answer: " + e.getMessage());
        }
        event.setProcessed(true);
    }
}
