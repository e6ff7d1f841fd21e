package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Journal.Content;
import city.hamana.link.Journal.Held;
import city.hamana.link.Journal.Incoming;
import city.hamana.messages.Dsse;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Quantity;
import city.hamana.messages.Ranges;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.StorageState;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a journal when its space, its disk or somebody's hand fails it. */
class JournalFaultsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final CertificateAuthority CA = CertificateAuthority.root("Test", NOW);
    private static final DeviceIdentity NODE = CA.identity("mn-0001", Role.NODE, List.of(), NOW);
    private static final DeviceIdentity GATEWAY = CA.identity("gw-0001", Role.GATEWAY, List.of(), NOW);
    private static final long MUCH = 64 << 20;
    private static final int PAGE = 1024;
    private static final long SEED = 20261122;

    @TempDir
    Path dir;

    private Path file;
    private Journal journal;

    @BeforeEach
    void open() {
        file = dir.resolve("journal.db");
        journal = open(MUCH, 0);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    // --- space ---------------------------------------------------------------------------------------------------

    @Test
    void whenTheQuotaIsReachedTheBillingIndexStaysAndEveryDropIsASignedRecord() {
        reopen(40_000, 0);
        List<Sample> all = new ArrayList<>();
        for (int step = 0; step < 1_500; step++) {
            List<Sample> samples =
                    List.of(sample(Quantity.VOLUME, 20L * step, step), sample(Quantity.TEMPERATURE, 20L * step, 1_700));
            all.addAll(samples);
            journal.append(NODE, clock(), Content.of(Priority.PRIORITY_READING, samples));
        }

        List<Block> blocks = blocks();
        List<Sample> left =
                blocks.stream().flatMap(b -> SampleBlock.samples(b).stream()).toList();
        assertTrue(journal.waiting().bytes() < 40_000, () -> journal.waiting().toString());
        assertTrue(new HashSet<>(left).containsAll(lastOfEachDay(all)));
        long told = blocks.stream()
                .flatMap(b -> b.getLossesList().stream())
                .mapToLong(Loss::getSamples)
                .sum();
        assertEquals(all.size(), left.size() + told);
        Ranges accounted = lost(blocks);
        blocks.forEach(b -> accounted.add(b.getSequence()));
        assertEquals(Ranges.between(1, journal.nextSequence() - 1), accounted);
    }

    @Test
    void afterManyStartsAndManyThinningsTheRecordsStillFitABlockAndAddUp() {
        List<Sample> all = new ArrayList<>();
        for (int boot = 0; boot < 12; boot++) {
            reopen(24_000, 0);
            for (int step = 0; step < 60; step++) {
                long at = 60L * boot + step;
                List<Sample> samples = List.of(sample(Quantity.VOLUME, 20 * at, at), sample(Quantity.FLOW, 20 * at, 7));
                all.addAll(samples);
                journal.append(NODE, clock(), Content.of(Priority.PRIORITY_READING, samples));
            }
        }
        List<Block> blocks = blocks();
        List<Sample> left =
                blocks.stream().flatMap(b -> SampleBlock.samples(b).stream()).toList();
        assertTrue(new HashSet<>(left).containsAll(lastOfEachDay(all)));
        assertEquals(
                all.size(),
                left.size()
                        + blocks.stream()
                                .flatMap(b -> b.getLossesList().stream())
                                .mapToLong(Loss::getSamples)
                                .sum());
        assertTrue(blocks.stream().allMatch(b -> b.getLossesCount() <= 110));
    }

    @Test
    void aGatewayThatIsFullTakesNoMoreOfItsNodesAndLosesNothingOfTheirs() {
        for (int i = 0; i < 200; i++) {
            append(i);
        }
        try (Journal gateway = Journal.open(dir.resolve("gw.db"), "gw-0001", new Journal.Options(20_000, 0, ZONE))) {
            List<Incoming> incoming = incoming(journal.next(200, MUCH));
            int taken = 0;
            while (gateway.waiting().bytes() < 20_000) {
                gateway.accept(GATEWAY, clock(), incoming.subList(taken, taken + 1));
                taken++;
            }
            int more = taken;
            assertThrows(
                    JournalException.class, () -> gateway.accept(GATEWAY, clock(), incoming.subList(more, more + 1)));
            assertEquals(taken, gateway.waiting().blocks());
        }
    }

    @Test
    void whatWasReceiptedIsRetainedForWhenItIsAskedForAgain() {
        reopen(MUCH, 1 << 20);
        ByteString boot = journal.bootId();
        List<ByteString> hashes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hashes.add(append(i));
        }
        assertEquals(10, journal.received(hashes));
        assertEquals(0, journal.waiting().blocks());
        assertEquals(List.of(), journal.wanted(List.of(set("mn-0001", boot, 3, 5))));

        assertEquals(
                List.of(3L, 4L, 5L),
                journal.next(10, MUCH).stream().map(Held::sequence).toList());
        assertEquals(List.of(set("mn-0001", boot, 3, 5)), journal.pending());
        reopen(MUCH, 1 << 20);
        assertEquals(3, journal.waiting().blocks());
    }

    @Test
    void retainedBlocksMakeRoomFirstAndWithoutARecord() {
        reopen(30_000, 15_000);
        for (int i = 0; i < 300; i++) {
            journal.received(List.of(append(i)));
        }
        assertTrue(journal.waiting().retainedBytes() <= 15_000);
        for (int i = 0; i < 40; i++) {
            append(i);
        }
        assertEquals(40, journal.waiting().blocks());
        assertTrue(blocks().stream().allMatch(b -> b.getLossesCount() == 0));
    }

    @Test
    void whatIsAskedForButNotHeldAnyMoreIsAnsweredOnceInTheNextBlock() {
        ByteString hash = append(1);
        journal.received(List.of(hash));
        BlockSet asked = set("mn-0001", journal.bootId(), 1, 1);
        journal.wanted(List.of(asked));
        journal.wanted(List.of(asked));
        assertTrue(journal.lossesWait());
        journal.append(NODE, clock(), Content.none());

        List<Loss> told = blocks().getFirst().getLossesList();
        assertEquals(1, told.size());
        assertEquals(asked, told.getFirst().getBlocks());
        assertEquals(LossReason.LOSS_REASON_HANDED_OVER, told.getFirst().getReason());
        assertFalse(journal.lossesWait());
    }

    @Test
    void whatAnotherDeviceIsAskedForIsLeftToIt() {
        BlockSet asked = set("mn-0002", ByteString.copyFrom(new byte[16]), 1, 4);

        assertEquals(List.of(asked), journal.wanted(List.of(asked)));
        assertFalse(journal.lossesWait());
    }

    // --- damage --------------------------------------------------------------------------------------------------

    @Test
    void ofAFileWithADamagedPageEveryOtherBlockIsSavedAndTheRestIsReported() throws IOException {
        for (int i = 0; i < 400; i++) {
            append(i);
        }
        Set<Long> before = sequences();
        journal.close();
        Random random = new Random(SEED);
        long pages = Files.size(file) / PAGE;
        for (int hit = 0; hit < 4; hit++) {
            overwrite(PAGE * (1 + random.nextLong(pages - 1)), noise(random));
        }
        journal = open(MUCH, 0);

        Set<Long> after = sequences();
        assertEquals(StorageState.STORAGE_STATE_SALVAGED, journal.storageState());
        assertTrue(before.containsAll(after));
        assertTrue(after.size() >= 400 - 4 * 12, after.size() + " of 400");
        assertTrue(Files.exists(dir.resolve("journal.db.damaged")));
        journal.append(NODE, clock(), Content.none());
        Block teller = blocks().getLast();
        assertEquals(LossReason.LOSS_REASON_STORAGE_DAMAGED, teller.getLosses(0).getReason());
    }

    @Test
    void aFileWhoseHeadIsGoneIsSavedWhole() throws IOException {
        for (int i = 0; i < 50; i++) {
            append(i);
        }
        journal.close();
        overwrite(0, noise(new Random(SEED)));
        journal = open(MUCH, 0);

        assertEquals(50, journal.waiting().blocks());
        assertEquals(50, sequences().size());
    }

    @Test
    void longBlocksThatSpreadOverPagesAreSavedToo() throws IOException {
        List<Sample> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(new Sample("els-" + i % 50, Quantity.VOLUME, NOW.plusSeconds(37L * i), 1_000L * i * i, -3, 0));
        }
        ByteString hash = journal.append(NODE, clock(), Content.of(Priority.PRIORITY_READING, many));
        journal.close();
        overwrite(0, noise(new Random(SEED)));
        journal = open(MUCH, 0);

        assertEquals(hash, journal.next(1, MUCH).getFirst().hash());
        assertTrue(journal.next(1, MUCH).getFirst().envelope().length > 3 * PAGE);
    }

    @Test
    void damageUnderTheRunningProgramIsFoundAndMended() throws IOException {
        for (int i = 0; i < 400; i++) {
            append(i);
        }
        journal.close();
        journal = open(MUCH, 0);
        append(400);
        Random random = new Random(SEED);
        // Big enough that the page cache does not hold it; the log is folded into the file before the noise comes.
        for (int i = 0; i < 2_500; i++) {
            append(i);
        }
        long pages = Files.size(file) / PAGE;
        for (int hit = 0; hit < 40; hit++) {
            overwrite(PAGE * (1 + random.nextLong(pages - 1)), noise(random));
        }
        drain();

        assertEquals(0, journal.waiting().blocks());
        assertEquals(StorageState.STORAGE_STATE_SALVAGED, journal.storageState());
        assertTrue(journal.lossesWait());
    }

    /** The receipts are taken once more on what was saved, and count there too. */
    @Test
    void damageThatIsFoundWhileReceiptsAreTakenLeavesTheCountOfTheFile() throws IOException {
        for (int i = 0; i < 2_500; i++) {
            append(i);
        }
        journal.close();
        journal = open(MUCH, 0);
        List<ByteString> hashes =
                journal.next(10_000, MUCH).stream().map(Held::hash).toList();
        Random random = new Random(SEED);
        long pages = Files.size(file) / PAGE;
        for (int hit = 0; hit < pages / 3; hit++) {
            overwrite(PAGE * (1 + random.nextLong(pages - 1)), noise(random));
        }
        journal.received(hashes.subList(0, 1_000));

        assertEquals(StorageState.STORAGE_STATE_SALVAGED, journal.storageState());
        assertEquals(journal.next(10_000, MUCH).size(), journal.waiting().blocks());
    }

    @Test
    void aTruncatedLogCostsTheLastCommitsButNeverMakesASecondBlockOfThePlace() throws IOException {
        for (int i = 0; i < 30; i++) {
            append(i);
        }
        Path copy = Files.createDirectory(dir.resolve("card"));
        for (String name : List.of("journal.db", "journal.db-wal", "journal.db.begun", "journal.db.end")) {
            Files.copy(dir.resolve(name), copy.resolve(name));
        }
        try (FileChannel log = FileChannel.open(copy.resolve("journal.db-wal"), StandardOpenOption.WRITE)) {
            log.truncate(log.size() / 2);
        }
        ByteString boot = journal.bootId();
        try (Journal restarted =
                Journal.open(copy.resolve("journal.db"), "mn-0001", new Journal.Options(MUCH, 0, ZONE))) {
            long left = restarted.waiting().blocks();
            assertTrue(left > 0 && left < 30, left + " of 30");
            restarted.append(NODE, clock(), Content.none());
            Block next = parsed(restarted.next(100, MUCH).getLast());
            assertEquals(1, next.getSequence());
            assertEquals(boot, next.getContinues().getBootId());
            assertEquals(left, next.getContinues().getSequence());
            assertEquals(set("mn-0001", boot, left + 1, 30), next.getLosses(0).getBlocks());
            assertEquals(
                    LossReason.LOSS_REASON_STORAGE_DAMAGED, next.getLosses(0).getReason());
        }
    }

    @Test
    void aLogThatIsCutToNothingLeavesAJournalThatOpensAndTellsWhatItForgot() throws IOException {
        for (int i = 0; i < 10; i++) {
            append(i);
        }
        Path copy = Files.createDirectory(dir.resolve("card"));
        for (String name : List.of("journal.db", "journal.db.begun", "journal.db.end")) {
            Files.copy(dir.resolve(name), copy.resolve(name));
        }
        ByteString boot = journal.bootId();
        try (Journal restarted =
                Journal.open(copy.resolve("journal.db"), "mn-0001", new Journal.Options(MUCH, 0, ZONE))) {
            restarted.append(NODE, clock(), Content.none());
            List<Loss> told = parsed(restarted.next(10, MUCH).getLast()).getLossesList();
            assertEquals(set("mn-0001", boot, 1, 10), told.getFirst().getBlocks());
        }
    }

    @Test
    void aWitnessThatIsBehindOrTornSaysNothing() throws IOException {
        append(1);
        append(2);
        Path witness = dir.resolve("journal.db.end");
        byte[] note = Files.readAllBytes(witness);
        note[note.length - 1] ^= 1;
        Files.write(witness, note);
        reopen(MUCH, 0);
        assertFalse(journal.lossesWait());
        append(3);
        reopen(MUCH, 0);
        assertFalse(journal.lossesWait());
    }

    @Test
    void aFileDeletedUnderTheRunningProgramIsWrittenAnewAndNothingIsLost() throws IOException {
        for (int i = 0; i < 20; i++) {
            append(i);
        }
        for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
            Files.deleteIfExists(dir.resolve(name));
        }
        append(20);
        assertEquals(StorageState.STORAGE_STATE_SALVAGED, journal.storageState());
        reopen(MUCH, 0);

        assertEquals(21, journal.waiting().blocks());
        assertEquals(21, sequences().size());
    }

    @Test
    void aCommitThatWasSaidToFailButReachedTheDiskKeepsItsPlace() throws Exception {
        append(1);
        Held first = journal.next(1, MUCH).getFirst();
        byte[] second = NODE.seal(
                PayloadType.BLOCK,
                SampleBlock.parse(Dsse.parse(first.envelope()).getPayload().toByteArray()).toBuilder()
                        .setSequence(2)
                        .setPreviousHash(first.hash())
                        .build()
                        .toByteArray());
        commitUnseen(second);
        Files.delete(file); // So that it is opened again, as after a fault of the disk.
        append(3);
        List<Block> blocks = blocks();
        assertEquals(
                List.of(1L, 2L, 3L), blocks.stream().map(Block::getSequence).toList());
        assertEquals(ByteString.copyFrom(Dsse.sha256(second)), blocks.getLast().getPreviousHash());
    }

    /** The journal's next block gets into its file, but the program does not hear of it. */
    private void commitUnseen(byte[] envelope) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement block = db.prepareStatement("insert into block"
                        + " select null, device, boot, 2, priority, 0, 0, 0, keyid, ?, ? from block");
                PreparedStatement chain =
                        db.prepareStatement("update chain set sequence = 2, hash = ? where kind = 'block'")) {
            block.setBytes(1, Dsse.sha256(envelope));
            block.setBytes(2, envelope);
            block.executeUpdate();
            chain.setBytes(1, Dsse.sha256(envelope));
            chain.executeUpdate();
        }
    }

    @Test
    void aFileExchangedUnderTheRunningProgramDoesNotTakeItsPlace() throws IOException {
        append(1);
        Files.move(file, dir.resolve("elsewhere.db"));
        Files.writeString(file, "an old image of the card");
        append(2);
        reopen(MUCH, 0);

        assertEquals(2, journal.waiting().blocks());
    }

    @Test
    void aJournalThatIsGoneAtTheStartIsBegunAnewButNotInSilence() throws IOException {
        append(1);
        journal.close();
        Files.delete(file);
        journal = open(MUCH, 0);

        assertEquals(StorageState.STORAGE_STATE_SALVAGED, journal.storageState());
        assertTrue(journal.lossesWait());
        journal.append(NODE, clock(), Content.none());
        Loss loss = blocks().getFirst().getLosses(0);
        assertEquals(LossReason.LOSS_REASON_STORAGE_VANISHED, loss.getReason());
        assertEquals("mn-0001", loss.getBlocks().getDeviceId());
    }

    @Test
    void aJournalWhoseRepairWasCutOffIsRepairedAtTheNextStart() throws IOException {
        append(1);
        journal.close();
        Files.move(file, dir.resolve("journal.db.salvage"));
        Files.writeString(dir.resolve("journal.db.damaged"), "what was damaged");
        journal = open(MUCH, 0);

        assertEquals(1, journal.waiting().blocks());
        assertFalse(Files.exists(dir.resolve("journal.db.salvage")));
    }

    // --- pieces --------------------------------------------------------------------------------------------------

    private Journal open(long quota, long retain) {
        return Journal.open(file, "mn-0001", new Journal.Options(quota, retain, ZONE));
    }

    private void reopen(long quota, long retain) {
        journal.close();
        journal = open(quota, retain);
    }

    private ByteString append(long step) {
        return journal.append(
                NODE, clock(), Content.of(Priority.PRIORITY_READING, List.of(sample(Quantity.VOLUME, step, step))));
    }

    private void drain() {
        List<Held> next = journal.next(100, MUCH);
        while (!next.isEmpty()) {
            journal.received(next.stream().map(Held::hash).toList());
            next = journal.next(100, MUCH);
        }
    }

    private List<Block> blocks() {
        return journal.next(10_000, MUCH).stream()
                .map(JournalFaultsTest::parsed)
                .toList();
    }

    private Set<Long> sequences() {
        return journal.next(10_000, MUCH).stream().map(Held::sequence).collect(Collectors.toSet());
    }

    private static Block parsed(Held held) {
        return SampleBlock.parse(Dsse.parse(held.envelope()).getPayload().toByteArray());
    }

    private static List<Incoming> incoming(List<Held> blocks) {
        return blocks.stream()
                .map(b -> Incoming.of(b.envelope(), parsed(b), NODE.certificate()))
                .toList();
    }

    private static Ranges lost(List<Block> blocks) {
        Ranges lost = new Ranges();
        blocks.stream()
                .flatMap(b -> b.getLossesList().stream())
                .forEach(l -> lost.addAll(Ranges.of(l.getBlocks().getBlocksList())));
        return lost;
    }

    private static List<Sample> lastOfEachDay(List<Sample> samples) {
        return List.copyOf(samples.stream()
                .filter(s -> s.quantity() == Quantity.VOLUME)
                .collect(Collectors.toMap(s -> LocalDate.ofInstant(s.at(), ZONE), s -> s, (one, other) -> other))
                .values());
    }

    private static BlockSet set(String device, ByteString boot, long first, long last) {
        return BlockSet.newBuilder()
                .setDeviceId(device)
                .setBootId(boot)
                .addAllBlocks(Ranges.between(first, last).list())
                .build();
    }

    private void overwrite(long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[PAGE];
        random.nextBytes(noise);
        return noise;
    }

    private static ClockState clock() {
        return ClockState.newBuilder()
                .setUnixMs(NOW.toEpochMilli())
                .setSynchronised(true)
                .build();
    }

    private static Sample sample(Quantity quantity, long minute, long value) {
        return new Sample("els-00000001", quantity, NOW.plusSeconds(60 * minute), value, -3, 0);
    }
}
