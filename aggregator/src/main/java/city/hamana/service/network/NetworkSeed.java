package city.hamana.service.network;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** A district for a demonstration: its twelve homes behind one SIMULATED meter. */
final class NetworkSeed {
    private static final List<Integer> HOMES = List.of(1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 25, 37);
    /** As the demonstration's simulator calls the meter through which all its homes are supplied. */
    private static final String INLET = "hmn-00000900";
    /** Drawn for the demonstration; nothing of the city's. */
    private static final String OUTLINE =
            "POLYGON ((137.5252 34.7228, 137.5301 34.7236, 137.5334 34.7215, 137.5329 34.7182, 137.5283 34.7174, 137.5247 34.7193, 137.5252 34.7228))";
    /** Before the demonstration's backlog begins. */
    private static final int SINCE_DAYS = 400;

    private final Clock clock;
    private final FilePages files;
    private final Districts districts;

    NetworkSeed(Clock clock, FilePages files, Districts districts) {
        this.clock = clock;
        this.files = files;
        this.districts = districts;
    }

    void sow(Handle tx) {
        if (!districts.all(tx).isEmpty()) {
            return;
        }
        LocalDate since = LocalDate.now(clock).minusDays(SINCE_DAYS);
        String homes = HOMES.stream()
                .map("hmn-%08d"::formatted)
                .map(meter -> meter + "," + since + ",DEMO-1\n")
                .collect(Collectors.joining());
        Map<String, String> texts = new TreeMap<>(Map.of(
                DistrictFiles.DISTRICTS,
                DistrictFiles.HEADS.get(DistrictFiles.DISTRICTS)
                        + "\nDEMO-1,見本区(SIMULATED),みほんの ちく(SIMULATED),Setor de exemplo (SIMULATED),Sample district (SIMULATED),34.7205,137.5290,12,\""
                        + OUTLINE + "\"\n",
                DistrictFiles.INLETS,
                DistrictFiles.HEADS.get(DistrictFiles.INLETS) + "\nDEMO-1," + INLET + ",1\n",
                DistrictFiles.METERS,
                DistrictFiles.HEADS.get(DistrictFiles.METERS) + "\n" + homes));
        List<Slip> slips = files.take(tx, texts, "system");
        if (!slips.isEmpty()) {
            throw new IllegalStateException("the sample district is not right: " + slips);
        }
    }
}
