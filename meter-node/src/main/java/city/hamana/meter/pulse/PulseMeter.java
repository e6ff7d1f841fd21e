package city.hamana.meter.pulse;

import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Schedule;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A meter that closes a contact once for so many litres. Its register is what it showed when it was connected and what
 * has been counted since. A register that was told is on the disk: it never goes back, not even after a power cut.
 */
public final class PulseMeter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PulseMeter.class);
    private static final Duration FORCED_EVERY = Duration.ofSeconds(60);
    private static final int MILLILITRES = -6;

    /**
     * What a pulse meter is.
     *
     * @param line name in the settings
     * @param pin as Broadcom numbers it
     * @param meter the id that its readings carry
     * @param millilitresPerPulse 1 to 10,000,000
     * @param startMillilitres what the dial showed when the count began
     * @param debounce how long the contact must stay shut, and open, to count
     */
    public record Options(
            String line, int pin, String meter, long millilitresPerPulse, long startMillilitres, Duration debounce) {
        Roster.Place place() {
            return new Roster.Place(line, "gpio " + pin);
        }
    }

    /** Opens the contact; told what to do at every change. */
    public interface Wiring {
        /**
         * Connects to a pin.
         *
         * @throws PinException if it cannot be had
         */
        Contact connect(Options options, Contact.Changes changes);

        /** Who made the meter; {@code SIMULATED} where nobody did. */
        String maker();
    }

    private final Options options;
    private final PulseStore store;
    private final Debounce debounce;
    private final Schedule schedule;
    private final Roster roster;
    private Optional<Contact> contact = Optional.empty();
    private Optional<Long> readTurn = Optional.empty();
    private long polledTurn;
    private long pending;
    private long look;
    private long forcedNanos = System.nanoTime();

    private PulseMeter(Options options, PulseStore store, Schedule schedule, Roster roster) {
        this.options = options;
        this.store = store;
        this.debounce = new Debounce(options.debounce());
        this.schedule = schedule;
        this.roster = roster;
    }

    /**
     * Begins to count. Empty, and told of in the roster, where the pin cannot be had or the count so far is lost: the
     * other meters do not wait for it.
     *
     * @param folder where the counts of this node's pulse meters are kept, each in a file of its meter's id
     */
    public static Optional<PulseMeter> open(
            Options options, Path folder, Wiring wiring, Schedule schedule, Roster roster) {
        roster.named(options.place(), options.meter(), wiring.maker());
        String fault = "pulse.store";
        try {
            PulseStore store = PulseStore.open(folder.resolve(options.meter() + ".pulses"));
            PulseMeter meter = new PulseMeter(options, store, schedule, roster);
            fault = "pulse.open";
            meter.began(wiring.connect(options, meter::changed));
            return Optional.of(meter);
        } catch (PulseStoreException | UncheckedIOException | PinException e) {
            roster.fault(options.place(), fault);
            roster.silent(options.place());
            LOG.error("pulse meter {}: {}", options.meter(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The register where its turn has come. It comes again until {@link #kept}.
     *
     * @param synchronised whether the clock that tells {@code now} can be believed
     */
    public synchronized Optional<Sample> poll(Instant now, boolean synchronised) {
        settle(System.nanoTime());
        boolean due = readTurn.filter(turn -> turn == turn()).isEmpty();
        try {
            forceSometimes(due);
        } catch (UncheckedIOException e) {
            roster.fault(options.place(), "pulse.store");
            LOG.error("pulse meter {}: {}", options.meter(), e.getMessage());
            return Optional.empty();
        }
        if (!due) {
            return Optional.empty();
        }
        polledTurn = turn();
        roster.heard(options.place(), now);
        int flags = synchronised ? 0 : Quality.CLOCK_UNKNOWN;
        return Optional.of(new Sample(options.meter(), Quantity.VOLUME, now, register(), MILLILITRES, flags));
    }

    /** What the last poll returned is in the journal. */
    public synchronized void kept() {
        readTurn = Optional.of(polledTurn);
        look++;
    }

    @Override
    public void close() {
        contact.ifPresent(Contact::close);
        synchronized (this) {
            settle(System.nanoTime());
            store.close();
        }
    }

    /** Millilitres. */
    synchronized long register() {
        return options.startMillilitres() + store.count() * options.millilitresPerPulse();
    }

    private synchronized void began(Contact connected) {
        contact = Optional.of(connected);
        debounce.begin(connected.shut(), System.nanoTime());
    }

    private synchronized void changed(boolean shut, long nanos) {
        debounce.changed(shut, nanos);
        count();
    }

    private void settle(long nanos) {
        debounce.settle(nanos);
        count();
    }

    private void count() {
        pending += debounce.take();
        if (pending > 0) {
            try {
                store.add(pending);
                pending = 0;
            } catch (UncheckedIOException e) {
                roster.fault(options.place(), "pulse.store");
            }
        }
    }

    private long turn() {
        return schedule.turn(0, 1, look);
    }

    private void forceSometimes(boolean now) {
        if (now || System.nanoTime() - forcedNanos > FORCED_EVERY.toNanos()) {
            store.force();
            forcedNanos = System.nanoTime();
        }
    }
}
