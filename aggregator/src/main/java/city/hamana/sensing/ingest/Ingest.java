package city.hamana.sensing.ingest;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Receipts;
import city.hamana.link.Trust;
import city.hamana.link.TrustException;
import city.hamana.messages.Dsse;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.Upload;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.readings.Readings;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The door for gateways: {@code POST /device/v1/batches}. */
public final class Ingest implements ServiceModule {
    private static final int LONGEST_UPLOAD_BYTES = 8 << 20;
    private static final int MOST_BLOCKS = 4_096;
    private static final int MOST_CERTIFICATES = 1_000;
    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_REJECTED_UPLOADS = 100;
    private static final int MOST_KEPT_OF_A_REJECTED_UPLOAD = 64 << 10;

    private final Database database;
    private final Events events;
    private final DeviceIdentity identity;
    private final Supplier<Trust> trust;
    private final Duration expiredSigners;
    private final InstantSource real;
    private final Books books;
    private final Ledger ledger;
    private final QuarantinePage quarantinePage;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /**
     * Ingest over these tables.
     *
     * @param identity who signs the receipts
     * @param trust whom the city's CA vouches for now
     * @param expiredSigners how long after its certificate's end what a device signed is still taken
     * @param real real time, for when something came and whether certificates are valid
     */
    public Ingest(
            Database database,
            Events events,
            Readings readings,
            Html html,
            DeviceIdentity identity,
            Supplier<Trust> trust,
            Duration expiredSigners,
            InstantSource real) {
        this.database = database;
        this.events = events;
        this.identity = identity;
        this.trust = trust;
        this.expiredSigners = expiredSigners;
        this.real = real;
        this.books = Books.of(database.dialect(), readings);
        this.ledger = books.ledger();
        this.quarantinePage = new QuarantinePage(database, ledger, html);
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public void routes(Routes routes) {
        routes.post("/device/v1/batches", Role.DEVICE, LONGEST_UPLOAD_BYTES, this::batches)
                .get("/staff/quarantine", Role.STAFF, quarantinePage::show)
                .get("/staff/quarantine/{id}", Role.STAFF, quarantinePage::content);
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/quarantine", "ingest.quarantine", Role.STAFF, Door.Group.SENSING));
    }

    /**
     * What a gateway and its nodes are asked for again: known to exist, not held, and neither lost, set aside nor said
     * to wait. At most 64 sets of 64 ranges, each set at most once a minute.
     *
     * @param heartbeat of nodes only those for which the gateway may speak
     * @param gateway as its certificate names it
     */
    public List<BlockSet> wanted(Heartbeat heartbeat, String gateway, Instant at) {
        return database.inTransaction(tx -> books.gaps().wanted(tx, heartbeat, gateway, at));
    }

    /** Whether anything of a device ever came. */
    public boolean knows(String device) {
        return database.inTransaction(tx -> new Accounts(books).knows(tx, device));
    }

    /** What became of everything that a device made in a period. */
    public Account account(String device, Span span, List<Said> said) {
        return database.inTransaction(tx -> new Accounts(books).of(tx, device, span, said));
    }

    /**
     * The same of every device that ever sent anything, by its id.
     *
     * @param said what each device, and its gateway, last said of what waits
     */
    public Map<String, Account> accounts(Span span, Map<String, List<Said>> said) {
        return database.inTransaction(tx -> new Accounts(books).all(tx, span, said));
    }

    /** How much was set aside, by device; devices without any are absent. */
    public Map<String, Long> quarantineCounts() {
        return database.inTransaction(ledger::quarantineCounts);
    }

    private Reply batches(Call call) {
        if (!room.tryAcquire()) {
            return Reply.problem(503, "Too many uploads at once; nothing of this one was read.")
                    .with("Retry-After", "2");
        }
        try {
            return handle(call.device(), call.body());
        } finally {
            room.release();
        }
    }

    /** Everything about one upload; the answer is the receipt or why there is none. */
    public Reply handle(Caller.Device gateway, byte[] body) {
        Instant now = real.instant();
        try {
            Upload upload = parse(body);
            byte[] receipt = database.inTransaction(tx -> receive(tx, gateway, upload, now));
            return Reply.bytes("application/x-protobuf", receipt);
        } catch (Rejection.Thrown e) {
            note(gateway, e.rejection(), body, now);
            return Reply.problem(e.rejection().status(), e.rejection().reason());
        }
    }

    private static Upload parse(byte[] body) {
        try {
            Upload upload = Upload.parseFrom(body);
            if (upload.getBlocksCount() > MOST_BLOCKS || upload.getCertificatesCount() > MOST_CERTIFICATES) {
                throw Rejection.forged("The upload holds more than " + MOST_BLOCKS + " blocks.");
            }
            return upload;
        } catch (InvalidProtocolBufferException e) {
            throw Rejection.forged("The body is not an upload.");
        }
    }

    private byte[] receive(Handle tx, Caller.Device gateway, Upload upload, Instant now) {
        Signers signers = new Signers(tx, ledger, trust.get(), expiredSigners, now);
        signers.brought(gateway.certificate());
        upload.getCertificatesList().forEach(certificate -> bring(signers, certificate));
        byte[] envelope = upload.getBatch().toByteArray();
        Manifest manifest = Manifest.of(signers, gateway.peer().id(), upload);
        boolean repeated = manifest.repeats(tx, ledger);
        Delivery delivery = new Delivery(tx, books, signers, gateway.peer().id(), now);
        List<BlockOutcome> outcomes = delivery.take(upload.getBlocksList());
        if (!repeated) {
            ledger.advance(tx, gateway.peer().id(), manifest.chainId(), manifest.end(), now);
        }
        tell(tx, gateway, manifest, delivery, now);
        return Receipts.attest(receipt(gateway, envelope, outcomes, now), identity);
    }

    private static void bring(Signers signers, ByteString certificate) {
        try {
            signers.brought(Certificates.parse(certificate.toByteArray()));
        } catch (TrustException e) {
            throw Rejection.forged("A certificate in the upload cannot be read.");
        }
    }

    private Receipt receipt(Caller.Device gateway, byte[] envelope, List<BlockOutcome> outcomes, Instant now) {
        return Receipt.newBuilder()
                .setReceiverId(identity.deviceId())
                .setSenderId(gateway.peer().id())
                .setBatchHash(ByteString.copyFrom(Dsse.sha256(envelope)))
                .addAllOutcomes(outcomes)
                .setReceivedUnixMs(now.toEpochMilli())
                .build();
    }

    /** What staff should know of: a chain that begins, blocks set aside, losses. The ordinary upload writes no event. */
    private void tell(Handle tx, Caller.Device gateway, Manifest manifest, Delivery delivery, Instant now) {
        String subject = "device:" + gateway.peer().id();
        if (manifest.end().sequence() == 1) {
            events.append(
                    tx,
                    new Event(
                            now, "ingest.chain-began", gateway.actor(), subject, Map.of("chain", manifest.chainId())));
        }
        if (!delivery.setAside().isEmpty()) {
            Map<String, Object> detail = Map.of(
                    "count",
                    delivery.setAside().size(),
                    "first",
                    delivery.setAside().getFirst().reason());
            events.append(tx, new Event(now, "ingest.quarantined", gateway.actor(), subject, detail));
        }
        delivery.notes().forEach(note -> events.append(tx, note));
    }

    /** A rejected upload leaves a trace: why, from whom, and of the first hundred of a gateway the first bytes. */
    private void note(Caller.Device gateway, Rejection rejection, byte[] body, Instant now) {
        byte[] kept = body.length > MOST_KEPT_OF_A_REJECTED_UPLOAD
                ? java.util.Arrays.copyOf(body, MOST_KEPT_OF_A_REJECTED_UPLOAD)
                : body;
        database.inTransaction(tx -> {
            if (ledger.rejectedUploads(tx, gateway.peer().id()) < MOST_REJECTED_UPLOADS) {
                Quarantined rejected = Quarantined.of("batch", gateway.peer().id(), rejection.reason(), kept, now);
                ledger.quarantine(tx, List.of(rejected), now);
            }
            return events.append(
                    tx,
                    new Event(
                            now,
                            rejection.kind(),
                            gateway.actor(),
                            "device:" + gateway.peer().id(),
                            Map.of("reason", rejection.reason())));
        });
    }
}
