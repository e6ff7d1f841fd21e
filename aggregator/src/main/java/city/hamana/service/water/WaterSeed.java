package city.hamana.service.water;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Contracts for a demonstration: one for each of its first meters, invented. */
final class WaterSeed {
    private static final int METERS = 12;
    private static final List<String> DISTRICTS = List.of("知波田", "入出", "鷲津", "新居");

    private final Contracts contracts;
    private final Clock clock;

    WaterSeed(Contracts contracts, Clock clock) {
        this.contracts = contracts;
        this.clock = clock;
    }

    void sow(Handle tx) {
        if (contracts.count(tx) > 0) {
            return;
        }
        LocalDate from = LocalDate.now(clock).withDayOfMonth(1).minusMonths(4);
        contracts.add(
                tx,
                IntStream.rangeClosed(1, METERS)
                        .mapToObj(number -> sample(number, from))
                        .toList());
    }

    private static Contract sample(int number, LocalDate from) {
        String district = DISTRICTS.get(number % DISTRICTS.size());
        return new Contract(
                "%07d".formatted(100_000 + number),
                "hmn-%08d".formatted(number),
                number % 4 == 0 ? 13 : 20,
                number % 3 != 0,
                "none",
                from.minusDays(1).getMonthValue() % 2 == 1,
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
