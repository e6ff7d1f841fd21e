package city.hamana.sensing.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.Journal.Held;
import city.hamana.link.Journal.Pending;
import city.hamana.link.Receipts;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.messages.Dsse;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Batch;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Envelope;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.RawTelegram;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.Upload;
import city.hamana.messages.v1.Verdict;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.sensing.readings.Readings;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads as a real gateway's journal makes them, and as somebody else might. */
class IngestTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final CertificateAuthority CA = CertificateAuthority.root("Testopolis", NOW);
    private static final DeviceIdentity CITY = CA.identity("city-hall", Role.AGGREGATOR, List.of("localhost"), NOW);
    private static final DeviceIdentity GATEWAY = CA.identity("gw-0001", Role.GATEWAY, List.of("localhost"), NOW);
    private static final DeviceIdentity NODE = CA.identity("mn-0001", Role.NODE, List.of(), NOW);
    private static final long MUCH = 1 << 24;
    private static final Journal.Options OPTIONS = new Journal.Options(MUCH, 0, ZoneId.of("Asia/Tokyo"));

    private static Trust trust = CITY.trust();
    private static Database database;
    private static Readings readings;
    private static Ingest ingest;

    @TempDir
    Path dir;

    private Journal node;
    private Journal gateway;

    @BeforeAll
    static void open() {
        database = Database.open("jdbc:derby:memory:ingest;create=true");
        Events events = new Events(database);
        InstantSource fixed = InstantSource.fixed(NOW);
        readings = new Readings(database, events, new Html(), fixed);
        ingest = new Ingest(database, events, readings, new Html(), CITY, () -> trust, Duration.ofDays(400), fixed);
        database.migrate(List.of(Events.SCHEMA, readings.schema(), ingest.schema()));
    }

    @AfterAll
    static void shut() {
        database.close();
    }

    @BeforeEach
    void prepare() {
        trust = CITY.trust();
        database.inTransaction(tx -> {
            database.tables().stream()
                    .filter(table -> !table.endsWith("_migrations") && !table.equals("events_head"))
                    .forEach(table -> tx.execute("DELETE FROM " + table));
            return tx.execute("UPDATE events_head SET last_sequence = 0");
        });
        node = Journal.open(dir.resolve("node.db"), "mn-0001", OPTIONS);
        gateway = Journal.open(dir.resolve("gateway.db"), "gw-0001", OPTIONS);
    }

    @AfterEach
    void close() {
        node.close();
        gateway.close();
    }

    @Test
    void aGoodBatchIsStoredAndSignedFor() {
        take(3);
        Pending batch = next(10);

        Receipt receipt = receipt(post(upload(batch)));

        assertEquals(batch.hash(), receipt.getBatchHash());
        assertEquals(verdicts(Verdict.VERDICT_STORED, 3), verdicts(receipt));
        assertEquals(3, held().size());
        assertEquals(new Completeness(3, 0), completeness());
    }

    @Test
    void aRepeatedBatchIsHarmlessAndSignedForAgain() {
        take(3);
        Pending batch = next(10);
        post(upload(batch));

        Receipt again = receipt(post(upload(batch)));

        assertEquals(verdicts(Verdict.VERDICT_REPEATED, 3), verdicts(again));
        assertEquals(3, held().size());
        assertEquals(new Completeness(3, 0), completeness());
    }

    @Test
    void aRepeatOfABatchBeforeTheLastIsHarmlessToo() {
        take(2);
        Pending first = next(1);
        receipted(first, post(upload(first)));
        Pending second = next(1);
        receipted(second, post(upload(second)));

        assertEquals(verdicts(Verdict.VERDICT_REPEATED, 1), verdicts(receipt(post(upload(first)))));
    }

    @Test
    void aBatchWithAnyPartExchangedIsNotTakenAndLeavesATrace() {
        take(3);
        Upload good = upload(next(10));
        byte[] tampered = good.getBatch().toByteArray();
        tampered[tampered.length / 2] ^= 1;
        List<Upload> bad = List.of(
                good.toBuilder().setBatch(ByteString.copyFrom(tampered)).build(),
                good.toBuilder()
                        .clearBlocks()
                        .addAllBlocks(good.getBlocksList().subList(0, 2))
                        .build(),
                good.toBuilder().setBlocks(0, good.getBlocks(1)).build(),
                good.toBuilder()
                        .setBlocks(0, good.getBlocks(1))
                        .setBlocks(1, good.getBlocks(0))
                        .build(),
                good.toBuilder().addBlocks(good.getBlocks(0)).build(),
                good.toBuilder().clearBatch().build());

        for (Upload upload : bad) {
            assertEquals(422, post(upload).status());
        }
        assertEquals(422, ingest.handle(caller(GATEWAY), new byte[] {1, 2, 3}).status());
        assertTrue(held().isEmpty());
        assertEquals(bad.size() + 1L, quarantined("gw-0001"));
        assertEquals(verdicts(Verdict.VERDICT_STORED, 3), verdicts(receipt(post(good))));
    }

    @Test
    void ofAGatewayThatSendsRubbishWithoutEndOnlyTheFirstHundredAreKept() {
        for (int i = 0; i < 105; i++) {
            ingest.handle(caller(GATEWAY), new byte[] {1, 2, 3});
        }

        assertEquals(100, quarantined("gw-0001"));
        assertEquals(105, eventsOf("ingest.batch-forged"));
    }

    @Test
    void aBatchThatComesBeforeItsPredecessorIsAskedToWait() {
        take(2);
        Pending first = next(1);
        gateway.batchReceived(hashes(first));
        Pending second = next(1);

        assertEquals(409, post(upload(second)).status());
        assertTrue(held().isEmpty());
        assertEquals(200, post(upload(first)).status());
        assertEquals(200, post(upload(second)).status());
        assertEquals(new Completeness(2, 0), completeness());
    }

    @Test
    void aSecondDifferentBatchWithTheSameNumberIsRefused() {
        take(2);
        Pending first = next(1);
        post(upload(first));

        assertEquals(409, post(withoutBlocks(first)).status());
        assertEquals(1, held().size());
    }

    @Test
    void aBatchOfAnotherGatewayIsForeign() {
        take(1);
        DeviceIdentity other = CA.identity("gw-0002", Role.GATEWAY, List.of("localhost"), NOW);
        Upload stolen = upload(next(10));

        assertEquals(422, ingest.handle(caller(other), stolen.toByteArray()).status());
        assertEquals(422, ingest.handle(caller(NODE), stolen.toByteArray()).status());
        assertTrue(held().isEmpty());
    }

    @Test
    void aBlockByAForeignKeyIsSetAsideAndDoesNotStopTheOthers() {
        DeviceIdentity stranger =
                CertificateAuthority.root("Elsewhere", NOW).identity("mn-0001", Role.NODE, List.of(), NOW);
        try (Journal other = Journal.open(dir.resolve("other.db"), "mn-0001", OPTIONS)) {
            append(other, stranger, 7);
            accept(other);
        }
        take(1);
        Upload upload = upload(next(10)).toBuilder()
                .addCertificates(ByteString.copyFrom(Certificates.der(stranger.certificate())))
                .build();

        Receipt receipt = receipt(post(upload));

        assertEquals(List.of(Verdict.VERDICT_QUARANTINED, Verdict.VERDICT_STORED), verdicts(receipt));
        assertEquals(1, held().size());
        assertEquals(1, quarantined("mn-0001"));
    }

    @Test
    void aBlockSignedByOneNodeInTheNameOfAnotherIsSetAside() {
        DeviceIdentity other = CA.identity("mn-0002", Role.NODE, List.of(), NOW);
        append(node, other, 1);
        accept(node);
        Upload upload = upload(next(10)).toBuilder()
                .addCertificates(ByteString.copyFrom(Certificates.der(other.certificate())))
                .build();

        assertEquals(List.of(Verdict.VERDICT_QUARANTINED), verdicts(receipt(post(upload))));
        assertTrue(held().isEmpty());
    }

    @Test
    void blocksThatComeInAnyOrderAreHeldAndTheGapIsKnownUntilItCloses() {
        for (int i = 0; i < 5; i++) {
            append(node, NODE, i);
        }
        List<Held> all = node.next(10, MUCH);
        deliver(List.of(all.get(4)));
        assertEquals(new Completeness(1, 4), completeness());
        deliver(List.of(all.get(2), all.get(0)));
        assertEquals(new Completeness(3, 2), completeness());
        deliver(List.of(all.get(3), all.get(1)));

        assertEquals(new Completeness(5, 0), completeness());
        assertEquals(5, held().size());
    }

    @Test
    void aBlockThatDoesNotFitItsNeighboursIsSetAside() {
        append(node, NODE, 1);
        append(node, NODE, 2);
        append(node, NODE, 3);
        List<Held> all = node.next(10, MUCH);
        deliver(List.of(all.get(0), all.get(2)));
        Block second = parsed(all.get(1)).toBuilder().clearSeries().build();
        byte[] exchanged = NODE.seal(PayloadType.BLOCK, second.toByteArray());
        gateway.accept(GATEWAY, clock(), List.of(incoming(exchanged)));

        Receipt receipt = receipt(post(upload(next(10))));

        assertEquals(List.of(Verdict.VERDICT_QUARANTINED), verdicts(receipt));
        assertTrue(receipt.getOutcomes(0).getReason().contains("successor"));
        assertEquals(new Completeness(2, 1), completeness());
    }

    @Test
    void aBlockOfANodeThatWasRevokedIsSetAside() {
        take(1);
        Upload upload = upload(next(10));
        trust = CITY.trust()
                .without(CA.crl(
                        Map.of(NODE.certificate().getSerialNumber(), NOW), BigInteger.ONE, NOW, Duration.ofDays(7)));

        Receipt receipt = receipt(post(upload));

        assertEquals(List.of(Verdict.VERDICT_QUARANTINED), verdicts(receipt));
        assertTrue(receipt.getOutcomes(0).getReason().contains("revoked"));
        assertTrue(held().isEmpty());
    }

    @Test
    void aTelegramThatCouldNotBeDecodedEndsInQuarantineWithItsReason() {
        RawTelegram garbage = RawTelegram.newBuilder()
                .setLine("tcp:1")
                .setBytes(ByteString.copyFromUtf8("garbage"))
                .setError("wrong-checksum")
                .build();
        node.append(
                NODE,
                clock(),
                new Journal.Content(
                        Priority.PRIORITY_READING, List.of(), List.of(garbage), ClockCorrection.getDefaultInstance()));
        accept(node);
        post(upload(next(10)));

        List<Quarantined> finds = database.inTransaction(tx -> new Ledger(database.dialect()).quarantine(tx, 10));
        assertEquals("telegram", finds.getFirst().kind());
        assertEquals("tcp:1: wrong-checksum", finds.getFirst().reason());
    }

    @Test
    void whatWasSignedWithTheOldKeyIsTakenAfterTheKeyWasRenewed() {
        take(1);
        Pending first = next(10);
        receipted(first, post(upload(first)));
        take(1);
        Upload signedWithOldKey = upload(next(10));
        DeviceIdentity renewed = CA.identity("gw-0001", Role.GATEWAY, List.of("localhost"), NOW);
        assertFalse(renewed.keyid().equals(GATEWAY.keyid()));

        assertEquals(
                200,
                ingest.handle(caller(renewed), signedWithOldKey.toByteArray()).status());
    }

    @Test
    void aGatewayThatBeginsANewChainIsTakenAndStaffHearOfIt() {
        take(1);
        Pending first = next(10);
        receipted(first, post(upload(first)));
        gateway.beginNewBatchChain();
        take(2);

        assertEquals(200, post(upload(next(10))).status());
        assertEquals(2L, eventsOf("ingest.chain-began"));
    }

    // --- a city in small -----------------------------------------------------------------------------------------

    /** What a thief of the gateway's key could make of its batch. */
    private static Upload withoutBlocks(Pending pending) {
        try {
            Batch batch = Batch.parseFrom(Envelope.parseFrom(pending.envelope()).getPayload());
            byte[] envelope = GATEWAY.seal(
                    PayloadType.BATCH,
                    batch.toBuilder().clearBlockHashes().build().toByteArray());
            return Upload.newBuilder().setBatch(ByteString.copyFrom(envelope)).build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(int blocks) {
        int before = (int) node.nextSequence();
        for (int i = 0; i < blocks; i++) {
            append(node, NODE, before + i);
        }
        accept(node);
    }

    /** As an honest gateway would keep it, whoever signed it. */
    private static Journal.Incoming incoming(byte[] envelope) {
        return Journal.Incoming.of(
                envelope, SampleBlock.parse(Dsse.parse(envelope).getPayload().toByteArray()), NODE.certificate());
    }

    private static void append(Journal journal, DeviceIdentity signer, long litres) {
        Sample sample = new Sample("hmn-00000001", Quantity.VOLUME, NOW.plus(Duration.ofHours(litres)), litres, -3, 0);
        journal.append(signer, clock(), Journal.Content.of(Priority.PRIORITY_READING, List.of(sample)));
    }

    /** Carries everything from a node's journal to the gateway's. */
    private void accept(Journal from) {
        List<Held> blocks = from.next(1_000, MUCH);
        gateway.accept(
                GATEWAY,
                clock(),
                blocks.stream().map(b -> incoming(b.envelope())).toList());
        from.received(blocks.stream().map(Held::hash).toList());
    }

    private void deliver(List<Held> blocks) {
        gateway.accept(
                GATEWAY,
                clock(),
                blocks.stream().map(b -> incoming(b.envelope())).toList());
        Pending batch = next(100);
        receipted(batch, post(upload(batch)));
    }

    private void receipted(Pending batch, Reply reply) {
        assertEquals(200, reply.status());
        gateway.batchReceived(hashes(batch));
    }

    private Pending next(int most) {
        return gateway.nextBatch(GATEWAY, clock(), most, MUCH).orElseThrow();
    }

    private static Upload upload(Pending batch) {
        Upload.Builder upload = Upload.newBuilder()
                .setBatch(ByteString.copyFrom(batch.envelope()))
                .addCertificates(ByteString.copyFrom(Certificates.der(NODE.certificate())));
        batch.blocks().forEach(block -> upload.addBlocks(ByteString.copyFrom(block.envelope())));
        return upload.build();
    }

    private Reply post(Upload upload) {
        return ingest.handle(caller(GATEWAY), upload.toByteArray());
    }

    private static Caller.Device caller(DeviceIdentity device) {
        return new Caller.Device(CITY.trust().verify(device.certificate(), NOW), device.certificate());
    }

    private static Receipt receipt(Reply reply) {
        assertEquals(200, reply.status());
        byte[] body = ((Reply.Body.Bytes) reply.body()).bytes();
        return Receipts.verify(body, c -> GATEWAY.trust().verify(c, NOW), Role.AGGREGATOR, "gw-0001");
    }

    private static List<Verdict> verdicts(Receipt receipt) {
        return receipt.getOutcomesList().stream().map(BlockOutcome::getVerdict).toList();
    }

    private static List<Verdict> verdicts(Verdict verdict, int count) {
        return java.util.Collections.nCopies(count, verdict);
    }

    private static List<ByteString> hashes(Pending batch) {
        return new ArrayList<>(batch.blocks().stream().map(Held::hash).toList());
    }

    private static Block parsed(Held held) {
        try {
            return Block.parseFrom(Envelope.parseFrom(held.envelope()).getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Sample> held() {
        return readings.series("hmn-00000001", Quantity.VOLUME, Instant.EPOCH, NOW.plus(Duration.ofDays(999)));
    }

    /** Blocks held, and known to exist and not held, over all chains. */
    private record Completeness(long held, long missing) {}

    private Completeness completeness() {
        return database.inTransaction(tx -> tx.createQuery(
                        "SELECT SUM(held), SUM(highest - held) FROM ingest_stream WHERE device = 'mn-0001'")
                .map((row, context) -> new Completeness(row.getLong(1), row.getLong(2)))
                .one());
    }

    private long quarantined(String device) {
        return ingest.quarantineCounts().getOrDefault(device, 0L);
    }

    private long eventsOf(String kind) {
        return database.inTransaction(tx -> tx.createQuery("SELECT COUNT(*) FROM events_log WHERE kind = :kind")
                .bind("kind", kind)
                .mapTo(Long.class)
                .one());
    }

    private static ClockState clock() {
        return ClockState.newBuilder()
                .setUnixMs(NOW.toEpochMilli())
                .setSynchronised(true)
                .build();
    }
}
