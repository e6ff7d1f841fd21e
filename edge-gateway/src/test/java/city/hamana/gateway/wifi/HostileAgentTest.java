package city.hamana.gateway.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.gateway.simulator.Simulator;
import city.hamana.messages.DeviceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** What a broken or hostile line or agent can send: each is counted under its own name and ends with the round. */
class HostileAgentTest {
    @TempDir
    Path dir;

    @Test
    void answersThatWereCutAreMalformed() throws IOException {
        assertEquals(Optional.empty(), throughALine(answer -> List.of(Arrays.copyOf(answer, answer.length / 2))));
        assertTrue(faults.containsKey("snmp.malformed") && faults.containsKey("snmp.timeout"), faults.toString());
    }

    @Test
    void garbageIsMalformed() throws IOException {
        assertEquals(
                Optional.empty(),
                throughALine(answer -> List.of("no SNMP at all".getBytes(StandardCharsets.US_ASCII))));
        assertTrue(faults.containsKey("snmp.malformed"), faults.toString());
    }

    @Test
    void answersOfAnotherVersionAreNotTaken() throws IOException {
        assertEquals(Optional.empty(), throughALine(answer -> {
            byte[] other = answer.clone();
            other[Math.floorMod(other[1], 256) < 128 ? 4 : other[1] == (byte) 0x81 ? 5 : 6] = 9;
            return List.of(other);
        }));
        assertTrue(faults.containsKey("snmp.bad-version"), faults.toString());
    }

    @Test
    void answersThatComeTwiceAreTakenOnce() throws IOException {
        Optional<Snapshot> said = throughALine(answer -> List.of(answer, answer));
        assertEquals(2, Site.parts(said.orElseThrow(), PartKind.SSID).size());
    }

    @Test
    void answersFromSomebodyElseAreNotTaken() throws IOException {
        try (Simulator agent = new Site(dir).simulator("");
                Meddler line = Meddler.fromAStranger(agent.ports().getFirst())) {
            assertEquals(Optional.empty(), ask(line.port()));
            assertTrue(faults.containsKey("snmp.wrong-sender"), faults.toString());
        }
    }

    @Test
    void aTableWithoutEndIsCutAtTheMostRows() throws IOException {
        try (RawAgent agent = RawAgent.start((asked, n) -> new VariableBinding(
                asked.size() > 30 ? new OID(asked).nextPeer() : new OID(asked).append(1), new Integer32(71)))) {
            assertTrue(ask(agent.port()).isPresent());
            assertTrue(faults.containsKey("snmp.too-many-rows"), faults.toString());
        }
    }

    @Test
    void anAgentThatGoesInCirclesIsLeft() throws IOException {
        try (RawAgent agent = RawAgent.start((asked, n) -> new VariableBinding(asked, new Integer32(71)))) {
            assertTrue(ask(agent.port()).isPresent());
            assertTrue(faults.containsKey("snmp.not-increasing"), faults.toString());
        }
    }

    @Test
    void anErrorStatusIsCountedByItsNumber() throws IOException {
        try (RawAgent agent = RawAgent.start((asked, n) -> {
            throw new IllegalStateException("genErr");
        })) {
            assertTrue(ask(agent.port()).isPresent());
            assertTrue(faults.containsKey("snmp.error-5"), faults.toString());
        }
    }

    @Test
    void atMostAsManyPartsAreKeptAsTheMostRows() throws IOException {
        String many = "1.3.6.1.2.1.1.1.0|4|UniFi\n1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.41112\n1.3.6.1.2.1.1.3.0|67|1\n"
                + IntStream.range(1, 5_000)
                        .mapToObj(n -> "1.3.6.1.4.1.41112.1.6.1.2.1.6." + n + "|4|ssid " + n)
                        .collect(Collectors.joining("\n"));
        try (Simulator agent = new Site(dir).playing(many)) {
            Snapshot said = ask(agent.ports().getFirst()).orElseThrow();
            assertEquals(512, Site.parts(said, PartKind.SSID).size());
            assertTrue(faults.containsKey("snmp.too-many-rows"), faults.toString());
        }
    }

    @Test
    void namesOfAnyKindBecomeIdsAndLinesOfText() throws IOException {
        String names = "1.3.6.1.2.1.1.1.0|4|UniFi\n1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.41112\n1.3.6.1.2.1.1.3.0|67|1\n"
                + "1.3.6.1.4.1.41112.1.6.1.2.1.6.1|4x|" + "e6b996e8a5bfe5b882" + "\n"
                + "1.3.6.1.4.1.41112.1.6.1.2.1.6.2|4x|" + "00ff0a".repeat(60) + "\n"
                + "1.3.6.1.4.1.41112.1.6.1.2.1.6.3|4|Guest\n1.3.6.1.4.1.41112.1.6.1.2.1.6.4|4|guest\n";
        try (Simulator agent = new Site(dir).playing(names)) {
            List<Part> ssids = Site.parts(ask(agent.ports().getFirst()).orElseThrow(), PartKind.SSID);
            assertEquals(3, ssids.stream().map(Part::id).distinct().count());
            ssids.forEach(ssid -> {
                DeviceId.check(ssid.id());
                assertFalse(
                        ssid.name().matches("(?s).*\\p{Cntrl}.*") || ssid.name().length() > 100);
            });
            assertTrue(ssids.stream().anyMatch(ssid -> ssid.name().equals("湖西市")));
        }
    }

    private Map<String, Long> faults = Map.of();

    private Optional<Snapshot> throughALine(Function<byte[], List<byte[]>> meddling) throws IOException {
        try (Simulator agent = new Site(dir).simulator("");
                Meddler line = Meddler.with(agent.ports().getFirst(), meddling)) {
            return ask(line.port());
        }
    }

    private Optional<Snapshot> ask(int port) throws IOException {
        AccessPoint hall = Site.accessPoint(new Site(dir).v2c(port));
        Optional<Snapshot> said = hall.ask(Instant.now());
        faults = hall.faults();
        return said;
    }

    /** An agent that answers the first GET as it should, and after that as it likes. */
    private record RawAgent(Snmp snmp, int port) implements AutoCloseable {
        interface Next {
            VariableBinding after(OID asked, int n);
        }

        static RawAgent start(Next next) throws IOException {
            MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
            dispatcher.addMessageProcessingModel(new MPv2c());
            DefaultUdpTransportMapping transport = new DefaultUdpTransportMapping(new UdpAddress("127.0.0.1/0"));
            Snmp snmp = new Snmp(dispatcher, transport);
            snmp.addCommandResponder(new CommandResponder() {
                @Override
                public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
                    reply(event, answer(event.getPDU(), next));
                }
            });
            snmp.listen();
            return new RawAgent(snmp, transport.getListenAddress().getPort());
        }

        private static PDU answer(PDU request, Next next) {
            PDU answer = new PDU(PDU.RESPONSE, List.of());
            answer.setRequestID(request.getRequestID());
            if (request.getType() == PDU.GET) {
                answer.add(new VariableBinding(Poll.SYS_DESCR, new OctetString("raw")));
                answer.add(new VariableBinding(Poll.SYS_UP_TIME, new TimeTicks(100)));
                return answer;
            }
            try {
                OID last = request.get(0).getOid();
                for (int n = 0; n < request.getMaxRepetitions(); n++) {
                    VariableBinding found = next.after(last, n);
                    answer.add(found);
                    last = found.getOid();
                }
            } catch (IllegalStateException e) {
                answer.setErrorStatus(PDU.genErr);
            }
            return answer;
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
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            snmp.close();
        }
    }
}
