package city.hamana.demo.city;

import city.hamana.demo.city.Plan.Device;
import city.hamana.demo.city.Plan.Program;
import city.hamana.link.Pem;
import city.hamana.link.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The story of one run: found the city or find it again, start its programs in order, wait for the first reading. */
public final class DemoCity implements AutoCloseable {
    private static final String TIME_FILE = "city.properties";
    private static final String CITY = "Kosai demonstration";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration READING_LIMIT = Duration.ofMinutes(5);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(1);
    private static final Duration SAVED_AHEAD = Duration.ofSeconds(3);

    private final Installation installation;
    private final Plan plan;
    private final Passwords passwords;
    private final Consumer<String> report;
    private final Processes processes;
    private final List<SimulatedMail> mail = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    public DemoCity(Installation installation, Plan plan, Consumer<String> report) {
        this(installation, plan, report, Supervised.Patience.USUAL);
    }

    /** A city whose programs come back in their own time when they end by themselves. */
    public DemoCity(Installation installation, Plan plan, Consumer<String> report, Supervised.Patience patience) {
        this.installation = installation;
        this.plan = plan;
        this.report = report;
        this.passwords = Passwords.of(plan.folder().resolve("sign-ins.properties"));
        this.processes = new Processes(folder(plan.folder().resolve("log")), report, patience);
    }

    public static Path timeFile(Path folder) {
        return folder.resolve(TIME_FILE);
    }

    public Passwords passwords() {
        return passwords;
    }

    /** Starts everything; returns when the aggregator answers. */
    public void start() throws InterruptedException {
        Trust trust = startCityHall();
        Pem.replaceSecret(
                folder(plan.home(Plan.GATEWAY)).resolve(Plan.ACCESS_POINT_SECRETS), Plan.accessPointSecrets());
        Supervised gateway = start(plan.gateway());
        Supervised simulator = start(plan.simulator());
        plan.sensors().ifPresent(some -> {
            start(plan.accessPointSimulator(some));
            start(plan.sensorSimulator(some));
        });
        awaitGateway(gateway);
        Processes.await(simulator, Probe.port(plan.street1()), START_LIMIT);
        report.accept("SIMULATED meters answer");
        Supervised node = start(plan.node(Plan.NODE_1, plan.street1()));
        start(plan.node(Plan.NODE_2, plan.street2()));
        plan.sensors().ifPresent(some -> start(plan.sensorNode(some)));
        report.accept("waiting for the first reading");
        Probe reading = Probe.https(people("/api/v1/series?limit=1000"), trust, passwords.token(), "\"hmn-");
        Processes.await(node, reading, READING_LIMIT);
    }

    /** Enrols every device and starts what serves the nodes, but neither nodes nor meters. */
    public void startServers() throws InterruptedException {
        startCityHall();
        awaitGateway(start(plan.gateway()));
    }

    /** Starts the nodes after {@link #startServers}; they have no meters and send what their journals hold. */
    public void startNodesWithoutMeters() {
        for (String node : plan.nodeNames()) {
            Pem.replace(plan.home(node).resolve(Plan.NO_TELEGRAMS), "");
            start(plan.nodeWithoutMeters(node));
        }
    }

    /** Ends a program at once and keeps it down until {@link #release}. */
    public void hold(String program) throws InterruptedException {
        processes.child(program).hold();
    }

    /** Lets a program come back that was held down. */
    public void release(String program) {
        processes.child(program).release();
    }

    /** Process id of a program, of its last process where it is just down. */
    public long pid(String program) {
        return processes.child(program).pid();
    }

    /** The CAs of this city; once {@link #start} has begun its first program. */
    public Trust trust() {
        return Trust.read(plan.home(Plan.PROVISIONING).resolve("ca.pem"));
    }

    /** The process that runs a program now. */
    public ProcessHandle process(String program) {
        return processes.handle(program);
    }

    /** An address among the people's pages and the API. */
    public URI people(String path) {
        return URI.create("https://localhost:" + plan.people() + path);
    }

    @Override
    public void close() {
        stopped.countDown();
        processes.close();
        mail.forEach(SimulatedMail::close);
        saveTime(Duration.ZERO);
    }

    /** Returns when the city is stopped. */
    public void untilStopped() throws InterruptedException {
        stopped.await();
    }

    /** From before the first program starts on, so that none has seen a time that is not written down. */
    private void keepTime() {
        saveTime(SAVED_AHEAD);
        Thread.ofPlatform().name("city-time").daemon().start(() -> {
            try {
                while (!stopped.await(SAVE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    saveTime(SAVED_AHEAD);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void saveTime(Duration ahead) {
        if (ahead.isZero() || stopped.getCount() > 0) {
            plan.time().save(timeFile(plan.folder()), ahead);
        }
    }

    /** Device CA and aggregator; every device of the plan is enrolled. */
    private Trust startCityHall() throws InterruptedException {
        keepTime();
        Trust trust = startProvisioning();
        enrolAll();
        Pem.replaceSecret(
                folder(plan.home(Plan.AGGREGATOR)).resolve("initial-users"),
                passwords.initialUsers(Plan.RESIDENTS_METER));
        mail.add(SimulatedMail.at(plan.mail(), plan.folder().resolve("mail")));
        Supervised aggregator = start(plan.aggregator());
        Processes.await(aggregator, Probe.https(people("/health/ready"), trust), START_LIMIT);
        report.accept("the aggregator answers");
        return trust;
    }

    private void awaitGateway(Supervised gateway) throws InterruptedException {
        Processes.await(gateway, Probe.port(plan.broker()), START_LIMIT);
        report.accept("the gateway serves its nodes");
    }

    private Trust startProvisioning() throws InterruptedException {
        Program provisioning = plan.provisioning();
        Path home = plan.home(provisioning.name());
        if (!Files.exists(home.resolve("ca.pem"))) {
            report.accept("making the device CA of this city");
            Admission.run(installation.command(
                    "provisioning",
                    provisioning.heapMegabytes(),
                    List.of(
                            "init",
                            "--dir",
                            home.toString(),
                            "--city",
                            CITY,
                            "--passphrase-file",
                            folder(home).resolve("passphrase").toString())));
        }
        Trust trust = Trust.read(home.resolve("ca.pem"));
        Supervised child = start(provisioning);
        Processes.await(child, Probe.https(est().resolve("/health"), trust), START_LIMIT);
        return trust;
    }

    /** All at once: each needs a short-lived program for its code. */
    private void enrolAll() throws InterruptedException {
        Admission admission = new Admission(installation, config(Plan.PROVISIONING), est());
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> done = new ArrayList<>();
            for (Device device : plan.devicesToEnrol()) {
                Path identity = folder(plan.home(device.name())).resolve("identity");
                done.add(together.submit(() -> admission.admit(identity, device.name(), device.role())));
            }
            for (Future<String> one : done) {
                report.accept(one.get());
            }
        } catch (ExecutionException e) {
            throw DemoException.of(e.getCause().getMessage());
        }
    }

    private Supervised start(Program program) {
        Path config = config(program.name());
        Pem.replace(config, "# Written by every start of the demonstration.\n" + program.settings());
        List<String> arguments = new ArrayList<>(program.arguments());
        arguments.addAll(List.of("--config", config.toString()));
        List<String> command = installation.command(program.module(), program.heapMegabytes(), arguments);
        return processes.start(program.name(), command, plan.home(program.name()));
    }

    private Path config(String name) {
        return folder(plan.home(name)).resolve("settings.properties");
    }

    private URI est() {
        return URI.create("https://localhost:" + plan.est());
    }

    private static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw DemoException.of("the folder " + path + " cannot be made", e);
        }
    }
}
