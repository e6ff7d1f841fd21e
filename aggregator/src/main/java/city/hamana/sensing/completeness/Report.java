package city.hamana.sensing.completeness;

import city.hamana.sensing.ingest.Account;
import city.hamana.sensing.ingest.Gap;
import city.hamana.sensing.ingest.Said;
import java.time.Instant;
import java.util.List;

/**
 * One device's page.
 *
 * @param said what the device, and its gateway, last said of what waits
 * @param now real time
 */
public record Report(Account account, List<Said> said, Period period, Instant now) {
    public List<Gap> gaps(Gap.Kind kind) {
        return account.gaps().stream().filter(gap -> gap.kind() == kind).toList();
    }

    public long missing() {
        return account.blocks(Gap.Kind.MISSING);
    }
}
