package city.hamana.meter.line;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** One meter of a bus, as the bus's master knows it. */
final class BusMeter {
    /** Of one turn; a data logger with more goes on in its next turn, and what never ends is stopped. */
    static final int MOST_TELEGRAMS = 4_096;

    private final MeterAddress address;
    private final Roster.Place place;
    private final int number;
    private final int of;
    private Optional<Boolean> countBit = Optional.empty();
    private Optional<Received> repeatable = Optional.empty();
    private Optional<Long> readTurn = Optional.empty();
    private long askedTurn;
    private long silentUntilNanos = System.nanoTime();
    private int telegrams;
    private int baud;
    private boolean baudRefused;
    private boolean tellsMore;

    /** The {@code number}-th of so many meters on a line, counted from 0. */
    BusMeter(String line, MeterAddress address, int number, int of, int baud) {
        this.address = address;
        this.place = new Roster.Place(line, address.text());
        this.number = number;
        this.of = of;
        this.baud = baud;
    }

    MeterAddress address() {
        return address;
    }

    Roster.Place place() {
        return place;
    }

    /** Whether it is to be asked: its turn has come, or it was silent in its turn and is asked again. */
    boolean due(Schedule schedule, long look) {
        boolean read = readTurn.isPresent() && readTurn.get() == schedule.turn(number, of, look);
        return !read && System.nanoTime() - silentUntilNanos >= 0;
    }

    void asked(Schedule schedule, long look) {
        askedTurn = schedule.turn(number, of, look);
    }

    /** The bit of the next request; empty where the meter is to be reset or selected first. */
    Optional<Boolean> countBit() {
        return countBit;
    }

    void began() {
        countBit = Optional.of(true);
    }

    /** The next request is to be the first again; a meter repeats what was not acknowledged. */
    void forget() {
        countBit = Optional.empty();
    }

    /** Whether its readouts have been of more than one telegram: it has to stay selected from one to the next. */
    boolean tellsMore() {
        return tellsMore;
    }

    int baud() {
        return baud;
    }

    boolean baudRefused() {
        return baudRefused;
    }

    void talksAt(int rate) {
        baud = rate;
    }

    void refusedBaud(int base) {
        baud = base;
        baudRefused = true;
    }

    void failed(Duration leftAlone) {
        forget();
        silentUntilNanos = System.nanoTime() + leftAlone.toNanos();
    }

    /** A telegram that could not be kept is repeated by its meter: it is as old as it was the first time. */
    Received received(byte[] frame, Instant now) {
        Received kept = repeatable
                .filter(before -> Arrays.equals(before.bytes(), frame))
                .orElseGet(() -> new Received(place, now, frame, new byte[0]));
        repeatable = Optional.of(kept);
        return kept;
    }

    /** What it told is kept; false where it comes to no end in its turn. */
    boolean acknowledged(boolean unfinished) {
        repeatable = Optional.empty();
        countBit = countBit.map(bit -> !bit);
        telegrams++;
        tellsMore |= unfinished;
        boolean endless = unfinished && telegrams >= MOST_TELEGRAMS;
        if (!unfinished || endless) {
            readTurn = Optional.of(askedTurn);
            telegrams = 0;
        }
        return !endless;
    }

    void lineClosed() {
        forget();
        repeatable = Optional.empty();
        baudRefused = false;
    }
}
