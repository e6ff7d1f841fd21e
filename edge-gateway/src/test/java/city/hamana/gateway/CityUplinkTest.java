package city.hamana.gateway;

import static city.hamana.gateway.TestSite.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.gateway.GatewaySettings.BrokerKind;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.Receipts;
import city.hamana.link.Role;
import city.hamana.messages.Dsse;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Batch;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.HeartbeatAnswer;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.SequenceRange;
import city.hamana.messages.v1.Upload;
import city.hamana.messages.v1.Verdict;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uplink against a city hall that answers as it is told, over real TLS. */
class CityUplinkTest {
    private static final long MUCH = 64 << 20;
    private static final Duration TOO_LONG = Duration.ofMillis(2_500);

    /** What city hall says to an upload. */
    private interface Answer {
        void to(HttpExchange exchange, Upload upload, Batch batch) throws IOException;
    }

    @TempDir
    Path dir;

    private final List<Upload> uploads = new CopyOnWriteArrayList<>();
    private final AtomicInteger heartbeats = new AtomicInteger();
    private volatile Answer answer = this::receipt;
    private TestSite site;
    private DeviceIdentity cityHall;
    private HttpsServer server;
    private Journal journal;
    private CityUplink uplink;

    private final List<HeartbeatAnswer> answers = new CopyOnWriteArrayList<>();
    private HeartbeatAnswer cityHallsAnswer = HeartbeatAnswer.getDefaultInstance();

    @BeforeEach
    void start() throws IOException {
        site = new TestSite(dir);
        cityHall = site.ca.identity("city-hall", Role.AGGREGATOR, List.of("localhost"), site.now);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(cityHall.sslContext()));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/device/v1/batches", this::batches);
        server.createContext("/device/v1/heartbeat", exchange -> {
            heartbeats.incrementAndGet();
            reply(exchange, 200, cityHallsAnswer.toByteArray());
        });
        server.start();
        journal = site.journal("gw-0001");
        URI city = URI.create("https://localhost:" + server.getAddress().getPort());
        GatewaySettings settings = site.settings(BrokerKind.EMBEDDED, city);
        uplink = new CityUplink(
                () -> site.gateway,
                site.time(site.gateway),
                journal,
                settings,
                Heartbeat::getDefaultInstance,
                answers::add);
    }

    @AfterEach
    void stop() {
        uplink.close();
        server.stop(0);
        journal.close();
    }

    @Test
    void whatIsReceiptedLeavesTheJournal() throws InterruptedException {
        fill(200);
        uplink.start();

        eventually("nothing waits", () -> journal.waiting().blocks() == 0);
        assertEquals(4, uploads.size());
        eventually("heartbeats come", () -> heartbeats.get() > 1);
        assertTrue(uplink.reached());
    }

    @Test
    void aReceiptForAnotherBatchDeletesNothingAndTheBatchIsSentAgain() throws InterruptedException {
        fill(3);
        answer =
                (exchange, upload, batch) -> receipt(exchange, receiptFor(upload, "gw-0001", new byte[] {1}), cityHall);
        uplink.start();
        eventually("it is sent again", () -> uploads.size() > 1);

        assertEquals(3, journal.waiting().blocks());
        assertEquals(uploads.get(0).getBatch(), uploads.get(1).getBatch());
    }

    @Test
    void aReceiptSignedByAnyoneButCityHallDeletesNothing() throws InterruptedException {
        fill(3);
        answer = (exchange, upload, batch) -> receipt(
                exchange, receiptFor(upload, "gw-0001", upload.getBatch().toByteArray()), site.node("city-hall"));
        uplink.start();
        eventually("it is sent again", () -> uploads.size() > 1);

        assertEquals(3, journal.waiting().blocks());
    }

    @Test
    void aReceiptThatRefusesABlockLeavesThatBlock() throws InterruptedException {
        fill(3);
        answer = (exchange, upload, batch) -> {
            Receipt all = receiptFor(upload, "gw-0001", upload.getBatch().toByteArray());
            Receipt but = all.toBuilder()
                    .setOutcomes(0, all.getOutcomes(0).toBuilder().setVerdict(Verdict.VERDICT_REFUSED))
                    .build();
            answer = (e, u, b) -> reply(e, 503, new byte[0]);
            receipt(exchange, but, cityHall);
        };
        uplink.start();

        eventually("the others are gone", () -> journal.waiting().blocks() == 1);
    }

    @Test
    void garbageAndErrorsDeleteNothing() throws InterruptedException {
        fill(3);
        AtomicInteger turn = new AtomicInteger();
        answer = (exchange, upload, batch) -> {
            int[] statuses = {200, 400, 500, 422};
            reply(
                    exchange,
                    statuses[turn.getAndIncrement() % statuses.length],
                    "<html>hello</html>".getBytes(StandardCharsets.UTF_8));
        };
        uplink.start();
        eventually("all answers were given", () -> turn.get() > 3);

        assertEquals(3, journal.waiting().blocks());
    }

    @Test
    void aCityHallThatHasLostTheChainGetsANewOneWithTheSameBlocks() throws InterruptedException {
        fill(3);
        answer = (exchange, upload, batch) -> {
            answer = this::receipt;
            reply(exchange, 409, new byte[0]);
        };
        uplink.start();
        eventually("nothing waits", () -> journal.waiting().blocks() == 0);

        assertEquals(2, uploads.size());
        assertEquals(uploads.get(0).getBlocksList(), uploads.get(1).getBlocksList());
        assertTrue(!uploads.get(0).getBatch().equals(uploads.get(1).getBatch()));
    }

    @Test
    void aBusyCityHallIsLeftAloneForAsLongAsItAsks() throws InterruptedException {
        fill(1);
        long[] at = new long[2];
        answer = (exchange, upload, batch) -> {
            at[0] = System.nanoTime();
            answer = (e, u, b) -> {
                at[1] = System.nanoTime();
                receipt(e, u, b);
            };
            exchange.getResponseHeaders().set("Retry-After", "2");
            reply(exchange, 503, new byte[0]);
        };
        uplink.start();
        eventually("nothing waits", () -> journal.waiting().blocks() == 0);

        assertTrue(at[1] - at[0] >= 2_000_000_000L, (at[1] - at[0]) / 1_000_000 + " ms");
    }

    @Test
    void aBatchThatIsRefusedIsHalvedUntilThePoisonBlockIsFoundAndTheRestGoesOn() throws InterruptedException {
        fill(10);
        ByteString poison = journal.next(10, MUCH).get(6).hash();
        Answer kindly = answer;
        answer = (exchange, upload, batch) -> {
            if (batch.getBlockHashesList().contains(poison)) {
                reply(exchange, 422, "block 7 is poison".getBytes(StandardCharsets.UTF_8));
            } else {
                kindly.to(exchange, upload, batch);
            }
        };
        uplink.start();

        eventually("only the poison waits", () -> journal.waiting().blocks() == 1);
        eventually("it is set aside", () -> journal.waiting().setAside() == 1);
        journal.retrySetAside();
        assertEquals(poison, journal.next(1, MUCH).getFirst().hash());
    }

    @Test
    void onALineThatIsTooSlowForABatchItsBlocksGoInSmallerOnes() throws InterruptedException {
        fill(60);
        Answer kindly = answer;
        answer = (exchange, upload, batch) -> {
            if (upload.getSerializedSize() > 12_000) {
                LockSupport.parkNanos(TOO_LONG.toNanos());
                reply(exchange, 500, new byte[0]);
            } else {
                kindly.to(exchange, upload, batch);
            }
        };
        uplink.start();

        eventually("nothing waits", () -> journal.waiting().blocks() == 0);
        assertTrue(uploads.getFirst().getSerializedSize() > 12_000);
    }

    @Test
    void whatCityHallAsksForAgainIsHandedOn() throws InterruptedException {
        cityHallsAnswer = HeartbeatAnswer.newBuilder()
                .addWanted(BlockSet.newBuilder().setDeviceId("mn-0001"))
                .build();
        uplink.start();

        eventually("it is handed on", () -> answers.contains(cityHallsAnswer));
    }

    @Test
    void aLossIsToldInABlockOfTheGatewaysOwn() throws InterruptedException {
        BlockSet gone = BlockSet.newBuilder()
                .setDeviceId("gw-0001")
                .setBootId(journal.bootId())
                .addBlocks(SequenceRange.newBuilder().setFirst(7).setLast(9))
                .build();
        assertEquals(List.of(), journal.wanted(List.of(gone)));
        uplink.start();

        eventually("it is uploaded", () -> !uploads.isEmpty());
        Block told =
                SampleBlock.parse(Dsse.parse(uploads.getFirst().getBlocks(0).toByteArray())
                        .getPayload()
                        .toByteArray());
        assertEquals(gone, told.getLosses(0).getBlocks());
        assertEquals(LossReason.LOSS_REASON_HANDED_OVER, told.getLosses(0).getReason());
    }

    private void fill(int blocks) {
        DeviceIdentity node = site.node("mn-0001");
        try (Journal of = site.journal("mn-0001")) {
            for (int i = 0; i < blocks; i++) {
                site.append(node, of, i);
            }
            journal.accept(
                    site.gateway, ClockState.getDefaultInstance(), TestSite.incoming(of.next(blocks, MUCH), node));
        }
    }

    private void batches(HttpExchange exchange) throws IOException {
        try {
            Upload upload = Upload.parseFrom(exchange.getRequestBody().readAllBytes());
            uploads.add(upload);
            Batch batch =
                    Batch.parseFrom(Dsse.parse(upload.getBatch().toByteArray()).getPayload());
            answer.to(exchange, upload, batch);
        } catch (InvalidProtocolBufferException e) {
            reply(exchange, 422, new byte[0]);
        }
    }

    private void receipt(HttpExchange exchange, Upload upload, Batch batch) throws IOException {
        receipt(
                exchange,
                receiptFor(upload, batch.getGatewayId(), upload.getBatch().toByteArray()),
                cityHall);
    }

    private static void receipt(HttpExchange exchange, Receipt receipt, DeviceIdentity signer) throws IOException {
        reply(exchange, 200, Receipts.attest(receipt, signer));
    }

    private static Receipt receiptFor(Upload upload, String sender, byte[] batch) {
        Receipt.Builder receipt = Receipt.newBuilder()
                .setReceiverId("city-hall")
                .setSenderId(sender)
                .setBatchHash(ByteString.copyFrom(Dsse.sha256(batch)));
        for (ByteString block : upload.getBlocksList()) {
            receipt.addOutcomes(BlockOutcome.newBuilder()
                    .setBlockHash(ByteString.copyFrom(Dsse.sha256(block.toByteArray())))
                    .setVerdict(Verdict.VERDICT_STORED));
        }
        return receipt.build();
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
