package city.hamana.sensing.ingest;

import static city.hamana.sensing.ingest.Edge.NODE;
import static city.hamana.sensing.ingest.Edge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Ranges;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SequenceRange;
import city.hamana.messages.v1.Status;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a heartbeat's answer asks for again. */
class GapsTest {
    private static Edge edge;

    private final Boot boot = new Boot(NODE, 1);

    @BeforeAll
    static void open() {
        edge = new Edge();
    }

    @AfterAll
    static void shut() {
        edge.close();
    }

    @BeforeEach
    void forget() {
        edge.forget();
        edge.now = NOW;
    }

    @Test
    void aBlockThatTheNodeMadeAndNobodyHoldsIsAskedForAgain() {
        boot.next(3);
        edge.deliver(boot.block(1));

        assertEquals(List.of("mn-0001: 2-3"), wanted(said(4)));
        edge.deliver(boot.block(2), boot.block(3));
        edge.now = NOW.plusSeconds(61);
        assertEquals(List.of(), wanted(said(4)));
    }

    @Test
    void whatAnyoneSaysToHoldStillIsNotAskedFor() {
        boot.next(4);
        edge.deliver(boot.block(1));

        Status byNode = said(5).toBuilder().addPending(set(boot.id, 2, 2)).build();
        Status byGateway = Status.newBuilder().addPending(set(boot.id, 3, 3)).build();

        assertEquals(List.of("mn-0001: 4"), wanted(byGateway, byNode));
    }

    @Test
    void whatIsLostOrSetAsideIsNotAskedFor() {
        boot.next(4);
        byte[] forged = new Boot(NODE, 1)
                .next(block -> block.setSequence(3).setPreviousHash(ByteString.copyFrom(new byte[32])));
        edge.deliver(boot.block(4), forged);
        assertEquals("1-2", edge.missing("mn-0001", boot.id));
        edge.deliver(boot.next(block -> block.addLosses(boot.loss(1, 1))));

        assertEquals(List.of("mn-0001: 2"), wanted(said(6)));
    }

    @Test
    void theSameIsAskedForOnceAMinute() {
        boot.next(2);
        edge.deliver(boot.block(2));

        assertEquals(1, wanted(said(3)).size());
        edge.now = NOW.plusSeconds(59);
        assertEquals(0, wanted(said(3)).size());
        edge.now = NOW.plusSeconds(60);
        assertEquals(1, wanted(said(3)).size());
    }

    @Test
    void whatAStatusOnceSaidToExistIsRememberedWhenTheDeviceHasForgottenIt() {
        boot.next(2);
        edge.deliver(boot.block(1));
        wanted(said(3).toBuilder().addPending(set(boot.id, 2, 2)).build());
        edge.now = NOW.plusSeconds(60);

        Status afterwards = said(1).toBuilder().setBootId(Edge.boot(2)).build();

        assertEquals(List.of("mn-0001: 2"), wanted(afterwards));
    }

    @Test
    void anAnswerIsSmallHoweverMuchIsMissingAndTheOldestComesFirst() {
        for (int i = 1; i <= 70; i++) {
            edge.now = NOW.plusSeconds(i);
            Boot one = new Boot(NODE, i);
            one.next(2);
            edge.deliver(one.block(2));
        }
        Boot holes = new Boot(NODE, 0);
        List<byte[]> odd = new ArrayList<>();
        for (int i = 1; i <= 140; i++) {
            byte[] block = holes.next();
            if (i % 2 == 0) {
                odd.add(block);
            }
        }
        edge.now = NOW;
        edge.deliver(odd);

        edge.now = NOW.plusSeconds(100);
        List<BlockSet> first = answer(Status.getDefaultInstance(), said(1));
        assertEquals(64, first.size());
        assertEquals(holes.id, first.getFirst().getBootId());
        assertEquals(64, first.getFirst().getBlocksCount());
        assertEquals(7, wanted(said(1)).size());
    }

    @Test
    void aStatusThatIsFullOfOtherChainsMayHideThisOne() {
        boot.next(2);
        edge.deliver(boot.block(2));
        Status.Builder full = said(3).toBuilder();
        for (int i = 2; i < 258; i++) {
            byte[] id = new byte[16];
            id[0] = (byte) i;
            id[1] = (byte) (i >> 8);
            full.addPending(set(ByteString.copyFrom(id), 1, 1));
        }

        assertEquals(List.of(), wanted(full.build()));
    }

    @Test
    void aStatusThatCannotBeIsPassedOver() {
        Status silly = said(-5).toBuilder().addPending(set(boot.id, 9, 2)).build();
        assertEquals(List.of(), wanted(silly));
        assertEquals(
                List.of(),
                wanted(said(1).toBuilder().setNextSequence(Long.MAX_VALUE).build()));
        assertEquals(
                List.of(),
                wanted(said(9).toBuilder().setBootId(ByteString.EMPTY).build()));
        assertEquals(0, edge.count("ingest_stream"));
    }

    @Test
    void aGatewayThatKeepsUpCostsNoWriteAndNoRowOfTheOpenOnes() {
        edge.deliver(boot.next(3));
        wanted(said(4));
        assertEquals(0, edge.count("ingest_open"));
        assertTrue(wanted(said(4)).isEmpty());
    }

    private Status said(long next) {
        return Status.newBuilder()
                .setDeviceId("mn-0001")
                .setBootId(boot.id)
                .setNextSequence(next)
                .build();
    }

    private static BlockSet set(ByteString boot, long first, long last) {
        return BlockSet.newBuilder()
                .setDeviceId("mn-0001")
                .setBootId(boot)
                .addBlocks(SequenceRange.newBuilder().setFirst(first).setLast(last))
                .build();
    }

    private static List<String> wanted(Status node) {
        return wanted(Status.getDefaultInstance(), node);
    }

    private static List<String> wanted(Status gateway, Status node) {
        return answer(gateway, node).stream()
                .map(set -> set.getDeviceId() + ": " + Ranges.of(set.getBlocksList()))
                .toList();
    }

    private static List<BlockSet> answer(Status gateway, Status node) {
        Heartbeat heartbeat = Heartbeat.newBuilder()
                .setGateway(gateway)
                .addNodes(NodePresence.newBuilder()
                        .setDeviceId("mn-0001")
                        .setConnected(true)
                        .setStatus(node))
                .build();
        return edge.ingest.wanted(heartbeat, "gw-0001", edge.now);
    }
}
