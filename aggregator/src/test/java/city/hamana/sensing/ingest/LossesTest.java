package city.hamana.sensing.ingest;

import static city.hamana.sensing.ingest.Edge.GATEWAY;
import static city.hamana.sensing.ingest.Edge.NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What devices sign to have given up: who may say so, and what it explains. */
class LossesTest {
    private static Edge edge;

    private final Boot node = new Boot(NODE, 1);
    private final Boot gateway = new Boot(GATEWAY, 2);

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
    }

    @Test
    void aLossThatTheDeviceSignedExplainsTheGapAndIsTold() {
        node.next(4);
        edge.deliver(node.block(1), node.block(4));
        assertEquals("2-3", edge.missing("mn-0001", node.id));

        edge.deliver(node.next(block -> block.addLosses(node.loss(2, 3))));

        assertEquals("", edge.missing("mn-0001", node.id));
        assertTrue(edge.told("mn-0001").contains("ingest.loss"));
        assertTrue(edge.detail("mn-0001", "ingest.loss").contains("\"reason\":\"quota-fine\""));
        assertEquals(0, edge.count("ingest_open"));
    }

    @Test
    void aLossThatComesTwiceIsStoredOnce() {
        byte[] block = node.next(b -> b.addLosses(node.loss(5, 6)));
        edge.deliver(block);
        edge.deliver(block);

        assertEquals(1, edge.count("ingest_loss"));
        assertEquals(
                1, edge.told("mn-0001").stream().filter("ingest.loss"::equals).count());
    }

    @Test
    void aBlockThatComesAfterAllCountsAsHeld() {
        node.next(2);
        edge.deliver(node.next(block -> block.addLosses(node.loss(1, 2))));
        assertEquals("", edge.missing("mn-0001", node.id));

        assertEquals(List.of(Verdict.VERDICT_STORED), Edge.verdicts(edge.deliver(node.block(2))));
        assertEquals("2-3", edge.held("mn-0001", node.id));
    }

    @Test
    void aNodeMayNotDeclareAnothersLossAndAGatewayMay() {
        DeviceIdentity other = Edge.CA.identity("mn-0002", Role.NODE, List.of(), Edge.NOW);
        edge.introduce(other);
        edge.deliver(node.next(3).get(2));

        BlockOutcome byNode = edge.deliver(new Boot(other, 4).next(block -> block.addLosses(node.loss(1, 2))))
                .getFirst();
        assertEquals(Verdict.VERDICT_QUARANTINED, byNode.getVerdict());
        assertTrue(byNode.getReason().contains("may not speak"), byNode.getReason());
        assertEquals("1-2", edge.missing("mn-0001", node.id));

        edge.deliver(gateway.next(block -> block.addLosses(node.loss(1, 2))));
        assertEquals("", edge.missing("mn-0001", node.id));
    }

    @Test
    void allOfAnEarlierBootThatHasNotComeIsExplainedWhateverBecomesKnownOfItLater() {
        Boot later = new Boot(NODE, 3);
        node.next(9);
        edge.deliver(node.block(2));
        edge.deliver(later.next(block -> block.addLosses(node.loss())));
        edge.deliver(later.next(block -> block.setContinues(node.end(9))));

        assertEquals("", edge.missing("mn-0001", node.id));
    }

    @Test
    void allOfADeviceSpeaksOfWhatWasKnownThenAndNotOfWhatIsMadeLater() {
        Loss vanished = Loss.newBuilder()
                .setBlocks(BlockSet.newBuilder().setDeviceId("mn-0001"))
                .setReason(LossReason.LOSS_REASON_STORAGE_VANISHED)
                .build();
        node.next(4);
        edge.deliver(node.block(2), node.block(4));
        Boot later = new Boot(NODE, 3);
        later.next(3);

        edge.deliver(later.next(block -> block.addLosses(vanished)));
        assertEquals("", edge.missing("mn-0001", node.id));
        assertEquals("", edge.missing("mn-0001", later.id));

        later.next(2);
        edge.deliver(later.block(6));
        assertEquals("5", edge.missing("mn-0001", later.id));
    }

    @Test
    void aLossThatCannotBeIsSetAside() {
        Loss backwards = node.loss(9, 3);
        Loss without = node.loss(1, 2).toBuilder().clearReason().build();
        Loss far = node.loss(1, Long.MAX_VALUE);
        Loss nobodys = node.loss(1, 2).toBuilder()
                .setBlocks(BlockSet.newBuilder().setDeviceId("../etc"))
                .build();
        for (Loss bad : List.of(backwards, without, far, nobodys)) {
            Boot boot = new Boot(NODE, 9);
            byte[] block = boot.next(b -> b.addLosses(bad));
            assertEquals(List.of(Verdict.VERDICT_QUARANTINED), Edge.verdicts(edge.deliver(block)));
        }
        byte[] many = new Boot(NODE, 9).next(block -> {
            for (int i = 0; i < 257; i++) {
                block.addLosses(node.loss(1, 1));
            }
        });
        assertEquals(List.of(Verdict.VERDICT_QUARANTINED), Edge.verdicts(edge.deliver(many)));
        assertEquals(0, edge.count("ingest_loss"));
    }
}
