package city.hamana.service.water;

import city.hamana.capability.payments.ChargeState;
import city.hamana.capability.rules.Cited;
import city.hamana.capability.tariffs.Line;
import city.hamana.capability.tariffs.TimeOfUse;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page that explains a bill.
 *
 * @param before what was corrected of the same period, the newest first
 * @param charge how far it is paid
 * @param cited what its lines stand on, by reference
 * @param plan when which band holds, on the period's last day
 * @param charts what ran in each hour of the day
 * @param noHours whether no hour of the period is known
 * @param anew what it would be by what is known now; for staff
 * @param errors of staff's form
 */
public record BillView(
        Bill bill,
        List<Bill> before,
        Contract contract,
        Optional<ChargeState> charge,
        Map<String, Cited> cited,
        TimeOfUse plan,
        List<Chart> charts,
        boolean noHours,
        Optional<Bill> anew,
        List<FieldError> errors) {
    /** What a line is called. */
    public static String name(Page page, Line line) {
        String words = "water.line." + line.kind().code();
        return switch (line.kind()) {
            case STEP -> {
                String[] ends = line.code().split("-", 2);
                yield ends[1].isEmpty()
                        ? page.plain("water.line.step-open", ends[0])
                        : page.plain(words, ends[0], ends[1]);
            }
            case BAND -> page.plain("water.band." + line.code());
            case BASE, EXCESS_OFF, BASE_OFF, VOLUME_OFF -> page.plain(words);
        };
    }

    /** When a band holds: 「23:00–24:00, 0:00–6:00」; empty where that differs by day or month. */
    public static String hours(TimeOfUse plan, String band) {
        return plan.sameEveryDay()
                ? plan.hours(band, false, 1).stream()
                        .map(between -> between.from() + ":00–" + between.until() + ":00")
                        .collect(Collectors.joining(", "))
                : "";
    }

    /** What a line stands on. */
    public List<Cited> cited(Line line) {
        return Arrays.stream(line.rule().split(" "))
                .flatMap(reference -> Optional.ofNullable(cited.get(reference)).stream())
                .toList();
    }
}
