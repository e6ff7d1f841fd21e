package city.hamana.sensing.leaks;

import city.hamana.sensing.inflow.CsvRows;
import city.hamana.sensing.inflow.OffDays;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Watches the net inflow of a district for leaks. Rows come one after the other; each is judged on what came before it, and
 * the same rows always give the same leaks, so a watch that was interrupted is brought up to date by the rows of the past.
 * Its memory does not grow: about a megabyte. Not for several threads.
 */
public final class LeakWatch {
    private static final LocalDateTime A_MONDAY = LocalDateTime.of(2001, 1, 1, 0, 0);
    private static final int HOURS_OF_A_DAY = 24;
    private static final double USUAL_SILENCE_DAYS = 20;
    private static final double LEAST_SCALE_M3H = 0.01;
    /** A row so many times the usual inflow is a fault of the meter. */
    private static final double MOST_SCALES = 10;

    private final OffDays offDays;
    private final Tuning tuning;
    private final InflowModel model;
    private final Shifts shifts;
    private final Recent recent;
    private final HourMeans means = new HourMeans();
    private final List<HourMeans.Hour> firstDay = new ArrayList<>();
    private double scale;
    private long firstHour;
    private long lastHour;
    private Optional<Long> toldHour = Optional.empty();
    private Optional<LocalDateTime> lastRow = Optional.empty();

    /** A watch that has seen nothing yet. */
    public LeakWatch(OffDays offDays) {
        this(offDays, Tuning.frozen());
    }

    LeakWatch(OffDays offDays, Tuning tuning) {
        this.offDays = offDays;
        this.tuning = tuning;
        this.model = new InflowModel(tuning);
        this.shifts = new Shifts(tuning);
        this.recent = new Recent(tuning.memoryDays());
    }

    /** What comes of reading a file. */
    public interface Findings {
        void found(Leak leak);

        /** A row was left out; the text says where, why and what to do. */
        void refused(String why);
    }

    /**
     * Follows rows {@code timestamp,inflow_m3h} until they end, which in a pipe may be never.
     *
     * @return how many rows were taken
     * @throws city.hamana.sensing.inflow.InflowException when the first line does not name the two columns
     */
    public static long follow(CsvRows rows, OffDays offDays, Findings findings) {
        LeakWatch watch = new LeakWatch(offDays);
        return new InflowRows(rows, findings::refused)
                .forEach((at, inflow) -> watch.row(at, inflow).ifPresent(findings::found));
    }

    /**
     * Takes the next row.
     *
     * @param at the city's wall clock, later than the row before
     * @param inflowM3h mean net inflow from then on, m3/h
     * @return the leak that has become sure, from the hours before this row's; each leak once
     * @throws IllegalArgumentException when the row is not later than the one before
     */
    public Optional<Leak> row(LocalDateTime at, double inflowM3h) {
        if (lastRow.filter(last -> !at.isAfter(last)).isPresent()) {
            throw new IllegalArgumentException(at + " is not after " + lastRow.orElseThrow());
        }
        lastRow = Optional.of(at);
        return means.add(ChronoUnit.HOURS.between(A_MONDAY, at.truncatedTo(ChronoUnit.HOURS)), inflowM3h)
                .flatMap(hour -> hour(hour, at));
    }

    private Optional<Leak> hour(HourMeans.Hour hour, LocalDateTime now) {
        if (scale == 0) {
            firstDay.add(hour);
            if (firstDay.size() == HOURS_OF_A_DAY) {
                begin();
            }
            return Optional.empty();
        }
        learn(hour);
        return hour.hour() - firstHour >= tuning.learningDays() * 24L ? judge(now) : Optional.empty();
    }

    private void begin() {
        double[] sorted =
                firstDay.stream().mapToDouble(HourMeans.Hour::mean).sorted().toArray();
        scale = Math.max(LEAST_SCALE_M3H, Math.abs(sorted[HOURS_OF_A_DAY / 2]));
        firstHour = firstDay.getFirst().hour();
        lastHour = firstHour - 1;
        firstDay.forEach(this::learn);
        firstDay.clear();
    }

    private void learn(HourMeans.Hour hour) {
        if (Math.abs(hour.mean()) > MOST_SCALES * scale) {
            return;
        }
        long elapsed = hour.hour() - lastHour;
        lastHour = hour.hour();
        model.pass(elapsed);
        shifts.pass(model, elapsed);
        Look look = model.look(offDays.hourOfUse(time(hour.hour())), hour.mean() / scale);
        shifts.see(hour.hour(), look);
        model.learn(look);
        recent.see(hour);
    }

    private Optional<Leak> judge(LocalDateTime now) {
        Optional<Shift> jump = shifts.sure(lastHour, enough());
        boolean known = jump.filter(
                        shift -> model.growsBy(shift.size()) && shift.evidence() < tuning.alarmBesideGrowth())
                .isPresent();
        jump.ifPresent(shift -> {
            model.accept(shift);
            shifts.forget();
        });
        return jump.filter(shift -> shift.size() > 0 && !known).map(shift -> {
            toldHour = Optional.of(lastHour);
            return new Leak(now, time(shift.start()), shift.size() * scale, recent.of(shift));
        });
    }

    /** The evidence that is enough for an alarm: the longer nothing was told, the less. */
    private double enough() {
        double days = toldHour.map(told -> (lastHour - told) / 24.0).orElse((double) tuning.longestSilenceDays());
        double silence = Math.clamp(days, 1, tuning.longestSilenceDays());
        return tuning.alarm() - tuning.alarmPerSilence() * Math.log(silence / USUAL_SILENCE_DAYS);
    }

    private static LocalDateTime time(long hour) {
        return A_MONDAY.plusHours(hour);
    }
}
