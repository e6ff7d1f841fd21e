package city.hamana.gateway;

import city.hamana.link.Backoff;
import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.Journal.Content;
import city.hamana.link.Journal.Pending;
import city.hamana.link.JournalException;
import city.hamana.link.Receipts;
import city.hamana.link.Role;
import city.hamana.link.TrustException;
import city.hamana.messages.MalformedException;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.HeartbeatAnswer;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.Upload;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings batches to city hall and tells it how the site is. Two threads, because a slow upload must not look like a cut
 * line. A batch's blocks are deleted only after a receipt that city hall has signed for exactly this batch.
 */
final class CityUplink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CityUplink.class);
    private static final String PROTOBUF = "application/x-protobuf";
    private static final long LEAST_BATCH_BYTES = 4 << 10;
    private static final long FIRST_BATCH_BYTES = 256 << 10;
    private static final Duration QUICK = Duration.ofSeconds(3);
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final int MOST_REFUSED_ALONE = 15;
    private static final int LONGEST_ANSWER_BYTES = 4 << 20;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int CONFLICT = 409;
    /** Bad request, too long, not what it claims to be. */
    private static final Set<Integer> DIVIDED = Set.of(400, 413, 422);

    private final Supplier<DeviceIdentity> identity;
    private final CertificateTime time;
    private final Journal journal;
    private final GatewaySettings settings;
    private final Supplier<Heartbeat> heartbeat;
    private final Consumer<HeartbeatAnswer> answered;
    private int mostBlocks;
    private long mostBytes;
    private int refusedAlone;
    private final Semaphore presenceChanged = new Semaphore(0);
    private final Backoff backoff;
    private final Thread uploads = Thread.ofPlatform().name("uploads").daemon().unstarted(this::upload);
    private final Thread heartbeats =
            Thread.ofPlatform().name("heartbeats").daemon().unstarted(this::beat);
    private volatile HttpClient http;
    private volatile boolean reached;
    private volatile boolean closing;

    CityUplink(
            Supplier<DeviceIdentity> identity,
            CertificateTime time,
            Journal journal,
            GatewaySettings settings,
            Supplier<Heartbeat> heartbeat,
            Consumer<HeartbeatAnswer> answered) {
        this.time = time;
        this.answered = answered;
        this.mostBlocks = settings.batchBlocks();
        this.mostBytes = Math.min(FIRST_BATCH_BYTES, settings.batchBytes());
        this.identity = identity;
        this.journal = journal;
        this.settings = settings;
        this.heartbeat = heartbeat;
        this.backoff = new Backoff(Duration.ofMillis(500), settings.backoffMost(), RandomGenerator.getDefault());
    }

    void start() {
        identityChanged();
        uploads.start();
        heartbeats.start();
    }

    /** To be called after the certificate was renewed. */
    void identityChanged() {
        // HTTP/1.1, so that heartbeats and uploads have a connection each and one's fault is not the other's.
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(identity.get().sslContext(time))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    void presenceChanged() {
        presenceChanged.release();
    }

    /** Whether the last heartbeat was answered. */
    boolean reached() {
        return reached;
    }

    @Override
    public void close() {
        closing = true;
        uploads.interrupt();
        heartbeats.interrupt();
    }

    // --- heartbeats ----------------------------------------------------------------------------------------------

    private void beat() {
        while (!closing) {
            try {
                presenceChanged.drainPermits();
                HttpResponse<InputStream> answer =
                        post("heartbeat", heartbeat.get().toByteArray());
                byte[] body = read(answer);
                noteReached(answer.statusCode() == OK || answer.statusCode() == NO_CONTENT);
                if (answer.statusCode() == OK) {
                    answered.accept(HeartbeatAnswer.parseFrom(body));
                }
            } catch (IOException e) {
                noteReached(false);
                LOG.debug("heartbeat: {}", e.getMessage());
            } catch (JournalException e) {
                LOG.error("{}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            awaitChange(settings.heartbeatEvery());
        }
    }

    private void noteReached(boolean now) {
        if (now && !reached) {
            LOG.info("city hall is reached");
        }
        if (!now && reached) {
            LOG.warn(
                    "city hall is out of reach; {} blocks wait",
                    journal.waiting().blocks());
        }
        reached = now;
    }

    // --- uploads -------------------------------------------------------------------------------------------------

    private void upload() {
        while (!closing) {
            try {
                sayWhatHappened();
                Optional<Pending> batch =
                        journal.nextBatch(identity.get(), settings.clock().state(), mostBlocks, mostBytes);
                pause(batch.isPresent() ? send(batch.get()) : Duration.ofMillis(250));
            } catch (IOException e) {
                unreachable(e);
            } catch (JournalException e) {
                LOG.error("{}", e.getMessage());
                pause(Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void unreachable(IOException e) {
        Duration wait = backoff.failed();
        LOG.info(
                "upload failed, next try in {} ms: {}",
                wait.toMillis(),
                e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        pause(wait);
    }

    private HttpResponse<InputStream> postBatch(Pending batch) throws IOException, InterruptedException {
        try {
            return post("batches", body(batch));
        } catch (HttpConnectTimeoutException e) {
            throw e; // Nobody there: that says nothing of the line.
        } catch (HttpTimeoutException e) {
            tooSlow();
            throw e;
        }
    }

    /** On a line that does not carry a batch in time, the same batch never would be: its blocks go in smaller ones. */
    private void tooSlow() {
        mostBytes = Math.max(LEAST_BATCH_BYTES, mostBytes / 2);
        journal.beginNewBatchChain();
    }

    /** Batches grow to what the line carries in some seconds and no further: so long an alarm waits for the one under way. */
    private void pace(Duration took) {
        if (took.compareTo(QUICK) < 0) {
            mostBytes = Math.min(settings.batchBytes(), mostBytes * 2);
        } else if (took.compareTo(SLOW) > 0) {
            mostBytes = Math.max(LEAST_BATCH_BYTES, mostBytes / 2);
        }
    }

    /** The gateway's own blocks: what it lost, and when its clock was set. */
    private void sayWhatHappened() {
        ClockCorrection correction = settings.clock().look();
        if (journal.lossesWait() || !correction.equals(ClockCorrection.getDefaultInstance())) {
            Content content = new Content(Priority.PRIORITY_READING, List.of(), List.of(), correction);
            journal.append(identity.get(), settings.clock().state(), content);
            settings.clock().said();
        }
    }

    /** Sends one batch; returns how long to wait before the next. */
    private Duration send(Pending batch) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        HttpResponse<InputStream> answer = postBatch(batch);
        byte[] received = read(answer);
        pace(Duration.ofNanos(System.nanoTime() - begun));
        if (answer.statusCode() == OK) {
            return received(batch, received);
        }
        if (answer.statusCode() == CONFLICT) {
            LOG.warn("city hall does not know this chain's end: {}; a new chain begins", text(received));
            journal.beginNewBatchChain();
            return backoff.failed();
        }
        if (DIVIDED.contains(answer.statusCode())) {
            LOG.warn("batch of {} blocks refused: {}", batch.blocks().size(), text(received));
            return divide(batch);
        }
        Duration wait = backoff.failed();
        Duration asked = retryAfter(answer);
        LOG.warn("batch not taken ({}): {}", answer.statusCode(), text(received));
        return asked.compareTo(wait) > 0
                ? asked.plusMillis(RandomGenerator.getDefault().nextInt(1000))
                : wait;
    }

    /**
     * A batch that is refused for what is in it is halved until the block is found that does it; that one is set aside
     * after some refusals, and the rest goes on. When nothing at all is taken, it is no block's fault: all are kept ready.
     */
    private Duration divide(Pending batch) {
        journal.batchRefused(batch);
        mostBlocks = Math.max(1, batch.blocks().size() / 2);
        refusedAlone += batch.blocks().size() == 1 ? 1 : 0;
        if (refusedAlone < MOST_REFUSED_ALONE) {
            return backoff.failed();
        }
        refusedAlone = 0;
        journal.retrySetAside();
        return settings.backoffMost();
    }

    private Duration received(Pending batch, byte[] attested) {
        try {
            DeviceIdentity me = identity.get();
            Receipt receipt =
                    Receipts.verify(attested, c -> time.verify(c, me.trust()), Role.AGGREGATOR, me.deviceId());
            time.vouched(Instant.ofEpochMilli(receipt.getReceivedUnixMs()));
            if (!receipt.getBatchHash().equals(batch.hash())) {
                throw MalformedException.of("a receipt for another batch");
            }
            journal.batchReceived(Receipts.received(receipt));
            backoff.succeeded();
            refusedAlone = 0;
            mostBlocks = Math.min(settings.batchBlocks(), mostBlocks * 2);
            return Duration.ZERO;
        } catch (MalformedException | TrustException e) {
            LOG.warn("receipt not believed, nothing deleted: {}", e.getMessage());
            return backoff.failed();
        }
    }

    private byte[] body(Pending batch) {
        Upload.Builder upload = Upload.newBuilder().setBatch(ByteString.copyFrom(batch.envelope()));
        for (Journal.Held block : batch.blocks()) {
            upload.addBlocks(ByteString.copyFrom(block.envelope()));
        }
        for (byte[] certificate : batch.certificates()) {
            upload.addCertificates(ByteString.copyFrom(certificate));
        }
        return upload.build().toByteArray();
    }

    // --- HTTP ----------------------------------------------------------------------------------------------------

    private HttpResponse<InputStream> post(String what, byte[] body) throws IOException, InterruptedException {
        URI address = settings.cityAddress().resolve("/device/v1/" + what);
        return http.send(
                HttpRequest.newBuilder(address)
                        .timeout(settings.uploadTimeout())
                        .header("Content-Type", PROTOBUF)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static byte[] read(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream in = answer.body()) {
            return in.readNBytes(LONGEST_ANSWER_BYTES);
        }
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    private static String text(byte[] answer) {
        String text = new String(answer, 0, Math.min(answer.length, 300), java.nio.charset.StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Waits the whole time, whatever comes: what city hall or the back-off asks for is not cut short. */
    private void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    private void awaitChange(Duration most) {
        try {
            if (presenceChanged.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                presenceChanged.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }
}
