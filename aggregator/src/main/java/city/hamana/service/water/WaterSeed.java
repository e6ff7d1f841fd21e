package city.hamana.service.water;

import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Contracts for a demonstration: one for each of its first meters, invented. */
final class WaterSeed {
    private static final int METERS = 12;
    /** So far back the demonstration's meters tell, and a day less to be sure. */
    private static final int BACKLOG_DAYS = 88;

    private static final List<String> DISTRICTS = List.of("知波田", "入出", "鷲津", "新居");

    private final Vee vee;
    private final Contracts contracts;
    private final Clock clock;

    WaterSeed(Vee vee, Contracts contracts, Clock clock) {
        this.vee = vee;
        this.contracts = contracts;
        this.clock = clock;
    }

    void sow(Handle tx) {
        if (contracts.count(tx) > 0) {
            return;
        }
        LocalDate today = LocalDate.now(clock);
        LocalDate closing = today.withDayOfMonth(1);
        LocalDate begun = closing.minusMonths(2);
        LocalDate backlog = today.minusDays(BACKLOG_DAYS);
        LocalDate from = begun.isBefore(backlog) ? backlog : begun;
        List<Contract> samples = IntStream.rangeClosed(1, METERS)
                .mapToObj(number -> sample(number, from, Run.oddMonths(closing)))
                .toList();
        contracts.add(tx, samples);
        samples.forEach(sample -> vee.describe(tx, sample.facts(sample.account(), clock.getZone())));
    }

    private static Contract sample(int number, LocalDate from, boolean oddMonths) {
        String district = DISTRICTS.get(number % DISTRICTS.size());
        return new Contract(
                "%07d".formatted(100_000 + number),
                "hmn-%08d".formatted(number),
                number % 4 == 0 ? 13 : 20,
                number % 3 != 0,
                "none",
                oddMonths,
                "見本 %d".formatted(number),
                "静岡県湖西市%s 見本 %d".formatted(district, number),
                district,
                0,
                false,
                from,
                Optional.empty(),
                0);
    }
}
