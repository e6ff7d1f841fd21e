package city.hamana.demo;

import city.hamana.demo.city.CityLock;
import city.hamana.demo.city.CityTime;
import city.hamana.demo.city.DemoCity;
import city.hamana.demo.city.DemoException;
import city.hamana.demo.city.Installation;
import city.hamana.demo.city.Passwords;
import city.hamana.demo.city.Plan;
import city.hamana.demo.city.Ports;
import city.hamana.demo.city.SimulatedIdentity;
import city.hamana.demo.city.SimulatedPayments;
import city.hamana.demo.trial.Bench;
import city.hamana.demo.trial.FaultRun;
import city.hamana.demo.trial.FaultRun.Order;
import city.hamana.link.EnrolmentException;
import city.hamana.link.IdentityException;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import city.hamana.link.TrustException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the demonstration; every fault is one line on standard error and exit code 1. */
@Command(name = "hamana", synopsisSubcommandLabel = "COMMAND", description = "The demonstration city.")
public final class Main {
    private static final int MOST_ROUNDS = 100_000;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        ProgramLog.start();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /** Runs a city until it is stopped. */
    @Command(
            description = {
                "Make a demonstration city, or go on with it, and run it until Ctrl-C.",
                "CA, aggregator, gateway and two meter nodes with SIMULATED meters, each a process of its own."
            },
            mixinStandardHelpOptions = true)
    int up(
            @Option(names = "--dir", description = "The city's folder (demo, beside the launcher)")
                    Optional<Path> folder,
            @Option(names = "--port", defaultValue = "8443", description = "HTTPS port of the pages (${DEFAULT-VALUE})")
                    int port,
            @Option(
                            names = "--speed",
                            description = "How fast the city's time runs: 1 to 100000; as last time, at first 1")
                    Optional<Integer> speed,
            @Option(names = "--home", defaultValue = ".", hidden = true, description = "Where the programs are")
                    Path home)
            throws InterruptedException {
        Path city = folder.orElse(home.resolve("demo")).toAbsolutePath().normalize();
        Ports.requireFree(port);
        Installation installation = Installation.at(home);
        CityLock lock = CityLock.take(city);
        CityTime time = CityTime.resume(DemoCity.timeFile(city), speed, Instant.now());
        SimulatedIdentity identity = SimulatedIdentity.in(city, port);
        SimulatedPayments payments = SimulatedPayments.in(city, port);
        Plan plan = Plan.of(city, time, port)
                .withSensors()
                .with(Plan.AGGREGATOR, identity.settings())
                .with(Plan.AGGREGATOR, payments.settings());
        DemoCity running = new DemoCity(installation, plan, this::say);
        stopInOrder(running, identity, payments, lock);
        say("starting the city in " + city + "; its time is " + time.cityOrigin() + ", speed " + time.speed());
        running.start();
        announce(running, identity, payments);
        running.untilStopped();
        return 0;
    }

    /** Breaks a city by a seed and compares what it holds with what was measured. */
    @Command(
            description = {
                "Break a city of real processes again and again, and see whether it loses anything.",
                "Meters of known values (SIMULATED) are read all the while; at the end every instant is compared.",
                "Exit code 0 only if nothing is lost, held twice, wrong or unexplained."
            },
            mixinStandardHelpOptions = true)
    int faults(
            @Option(names = "--rounds", defaultValue = "20", description = "How many rounds (${DEFAULT-VALUE})")
                    int rounds,
            @Option(names = "--seed", description = "The same seed does the same; by chance") Optional<Long> seed,
            @Option(names = "--dir", description = "An empty folder for the city; kept. Otherwise kept on failure only")
                    Optional<Path> folder,
            @Option(names = "--only", split = ",", description = "Only these faults: kill, cut, disk-full ...")
                    List<String> only,
            @Option(names = "--home", defaultValue = ".", hidden = true, description = "Where the programs are")
                    Path home)
            throws InterruptedException, IOException {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw DemoException.of("--rounds is " + rounds + ", outside 1 to " + MOST_ROUNDS);
        }
        Path city = folder.isPresent() ? folder.get() : Files.createTempDirectory("hamana-faults-");
        long chosen = seed.orElseGet(() -> (long) new SecureRandom().nextInt(1_000_000));
        Order order = new Order(rounds, chosen, city.toAbsolutePath().normalize(), only == null ? List.of() : only);
        FaultRun run = FaultRun.prepare(Installation.at(home), order, this::say);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run)));
        boolean good = run.run();
        stop(run);
        if (good && folder.isEmpty()) {
            delete(city);
        } else {
            say("all logs are in " + city);
        }
        return good ? 0 : 1;
    }

    /** Measures the real programs. */
    @Command(
            description = {
                "Measure the real programs.",
                "alone: months of city time without a network; memory, open files, and whether all comes in afterwards.",
                "flash: bytes written for each reading.",
                "drain: how fast days of readings that wait at the nodes come in, and whether all do."
            },
            mixinStandardHelpOptions = true)
    int bench(
            @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}") Measurement what,
            @Option(names = "--days", description = "alone: how many (180); drain: how many (30)")
                    Optional<Integer> days,
            @Option(names = "--nodes", defaultValue = "8", description = "drain: how many (${DEFAULT-VALUE})")
                    int nodes,
            @Option(names = "--meters", defaultValue = "2000", description = "drain: of all nodes (${DEFAULT-VALUE})")
                    int meters,
            @Option(names = "--dir", description = "An empty folder on the storage to be measured; kept")
                    Optional<Path> folder,
            @Option(names = "--home", defaultValue = ".", hidden = true, description = "Where the programs are")
                    Path home)
            throws InterruptedException, IOException {
        Path city = folder.isPresent() ? folder.get() : Files.createTempDirectory("hamana-bench-");
        Bench bench = new Bench(Installation.at(home), city.toAbsolutePath().normalize(), this::say);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bench)));
        boolean good = switch (what) {
            case alone -> bench.alone(days.orElse(180));
            case flash -> bench.flash();
            case drain -> bench.drain(nodes, meters, days.orElse(30));
        };
        stop(bench);
        if (folder.isEmpty()) {
            delete(city);
        }
        return good ? 0 : 1;
    }

    /** What can be measured, as it is typed. */
    enum Measurement {
        alone,
        flash,
        drain
    }

    private static void stop(Bench bench) {
        try {
            bench.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(FaultRun run) {
        try {
            run.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** On Ctrl-C, SIGTERM and on a failed start alike. */
    private void stopInOrder(DemoCity running, SimulatedIdentity identity, SimulatedPayments payments, CityLock lock) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            say("stopping");
            Instant begun = Instant.now();
            running.close();
            identity.close();
            payments.close();
            lock.close();
            say("stopped after " + Duration.between(begun, Instant.now()).toSeconds() + " s; nothing is lost");
        }));
    }

    private void announce(DemoCity running, SimulatedIdentity identity, SimulatedPayments payments) {
        say("ready " + running.people(""));
        say("sign in as " + Passwords.STAFF_NAME + " with "
                + running.passwords().staff());
        say("        or " + Passwords.RESIDENT_NAME + " with "
                + running.passwords().resident());
        say("others have the same two passwords: water, road, road-manager, citizens, citizens-manager, industry,");
        say(
                "        industry-manager, crisis, crisis-manager, tax, budget-manager, treasury (staff); maria (resident)");
        say("SIMULATED mails: DIR/mail");
        say("prove who you are with the SIMULATED identity app (" + identity.address()
                + "): on the page of signing in,");
        say("        or in the procedure 住民票の写し; all of its people are invented");
        say("pay bills with the SIMULATED payment provider; what its web-hooks do wrong is chosen at "
                + payments.address().resolve("/manners"));
        say("the browser warns once: the certificate is of this city's own CA; stop with Ctrl-C");
    }

    private synchronized void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static int explain(Exception fault, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        return switch (fault) {
            case DemoException e -> oneLine(line, e);
            case SettingsException e -> oneLine(line, e);
            case IdentityException e -> oneLine(line, e);
            case EnrolmentException e -> oneLine(line, e);
            case TrustException e -> oneLine(line, e);
            default -> throw fault;
        };
    }

    private static int oneLine(CommandLine line, Exception e) {
        line.getErr().println("hamana: " + e.getMessage());
        return 1;
    }
}
