package city.hamana.sensing.completeness;

import city.hamana.sensing.ingest.Account;
import city.hamana.sensing.ingest.Gap;
import java.util.stream.Collectors;

/** The list as CSV, one line per device, the worst first. */
final class CompletenessCsv {
    private static final String HEAD = "device,from,to,held_blocks,pending_blocks,lost_blocks,lost_samples,set_aside,"
            + "set_aside_blocks,untimed_samples,missing_blocks\r\n";

    private CompletenessCsv() {}

    static String of(Overview overview) {
        return overview.accounts().stream()
                .map(account -> line(account, overview.period()))
                .collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(Account a, Period period) {
        return String.join(
                        ",",
                        a.device(),
                        period.from().toString(),
                        period.to().toString(),
                        Long.toString(a.held()),
                        Long.toString(a.blocks(Gap.Kind.PENDING)),
                        Long.toString(a.blocks(Gap.Kind.LOST)),
                        Long.toString(a.lostSamples()),
                        Long.toString(a.setAside()),
                        Long.toString(a.blocks(Gap.Kind.SET_ASIDE)),
                        Long.toString(a.untimed()),
                        Long.toString(a.blocks(Gap.Kind.MISSING)))
                + "\r\n";
    }
}
