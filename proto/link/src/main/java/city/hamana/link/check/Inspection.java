package city.hamana.link.check;

import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.IdentityException;
import city.hamana.link.LocalStatus;
import city.hamana.link.SettingsKeeper;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Looks at one device from its own machine. Changes nothing, and disturbs nothing that runs. */
public final class Inspection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_FAULT = 500;
    private static final int MOST_HEARD = 1_000;

    private final Subject subject;
    private final Path sys;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Duration> cityHallAhead = Optional.empty();

    private Inspection(Subject subject, Path sys) {
        this.subject = subject;
        this.sys = sys;
    }

    /**
     * Looks at everything; takes some seconds, under a minute where nothing answers.
     *
     * @throws InterruptedException if it is told to stop
     */
    public static Report of(Subject subject) throws InterruptedException {
        return of(subject, CardWear.SYS);
    }

    static Report of(Subject subject, Path sys) throws InterruptedException {
        return new Inspection(subject, sys).report();
    }

    private Report report() throws InterruptedException {
        Optional<Heartbeat> live = LocalStatus.ask(subject.journalFile());
        Optional<Status> status = live.map(Heartbeat::getGateway);
        findings.add(Program.running(status));
        storage(status);
        findings.add(status.map(Program::journal).orElseGet(() -> Program.journalAsleep(journalBytes())));
        String device = lines(status);
        live.ifPresent(this::heard);
        findings.add(1, Machine.clock(subject.clock().synchronised(), cityHallAhead));
        findings.add(Program.settings(status.filter(Status::hasSettings)
                .map(Status::getSettings)
                .orElseGet(() -> SettingsKeeper.kept(subject.settingsFile()))));
        return new Report(device, live.isPresent(), Instant.now(), List.copyOf(findings));
    }

    private void storage(Optional<Status> status) {
        try {
            findings.add(Machine.storageSpeed(
                    DiskSpeed.measure(subject.journalFile().toAbsolutePath().getParent())));
        } catch (IOException e) {
            findings.add(Machine.storageUnwritable(RoundTrips.reason(e)));
        }
        findings.add(
                Machine.storageWear(status.filter(Status::hasStorage).map(Status::getStorage), CardWear.read(sys)));
    }

    /** What is reached with the device's identity; returns whose it is. */
    private String lines(Optional<Status> status) throws InterruptedException {
        DeviceIdentity me;
        try {
            me = DeviceIdentity.load(subject.identityDir());
        } catch (IdentityException e) {
            findings.add(Lines.noIdentity(e.getMessage()));
            return status.map(Status::getDeviceId).orElse("unknown device");
        }
        CertificateTime time =
                CertificateTime.of(subject.identityDir(), me, subject.clock()::synchronised, InstantSource.system());
        SSLContext tls = me.sslContext(time);
        certificate(me, time, tls);
        URI broker = subject.ownBroker().orElse(subject.uplink());
        findings.add(
                Lines.broker(Handshake.with(broker, tls), subject.ownBroker().isPresent()));
        findings.add(subject.ownBroker().isPresent() ? cityHall(tls) : gateway(tls));
        return me.deviceId();
    }

    private void certificate(DeviceIdentity me, CertificateTime time, SSLContext tls) throws InterruptedException {
        Instant now = time.now();
        Duration left = Duration.between(now, me.certificate().getNotAfter().toInstant());
        Optional<String> unreached = Optional.empty();
        if (subject.est().isPresent()) {
            unreached = unreached(subject.est().get().resolve("/health"), tls);
        }
        findings.add(Lines.certificate(left, me.renewalDue(now), subject.est().isPresent(), unreached));
    }

    private static Optional<String> unreached(URI address, SSLContext tls) throws InterruptedException {
        try (HttpClient client = client(tls)) {
            ask(client, address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(RoundTrips.reason(e));
        }
    }

    private Finding cityHall(SSLContext tls) throws InterruptedException {
        // A GET there answers "no" without any work; that it answers is what counts.
        URI address = subject.uplink().resolve("/device/v1/heartbeat");
        try (HttpClient client = client(tls)) {
            return Lines.uplink(RoundTrips.measure(() -> compareClocks(ask(client, address))), "city hall");
        }
    }

    private Finding gateway(SSLContext tls) throws InterruptedException {
        return Lines.uplink(RoundTrips.measure(() -> Handshake.greet(subject.uplink(), tls)), "the gateway");
    }

    private void compareClocks(HttpResponse<?> answer) {
        Instant here = Instant.now();
        try {
            cityHallAhead = answer.headers()
                    .firstValue("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .map(there -> whole(Duration.between(here, there)));
        } catch (DateTimeParseException e) {
            cityHallAhead = Optional.empty();
        }
    }

    /** The header tells whole seconds, so less than one is no difference. */
    private static Duration whole(Duration between) {
        return between.abs().compareTo(Duration.ofMillis(1_500)) < 0 ? Duration.ZERO : between;
    }

    private static HttpResponse<?> ask(HttpClient client, URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
        int status = answer.statusCode();
        if (status == UNAUTHORISED || status == FORBIDDEN) {
            throw new IOException("it does not want this device: " + status);
        }
        if (status >= SERVER_FAULT) {
            throw new IOException("it answers " + status);
        }
        return answer;
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(PATIENCE)
                .build();
    }

    private void heard(Heartbeat live) {
        String kind = subject.ownBroker().isPresent() ? "node" : "meter";
        long now = live.getGateway().getClock().getUnixMs();
        if (live.getNodesCount() == 0) {
            findings.add(Program.nobodyHeard(kind));
        }
        for (NodePresence one : live.getNodesList().subList(0, Math.min(MOST_HEARD, live.getNodesCount()))) {
            findings.add(Program.heard(kind, one, now));
        }
        for (Equipment one : live.getGateway().getEquipmentList()) {
            HangingOn.finding(one, now).ifPresent(findings::add);
        }
    }

    private Optional<Long> journalBytes() {
        try {
            return Optional.of(Files.size(subject.journalFile()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
