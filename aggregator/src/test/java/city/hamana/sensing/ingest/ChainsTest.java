package city.hamana.sensing.ingest;

import static city.hamana.sensing.ingest.Edge.NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Ranges;
import city.hamana.messages.v1.ChainEnd;
import city.hamana.messages.v1.Verdict;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which blocks are held and which are known to exist, whatever the order in which they come. */
class ChainsTest {
    private static Edge edge;

    private final Boot first = new Boot(NODE, 1);
    private final Boot second = new Boot(NODE, 2);

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
    void blocksThatComeShuffledAndTwiceEndInOneRange() {
        List<byte[]> blocks = new ArrayList<>(first.next(60));
        Collections.shuffle(blocks, new Random(7));
        Ranges expected = new Ranges();
        for (int from = 0; from < blocks.size(); from += 5) {
            List<byte[]> part = blocks.subList(from, from + 5);
            edge.deliver(part);
            edge.deliver(part);
            part.forEach(block -> expected.add(sequence(block)));
            assertEquals(expected.toString(), edge.held("mn-0001", first.id));
        }
        assertEquals("1-60", edge.held("mn-0001", first.id));
        assertEquals(1, edge.count("ingest_range"));
        assertEquals(60, edge.count("ingest_block"));
        assertEquals(0, edge.count("ingest_open"));
    }

    @Test
    void theEndThatTheNextBootNamesProvesBlocksThatNobodyHasSeen() {
        first.next(5);
        edge.deliver(first.block(1), first.block(2));
        assertEquals("", edge.missing("mn-0001", first.id));

        edge.deliver(second.next(block -> block.setContinues(first.end(5))));

        assertEquals("3-5", edge.missing("mn-0001", first.id));
        assertEquals(1, edge.count("ingest_open"));
        edge.deliver(first.block(5), first.block(3), first.block(4));
        assertEquals("", edge.missing("mn-0001", first.id));
        assertEquals(0, edge.count("ingest_open"));
        assertFalse(edge.told("mn-0001").contains("ingest.storage-went-back"));
    }

    @Test
    void aBootThatKnowsLessThanCityHallHoldsHasAStorageThatWentBack() {
        edge.deliver(first.next(5));

        edge.deliver(second.next(block -> block.setContinues(first.end(3))));

        assertTrue(edge.told("mn-0001").contains("ingest.storage-went-back"));
        assertTrue(edge.detail("mn-0001", "ingest.storage-went-back").contains("\"named\":3"));
        assertTrue(edge.detail("mn-0001", "ingest.storage-went-back").contains("holds more"));
        assertEquals("1", edge.held("mn-0001", second.id));
    }

    @Test
    void soItHasWhenTheBlocksBeyondComeOnlyAfterwards() {
        first.next(5);
        edge.deliver(second.next(block -> block.setContinues(first.end(3))));
        edge.deliver(first.block(1), first.block(2), first.block(3));
        assertFalse(edge.told("mn-0001").contains("ingest.storage-went-back"));

        edge.deliver(first.block(4));

        assertTrue(edge.told("mn-0001").contains("ingest.storage-went-back"));
    }

    @Test
    void anEndThatIsAnotherBlockThanTheOneHeldIsToldInWorseWords() {
        edge.deliver(first.next(3));
        ChainEnd other = first.end(3).toBuilder()
                .setHash(ByteString.copyFrom(new byte[32]))
                .build();

        edge.deliver(second.next(block -> block.setContinues(other)));

        assertTrue(edge.detail("mn-0001", "ingest.storage-went-back").contains("is not the one"));
    }

    @Test
    void twoBootsThatContinueTheSameOneAreAStorageThatWentBack() {
        edge.deliver(first.next(3));
        edge.deliver(second.next(block -> block.setContinues(first.end(3))));
        assertFalse(edge.told("mn-0001").contains("ingest.storage-went-back"));

        edge.deliver(new Boot(NODE, 3).next(block -> block.setContinues(first.end(3))));

        assertTrue(edge.told("mn-0001").contains("ingest.storage-went-back"));
    }

    @Test
    void anEndThatCannotBeIsSetAside() {
        ChainEnd itself = ChainEnd.newBuilder()
                .setBootId(first.id)
                .setSequence(3)
                .setHash(ByteString.copyFrom(new byte[32]))
                .build();
        byte[] own = first.next(block -> block.setContinues(itself));
        byte[] far = second.next(block -> block.setContinues(itself.toBuilder().setSequence(-1)));

        assertEquals(
                List.of(Verdict.VERDICT_QUARANTINED, Verdict.VERDICT_QUARANTINED),
                Edge.verdicts(edge.deliver(own, far)));
    }

    private static long sequence(byte[] envelope) {
        return new Clocks.Waiting(0, envelope).block().getSequence();
    }
}
