package city.hamana.demo.trial;

import city.hamana.demo.city.DemoException;
import city.hamana.demo.city.Installation;
import city.hamana.demo.city.Plan;
import city.hamana.demo.trial.Known.Meter;
import city.hamana.demo.trial.Known.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The story of one fault run: start a city, break and heal it round by round, let it drain, compare. */
public final class FaultRun {
    /** How often the run waits for what, and how long at most. */
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

    private static final Duration STANDSTILL = Duration.ofSeconds(90);
    private static final Duration FLOW = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** Ten real seconds: half-dead and slow programs may hold a reading so long before they stamp it. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10).multipliedBy(Site.Layout.BROKEN.speed());

    private static final int MOST_NAMED = 20;

    /**
     * What is to be done.
     *
     * @param kinds which faults; empty: all
     */
    public record Order(int rounds, long seed, Path folder, Collection<String> kinds) {
        /**
         * The kinds by their names, in lower case with dashes.
         *
         * @throws DemoException if a name is none
         */
        List<Kind> chosen() {
            if (kinds.isEmpty()) {
                return List.of(Kind.values());
            }
            try {
                return kinds.stream()
                        .map(name -> Kind.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT)))
                        .toList();
            } catch (IllegalArgumentException e) {
                throw DemoException.of(
                        "--only names a fault that there is not; there are " + String.join(", ", names()));
            }
        }

        static List<String> names() {
            return List.of(Kind.values()).stream()
                    .map(kind -> kind.name().replace('_', '-').toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    private final Order order;
    private final List<Kind> kinds;
    private final Consumer<String> say;
    private final Site site;
    private final Jumps jumps = new Jumps();
    private final Damages damages = new Damages();
    private final List<Fault.Healing> wounds = new ArrayList<>();
    private boolean closed;
    private boolean good;

    private FaultRun(Order order, Site site, Consumer<String> say) {
        this.order = order;
        this.kinds = order.chosen();
        this.site = site;
        this.say = say;
    }

    /**
     * Makes ready; nothing runs yet.
     *
     * @throws DemoException if the folder is not empty or cannot be used
     */
    public static FaultRun prepare(Installation installation, Order order, Consumer<String> say)
            throws InterruptedException {
        try {
            Path log = order.folder().resolve("run.log");
            Files.createDirectories(order.folder());
            if (Files.exists(log)) {
                throw DemoException.of(order.folder() + " holds a run already; give another --dir");
            }
            Site site = Site.found(installation, order.folder(), Site.Layout.BROKEN, line -> note(log, line));
            return new FaultRun(order, site, line -> {
                note(log, line);
                say.accept(line);
            });
        } catch (IOException e) {
            throw DemoException.of("the folder " + order.folder() + " cannot be used", e);
        }
    }

    /** The whole run; true where nothing is lost, held twice, wrong or unexplained. */
    public boolean run() throws InterruptedException {
        say.accept("seed " + order.seed() + ", " + order.rounds() + " rounds, in " + order.folder()
                + "; the meters are SIMULATED");
        site.start();
        try (CityHall cityHall = new CityHall(site.city())) {
            CapturedBlocks captured = new CapturedBlocks(site);
            Faults faults = new Faults(site, jumps, damages, captured, cityHall);
            Thread.sleep(FLOW);
            int number = 0;
            for (List<Step> round : Script.draw(order.seed(), order.rounds(), kinds)) {
                number++;
                say.accept("round " + number + "/" + order.rounds() + ": " + inWords(round));
                round(round, faults, captured);
            }
            good = settle(cityHall, faults);
            return good;
        } catch (IOException e) {
            throw DemoException.of("the fault run cannot go on", e);
        }
    }

    /** Heals and stops everything, also in the midst of a round. */
    public synchronized void stop() throws InterruptedException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            heal();
            if (!good) {
                site.keepDisks();
            }
        } catch (IOException e) {
            say.accept("not all could be healed: " + e.getMessage());
        }
        site.stop();
    }

    // --- rounds --------------------------------------------------------------------------------------------------

    private void round(List<Step> steps, Faults faults, CapturedBlocks captured)
            throws IOException, InterruptedException {
        for (Step step : steps) {
            wound(faults.begin(step));
        }
        Thread.sleep(steps.stream().map(Step::lasting).max(Duration::compareTo).orElseThrow());
        captured.capture(Plan.NODE_1);
        captured.capture(Plan.NODE_2);
        heal();
        Thread.sleep(SETTLE);
    }

    private synchronized void wound(Fault.Healing healing) {
        wounds.add(healing);
    }

    private synchronized void heal() throws IOException, InterruptedException {
        while (!wounds.isEmpty()) {
            wounds.removeLast().heal();
        }
    }

    private static String inWords(List<Step> round) {
        return String.join(" + ", round.stream().map(Step::toString).toList()) + " for "
                + round.stream()
                        .map(Step::lasting)
                        .max(Duration::compareTo)
                        .orElseThrow()
                        .toMillis() + " ms";
    }

    // --- the end -------------------------------------------------------------------------------------------------

    private boolean settle(CityHall cityHall, Faults faults) throws IOException, InterruptedException {
        Thread.sleep(FLOW);
        site.city().hold(Plan.SIMULATOR);
        say.accept("all is healed and the meters are silent; waiting until the edge has nothing left");
        State state = awaitDrained(cityHall);
        Completeness completeness = state.completeness();
        Comparison.Result result = state.result();
        faults.lines(kinds).forEach(say);
        completeness.lines().forEach(say);
        name("lost", result.lost());
        name("duplicated", result.duplicated());
        name("wrong", result.wrong());
        say.accept("seed " + order.seed() + ", explained " + result.explained().size() + ", stamped by a clock that"
                + " was set wrong " + result.stepped() + ", held beyond what the meters know to be taken "
                + result.beyond());
        say.accept("rounds " + order.rounds() + ", written " + result.written() + ", held " + result.held() + ", lost "
                + result.lost().size() + ", duplicated " + result.duplicated().size() + ", wrong "
                + result.wrong().size() + ", unexplained " + completeness.unexplained());
        return result.good() && completeness.unexplained() == 0;
    }

    private record State(Completeness completeness, Comparison.Result result) {
        boolean drained() {
            return result.lost().isEmpty()
                    && completeness.unexplained() == 0
                    && completeness.pending() == 0
                    && completeness.untimed() == 0;
        }

        String inWords() {
            return result.lost().size() + " readings are not held yet, " + completeness.pending()
                    + " blocks wait at the edge, " + completeness.unexplained() + " are missing, "
                    + completeness.untimed() + " samples wait for their time";
        }
    }

    /** Waits as long as anything moves, and a while longer. */
    private State awaitDrained(CityHall cityHall) throws InterruptedException, IOException {
        Instant end = Instant.now().plus(DRAIN_LIMIT);
        Instant patience = Instant.now().plus(STANDSTILL);
        String last = "";
        while (true) {
            Thread.sleep(LOOK_EVERY);
            boolean late = Instant.now().isAfter(end) || Instant.now().isAfter(patience);
            try {
                State state = state(cityHall);
                if (state.drained() || late) {
                    return state;
                }
                if (!state.inWords().equals(last)) {
                    last = state.inWords();
                    patience = Instant.now().plus(STANDSTILL);
                    say.accept(last);
                }
            } catch (IOException e) {
                if (late) {
                    throw e;
                }
            }
        }
    }

    private State state(CityHall cityHall) throws IOException, InterruptedException {
        Completeness completeness = Completeness.of(cityHall, site.time().instant());
        Comparison comparison = new Comparison(
                site.known(),
                jumps,
                TOLERANCE,
                (meter, reading) -> damages.cover(meter.node(), reading.at()) && completeness.explains(meter, reading));
        for (Meter meter : site.known().meters()) {
            List<Reading> told = site.known().written(meter, site.memory());
            comparison.add(meter, told, cityHall.held(meter));
        }
        return new State(completeness, comparison.result());
    }

    private void name(String what, List<String> readings) {
        readings.stream().limit(MOST_NAMED).map(line -> what + ": " + line).forEach(say);
        if (readings.size() > MOST_NAMED) {
            say.accept(what + ": and " + (readings.size() - MOST_NAMED) + " more");
        }
    }

    private static synchronized void note(Path log, String line) {
        try {
            Files.writeString(
                    log, Instant.now() + " " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
