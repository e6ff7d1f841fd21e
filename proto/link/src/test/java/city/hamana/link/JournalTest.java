package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Journal.Content;
import city.hamana.link.Journal.Held;
import city.hamana.link.Journal.Incoming;
import city.hamana.link.Journal.Pending;
import city.hamana.messages.Dsse;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Batch;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Priority;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final long QUOTA = 1 << 20;
    private static final CertificateAuthority CA = CertificateAuthority.root("Testopolis", NOW);
    private static final DeviceIdentity NODE = CA.identity("mn-0001", Role.NODE, List.of(), NOW);
    private static final DeviceIdentity GATEWAY = CA.identity("gw-0001", Role.GATEWAY, List.of("localhost"), NOW);

    @TempDir
    Path dir;

    private Journal journal;

    @BeforeEach
    void open() {
        journal = Journal.open(dir.resolve("journal.db"), "mn-0001", options(QUOTA));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void blocksAreChainedBySequenceAndHash() {
        append(1);
        append(2);
        append(3);

        List<Held> held = journal.next(10, QUOTA);
        assertEquals(List.of(1L, 2L, 3L), held.stream().map(Held::sequence).toList());
        for (int i = 1; i < held.size(); i++) {
            Block block = opened(held.get(i));
            assertEquals(ByteString.copyFrom(Dsse.sha256(held.get(i - 1).envelope())), block.getPreviousHash());
            assertEquals(opened(held.getFirst()).getBootId(), block.getBootId());
        }
    }

    @Test
    void everyStartBeginsAChainThatNamesTheEndOfTheOneBefore() {
        ByteString first = append(1);
        ByteString boot = journal.bootId();
        assertEquals(1, journal.received(List.of(first)));
        reopen("mn-0001");

        append(2);

        Block second = opened(journal.next(10, QUOTA).getFirst());
        assertEquals(1, second.getSequence());
        assertNotEquals(boot, second.getBootId());
        assertEquals(boot, second.getContinues().getBootId());
        assertEquals(1, second.getContinues().getSequence());
        assertEquals(first, second.getContinues().getHash());
    }

    @Test
    void whatWaitsIsCountedAlsoAfterAStart() {
        append(1);
        append(2);
        Journal.Waiting before = journal.waiting();
        reopen("mn-0001");

        assertEquals(2, before.blocks());
        assertEquals(before, journal.waiting());
        journal.received(journal.next(10, QUOTA).stream().map(Held::hash).toList());
        assertEquals(new Journal.Waiting(0, 0, 0, 0), journal.waiting());
    }

    @Test
    void deletingWhatIsNotHeldChangesNothing() {
        append(1);
        Journal.Waiting before = journal.waiting();

        assertEquals(0, journal.received(List.of(ByteString.copyFrom(new byte[32]))));
        assertEquals(before, journal.waiting());
    }

    @Test
    void anAlarmOvertakesTheBacklog() {
        append(1);
        append(2);
        ByteString alarm = journal.append(NODE, clock(), Content.of(Priority.PRIORITY_ALARM, List.of(sample(3))));

        assertEquals(alarm, journal.next(1, QUOTA).getFirst().hash());
    }

    @Test
    void aBlockThatIsRefusedFiveTimesNoLongerStandsInTheWayButIsKept() {
        ByteString poison = append(1);
        ByteString good = append(2);
        for (int i = 0; i < 5; i++) {
            assertEquals(poison, journal.next(1, QUOTA).getFirst().hash());
            journal.refused(poison);
        }

        assertEquals(good, journal.next(1, QUOTA).getFirst().hash());
        assertEquals(2, journal.waiting().blocks());
        assertEquals(1, journal.waiting().setAside());
    }

    @Test
    void aFullJournalTakesNothingMoreAndLosesNothing() {
        journal.close();
        journal = Journal.open(dir.resolve("journal.db"), "mn-0001", options(1_000));
        while (journal.waiting().bytes() < 1_000) {
            append(24 * journal.nextSequence());
        }
        Journal.Waiting full = journal.waiting();
        long next = journal.nextSequence();

        assertThrows(JournalException.class, () -> append(2));
        assertEquals(full, journal.waiting());
        assertEquals(next, journal.nextSequence());
    }

    @Test
    void theJournalOfAnotherDeviceIsNotOpened() {
        journal.close();
        assertTrue(assertThrows(JournalException.class, () -> reopen("mn-0002"))
                .getMessage()
                .contains("belongs to mn-0001"));
        journal = Journal.open(dir.resolve("journal.db"), "mn-0001", options(QUOTA));
    }

    @Test
    void aFileThatIsNoJournalIsLeftAsItIs() throws IOException {
        Path file = Files.writeString(dir.resolve("other.db"), "this is not a database, but somebody may want it");

        assertThrows(JournalException.class, () -> Journal.open(file, "mn-0001", options(QUOTA)));
        assertTrue(Files.readString(file).startsWith("this is not"));
    }

    @Test
    void aBlockThatCameTwiceIsKeptOnce() {
        append(1);
        byte[] envelope = journal.next(1, QUOTA).getFirst().envelope();
        try (Journal gateway = gatewayJournal()) {
            Incoming block = incoming(envelope);
            gateway.accept(GATEWAY, clock(), List.of(block, block));
            gateway.accept(GATEWAY, clock(), List.of(block));

            assertEquals(1, gateway.waiting().blocks());
            assertArrayEquals(envelope, gateway.next(5, QUOTA).getFirst().envelope());
        }
    }

    @Test
    void aBatchIsSentAgainAsTheSameBytesUntilItsReceiptAlsoByTheNextBoot() {
        Pending first;
        try (Journal gateway = gatewayJournal()) {
            fill(gateway, 3);
            first = gateway.nextBatch(GATEWAY, clock(), 2, QUOTA).orElseThrow();
        }
        try (Journal gateway = gatewayJournal()) {
            Pending again = gateway.nextBatch(GATEWAY, clock(), 2, QUOTA).orElseThrow();

            assertArrayEquals(first.envelope(), again.envelope());
            assertEquals(hashes(first), hashes(again));
            assertEquals(2, again.blocks().size());
        }
    }

    @Test
    void theNextBatchNamesTheOneBeforeItAndCarriesTheBlocksThatAreLeft() throws InvalidProtocolBufferException {
        try (Journal gateway = gatewayJournal()) {
            fill(gateway, 3);
            Pending first = gateway.nextBatch(GATEWAY, clock(), 2, QUOTA).orElseThrow();
            gateway.batchReceived(hashes(first));
            Pending second = gateway.nextBatch(GATEWAY, clock(), 2, QUOTA).orElseThrow();

            Batch batch = Batch.parseFrom(Dsse.open(
                    Dsse.parse(second.envelope()),
                    PayloadType.BATCH,
                    GATEWAY.certificate().getPublicKey()));
            assertEquals(2, batch.getSequence());
            assertEquals(first.hash(), batch.getPreviousHash());
            assertEquals(1, second.blocks().size());
            gateway.batchReceived(hashes(second));
            assertTrue(gateway.nextBatch(GATEWAY, clock(), 2, QUOTA).isEmpty());
        }
    }

    @Test
    void whereCityHallHasLostTheChainANewOneBeginsWithTheSameBlocks() throws InvalidProtocolBufferException {
        try (Journal gateway = gatewayJournal()) {
            fill(gateway, 2);
            Pending lost = gateway.nextBatch(GATEWAY, clock(), 10, QUOTA).orElseThrow();
            gateway.beginNewBatchChain();
            Pending anew = gateway.nextBatch(GATEWAY, clock(), 10, QUOTA).orElseThrow();

            Batch before = Batch.parseFrom(Dsse.parse(lost.envelope()).getPayload());
            Batch after = Batch.parseFrom(Dsse.parse(anew.envelope()).getPayload());
            assertEquals(1, after.getSequence());
            assertNotEquals(before.getChainId(), after.getChainId());
            assertEquals(before.getBlockHashesList(), after.getBlockHashesList());
        }
    }

    @Test
    void aBatchKeepsToItsLimitInBytesButIsNeverEmpty() {
        try (Journal gateway = gatewayJournal()) {
            fill(gateway, 3);
            assertEquals(1, gateway.next(10, 1).size());
        }
    }

    private void reopen(String device) {
        journal.close();
        journal = Journal.open(dir.resolve("journal.db"), device, options(QUOTA));
    }

    private Journal gatewayJournal() {
        return Journal.open(dir.resolve("gateway.db"), "gw-0001", options(QUOTA));
    }

    private void fill(Journal gateway, int blocks) {
        List<Incoming> incoming = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            append(i);
        }
        for (Held held : journal.next(blocks, QUOTA)) {
            incoming.add(incoming(held.envelope()));
        }
        gateway.accept(GATEWAY, clock(), incoming);
    }

    private static List<ByteString> hashes(Pending batch) {
        return batch.blocks().stream().map(Held::hash).toList();
    }

    private static Journal.Options options(long quotaBytes) {
        return new Journal.Options(quotaBytes, 0, ZoneId.of("Asia/Tokyo"));
    }

    private static Incoming incoming(byte[] envelope) {
        return Incoming.of(
                envelope, SampleBlock.parse(Dsse.parse(envelope).getPayload().toByteArray()), NODE.certificate());
    }

    private ByteString append(long litres) {
        return journal.append(NODE, clock(), Content.of(Priority.PRIORITY_READING, List.of(sample(litres))));
    }

    private static Block opened(Held held) {
        return SampleBlock.parse(Dsse.open(
                Dsse.parse(held.envelope()),
                PayloadType.BLOCK,
                NODE.certificate().getPublicKey()));
    }

    private static ClockState clock() {
        return ClockState.newBuilder()
                .setUnixMs(NOW.toEpochMilli())
                .setSynchronised(true)
                .build();
    }

    private static Sample sample(long litres) {
        return new Sample("hmn-00000001", Quantity.VOLUME, NOW.plusSeconds(litres * 3600), litres, -3, 0);
    }
}
