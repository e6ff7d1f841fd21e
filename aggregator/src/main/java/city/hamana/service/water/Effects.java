package city.hamana.service.water;

import city.hamana.capability.tariffs.TimeOfUse;
import city.hamana.platform.db.Database;
import city.hamana.sensing.vee.Use;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;

/**
 * Reckons, once a day, what the trial has moved: for each home the share of its water in the cheapest band in the sixty days
 * before the trial and in those that have been since; then the mean change of the homes in the trial less that of homes that are
 * not. Difference in differences, with the interval of B. L. Welch (Biometrika 34, 1947) for groups that scatter differently.
 */
final class Effects {
    private static final int DAYS = 60;
    private static final int LEAST_HOMES = 5;
    private static final int MOST_CONTROL = 2_000;
    private static final double KNOWN = 0.8;
    private static final double MILLION = 1e6;

    private final Database database;
    private final Clock clock;
    private final Contracts contracts;
    private final Billing billing;

    Effects(Database database, Clock clock, Contracts contracts, Billing billing) {
        this.database = database;
        this.clock = clock;
        this.contracts = contracts;
        this.billing = billing;
    }

    /** A home's share before and after. */
    record Home(double before, double after) {
        double change() {
            return after - before;
        }
    }

    /** The newest. */
    Optional<Effect> newest(Handle tx) {
        return tx.createQuery("""
                SELECT reckoned_day, trial_homes, control_homes, trial_before, trial_after, control_before, control_after,
                    moved, margin FROM water_effect ORDER BY reckoned_day DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
                """)
                .map((row, context) -> new Effect(
                        LocalDate.ofEpochDay(row.getLong(1)),
                        row.getInt(2),
                        row.getInt(3),
                        row.getLong(4) / MILLION,
                        row.getLong(5) / MILLION,
                        row.getLong(6) / MILLION,
                        row.getLong(7) / MILLION,
                        row.getLong(8) / MILLION,
                        row.getLong(9) / MILLION))
                .findOne();
    }

    /** Reckons today's, if that was not done before and there is a trial. */
    void reckon() {
        LocalDate today = LocalDate.now(clock);
        Optional<LocalDate> begun = database.inTransaction(tx -> {
            boolean done =
                    newest(tx).filter(effect -> effect.reckoned().equals(today)).isPresent();
            return done ? Optional.empty() : contracts.trialBegan(tx, today);
        });
        begun.filter(from -> from.isBefore(today.minusDays(1))).ifPresent(from -> reckon(from, today));
    }

    private void reckon(LocalDate from, LocalDate today) {
        Period before = new Period(from.minusDays(DAYS), from);
        LocalDate end = from.plusDays(DAYS).isBefore(today) ? from.plusDays(DAYS) : today;
        Period after = new Period(from, end);
        List<Home> trial = homes(database.inTransaction(tx -> contracts.inTrial(tx, from)), before, after);
        List<Home> control =
                homes(database.inTransaction(tx -> contracts.besideTrial(tx, from, MOST_CONTROL)), before, after);
        if (trial.size() >= LEAST_HOMES && control.size() >= LEAST_HOMES) {
            keep(of(trial, control, today));
        }
    }

    private List<Home> homes(List<Contract> all, Period before, Period after) {
        List<Home> homes = new ArrayList<>();
        for (Contract contract : all) {
            OptionalDouble first = share(contract, before);
            OptionalDouble second = first.isPresent() ? share(contract, after) : first;
            if (second.isPresent()) {
                homes.add(new Home(first.getAsDouble(), second.getAsDouble()));
            }
        }
        return homes;
    }

    /** Of the water of a period, what ran in the cheapest band; empty where too few hours are known or nothing ran. */
    private OptionalDouble share(Contract contract, Period period) {
        return database.inTransaction(tx -> {
            Prices prices = billing.prices(tx, period.last());
            TimeOfUse plan = prices.plan();
            List<Use> uses = billing.uses(tx, contract, period);
            Total total = Total.of(uses);
            if (total.known() < KNOWN * uses.size() || total.millilitres() == 0) {
                return OptionalDouble.empty();
            }
            List<String> bands = prices.bands(period);
            String cheapest = plan.bands().getFirst().code();
            long inBand = 0;
            for (int i = 0; i < uses.size(); i++) {
                if (uses.get(i) instanceof Use.Known known && bands.get(i).equals(cheapest)) {
                    inBand += known.millilitres();
                }
            }
            return OptionalDouble.of((double) inBand / total.millilitres());
        });
    }

    /** The difference of the groups' mean changes, and how sure that is. */
    static Effect of(List<Home> trial, List<Home> control, LocalDate day) {
        double moved = mean(trial) - mean(control);
        double ofTrial = variance(trial) / trial.size();
        double ofControl = variance(control) / control.size();
        double freedom = Math.pow(ofTrial + ofControl, 2)
                / (ofTrial * ofTrial / (trial.size() - 1) + ofControl * ofControl / (control.size() - 1));
        double margin = Double.isNaN(freedom) ? 0 : quantile(freedom) * Math.sqrt(ofTrial + ofControl);
        return new Effect(
                day,
                trial.size(),
                control.size(),
                trial.stream().mapToDouble(Home::before).average().orElseThrow(),
                trial.stream().mapToDouble(Home::after).average().orElseThrow(),
                control.stream().mapToDouble(Home::before).average().orElseThrow(),
                control.stream().mapToDouble(Home::after).average().orElseThrow(),
                moved,
                margin);
    }

    private static double mean(List<Home> homes) {
        return homes.stream().mapToDouble(Home::change).average().orElseThrow();
    }

    private static double variance(List<Home> homes) {
        double mean = mean(homes);
        return homes.stream().mapToDouble(h -> Math.pow(h.change() - mean, 2)).sum() / (homes.size() - 1);
    }

    /**
     * Student's t at 97.5 %, by the expansion of R. A. Fisher and E. A. Cornish (Technometrics 2, 1960); within 0.01 from four
     * degrees of freedom on.
     */
    static double quantile(double freedom) {
        double z = 1.959964;
        double z3 = z * z * z;
        double z5 = z3 * z * z;
        double z7 = z5 * z * z;
        return z
                + (z3 + z) / (4 * freedom)
                + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * Math.pow(freedom, 3));
    }

    private void keep(Effect effect) {
        database.inTransaction(tx -> tx.execute(
                "INSERT INTO water_effect (reckoned_day, trial_homes, control_homes, trial_before, trial_after,"
                        + " control_before, control_after, moved, margin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                effect.reckoned().toEpochDay(),
                effect.trialHomes(),
                effect.controlHomes(),
                millionths(effect.trialBefore()),
                millionths(effect.trialAfter()),
                millionths(effect.controlBefore()),
                millionths(effect.controlAfter()),
                millionths(effect.moved()),
                millionths(effect.margin())));
    }

    private static long millionths(double share) {
        return Math.round(share * MILLION);
    }
}
