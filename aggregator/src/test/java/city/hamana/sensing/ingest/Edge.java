package city.hamana.sensing.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Receipts;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.messages.Dsse;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.Batch;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.Upload;
import city.hamana.messages.v1.Verdict;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.sensing.readings.Readings;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** City hall with one gateway and one node whose blocks the test writes, as real ones or as no real one would. */
final class Edge implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    static final CertificateAuthority CA = CertificateAuthority.root("Testopolis", NOW);
    static final DeviceIdentity CITY = CA.identity("city-hall", Role.AGGREGATOR, List.of("localhost"), NOW);
    static final DeviceIdentity GATEWAY = CA.identity("gw-0001", Role.GATEWAY, List.of("localhost"), NOW);
    static final DeviceIdentity NODE = CA.identity("mn-0001", Role.NODE, List.of(), NOW);
    static final String METER = "hmn-00000001";

    private static final Trust CA_TRUST = GATEWAY.trust();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Database database;
    final Events events;
    final Readings readings;
    final Ingest ingest;
    Instant now = NOW;
    Trust trust = CITY.trust();
    DeviceIdentity gateway = GATEWAY;
    DeviceIdentity batchSigner = GATEWAY;

    private final List<DeviceIdentity> signers = new ArrayList<>(List.of(NODE, GATEWAY));
    private long batches;
    private byte[] lastBatch = {};

    Edge() {
        this(Database.open("jdbc:derby:memory:edge" + NUMBER.incrementAndGet() + ";create=true"));
    }

    Edge(Database database) {
        this.database = database;
        events = new Events(database);
        readings = new Readings(database, events, new Html(), () -> now);
        ingest = new Ingest(database, events, readings, new Html(), CITY, () -> trust, Duration.ofDays(400), () -> now);
        database.migrate(List.of(Events.SCHEMA, readings.schema(), ingest.schema()));
    }

    /** As if nothing had ever come. */
    void forget() {
        database.inTransaction(tx -> {
            database.tables().stream()
                    .filter(table -> !table.endsWith("_migrations") && !table.equals("events_head"))
                    .forEach(table -> tx.execute("DELETE FROM " + table));
            return tx.execute("UPDATE events_head SET last_sequence = 0");
        });
        batches = 0;
        lastBatch = new byte[0];
    }

    /** A certificate that goes with every upload. */
    void introduce(DeviceIdentity signer) {
        signers.add(signer);
    }

    /** Uploads blocks in one batch; how each fared. */
    List<BlockOutcome> deliver(byte[]... envelopes) {
        return deliver(Arrays.asList(envelopes));
    }

    List<BlockOutcome> deliver(List<byte[]> envelopes) {
        Reply reply = post(envelopes);
        assertEquals(200, reply.status());
        byte[] body = ((Reply.Body.Bytes) reply.body()).bytes();
        return Receipts.verify(body, c -> CA_TRUST.verify(c, NOW), Role.AGGREGATOR, "gw-0001")
                .getOutcomesList();
    }

    Reply post(List<byte[]> envelopes) {
        Batch.Builder batch = Batch.newBuilder()
                .setGatewayId(gateway.deviceId())
                .setChainId(boot(99))
                .setSequence(batches + 1)
                .setPreviousHash(ByteString.copyFrom(batches == 0 ? new byte[0] : Dsse.sha256(lastBatch)));
        envelopes.forEach(e -> batch.addBlockHashes(ByteString.copyFrom(Dsse.sha256(e))));
        byte[] sealed = batchSigner.seal(PayloadType.BATCH, batch.build().toByteArray());
        Upload.Builder upload = Upload.newBuilder().setBatch(ByteString.copyFrom(sealed));
        envelopes.forEach(e -> upload.addBlocks(ByteString.copyFrom(e)));
        signers.forEach(s -> upload.addCertificates(ByteString.copyFrom(Certificates.der(s.certificate()))));
        Caller.Device caller =
                new Caller.Device(CITY.trust().verify(gateway.certificate(), now), gateway.certificate());
        Reply reply = ingest.handle(caller, upload.build().toByteArray());
        if (reply.status() == 200) {
            batches++;
            lastBatch = sealed;
        }
        return reply;
    }

    static List<Verdict> verdicts(List<BlockOutcome> outcomes) {
        return outcomes.stream().map(BlockOutcome::getVerdict).toList();
    }

    /** What is held of a chain, {@code 1-4, 7}. */
    String held(String device, ByteString boot) {
        return database.inTransaction(tx -> new Chains(database.dialect())
                .held(tx, ChainId.of(device, boot))
                .toString());
    }

    /** What is known to exist of a chain and nobody accounts for. */
    String missing(String device, ByteString boot) {
        return database.inTransaction(tx -> Books.of(database.dialect(), readings)
                .gaps()
                .missing(tx, ChainId.of(device, boot))
                .toString());
    }

    List<Sample> readings() {
        return readings.series(
                METER, Quantity.VOLUME, Instant.parse("1900-01-01T00:00:00Z"), NOW.plus(Duration.ofDays(999)));
    }

    /** What was told about a device, the oldest first. */
    List<String> told(String device) {
        return database.inTransaction(tx -> events.about(tx, "device:" + device, 100)).reversed().stream()
                .map(Entry::kind)
                .toList();
    }

    String detail(String device, String kind) {
        return database.inTransaction(tx -> events.about(tx, "device:" + device, 100)).stream()
                .filter(entry -> entry.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .detail();
    }

    long count(String table) {
        return database.inTransaction(tx -> tx.createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }

    /** A boot's id that is told from others by its number. */
    static ByteString boot(int number) {
        byte[] id = new byte[16];
        Arrays.fill(id, (byte) number);
        return ByteString.copyFrom(id);
    }

    @Override
    public void close() {
        database.close();
    }
}
