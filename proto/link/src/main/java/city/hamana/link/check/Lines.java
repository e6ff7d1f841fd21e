package city.hamana.link.check;

import java.time.Duration;
import java.util.Optional;

/** The rules about what the device must reach: the EST server, the broker and the next one up. */
final class Lines {
    private static final Duration NEAR_THE_END = Duration.ofDays(14);
    private static final double SLOW_MEDIAN_MS = 2_000;

    private Lines() {}

    /**
     * The certificate.
     *
     * @param left until its end; negative once that is over
     * @param due whether it is time to renew it
     * @param est why the EST server is not reached; empty if it is
     * @param estKnown whether the settings name one
     */
    static Finding certificate(Duration left, boolean due, boolean estKnown, Optional<String> est) {
        String life = left.isNegative()
                ? "expired " + Figures.text(left) + " ago"
                : "good for " + Figures.text(left) + (due ? ", being renewed" : "");
        String server = !estKnown
                ? "; never renewed by itself"
                : est.map(why -> "; the EST server is not reached: " + why).orElse("; the EST server is reached");
        Finding finding = certificate(life + server, left, due, estKnown, est.isEmpty());
        return finding.with("days-left", left.toDays())
                .with("renewal-due", due)
                .with("est-reached", estKnown && est.isEmpty());
    }

    private static Finding certificate(String figure, Duration left, boolean due, boolean estKnown, boolean reached) {
        String set = "Set est-address in the settings, so that the device renews it by itself.";
        String line = "Bring the line to est-address back; the device then renews it by itself, also after its end.";
        if (left.isNegative()) {
            String wait =
                    "The device renews it by itself; if this stays for a day, enrol it anew with a one-time code.";
            return Finding.bad("certificate", figure, !estKnown ? set : reached ? wait : line);
        }
        if (!estKnown) {
            return Finding.look("certificate", figure, set);
        }
        if (!reached) {
            return due && left.compareTo(NEAR_THE_END) < 0
                    ? Finding.bad("certificate", figure, line)
                    : Finding.look("certificate", figure, line);
        }
        return left.compareTo(NEAR_THE_END) < 0
                ? Finding.look("certificate", figure, "Look into the log why the renewals of the last months failed.")
                : Finding.ok("certificate", figure);
    }

    static Finding noIdentity(String why) {
        return Finding.bad(
                "certificate",
                why,
                "Run check as the program's user; if it says the same, enrol the device with a one-time code.");
    }

    /** A gateway's own broker, or the gateway's that a node sends to. */
    static Finding broker(Handshake seen, boolean own) {
        if (seen.refusal().isEmpty()) {
            return Finding.ok(
                            "broker",
                            seen.peer() + " listens at " + seen.address() + " and takes this device's certificate")
                    .with("reached", true)
                    .with("peer", seen.peer());
        }
        return Finding.bad(
                        "broker",
                        seen.address() + ": " + seen.refusal().get(),
                        own
                                ? "Look into the program's log why its broker does not serve; nodes wait meanwhile."
                                : "Look whether the gateway runs and gateway-address is right; run check on the gateway.")
                .with("reached", false);
    }

    /**
     * The way up.
     *
     * @param to "city hall" or "the gateway"
     */
    static Finding uplink(RoundTrips trips, String to) {
        String figure = trips.answered() == 0
                ? to + " does not answer: " + trips.fault()
                : to + " answers in " + Figures.millis(trips.medianMs()) + ", at worst "
                        + Figures.millis(trips.worstMs()) + "; " + trips.failed() + " of " + trips.tried()
                        + " requests lost" + (trips.fault().isEmpty() ? "" : ": " + trips.fault());
        Finding finding;
        if (trips.answered() == 0) {
            finding = Finding.bad(
                    "uplink",
                    figure,
                    "Look at the network and the address in the settings; readings are kept meanwhile.");
        } else if (trips.failed() > 0 || trips.medianMs() > SLOW_MEDIAN_MS) {
            finding = Finding.look(
                    "uplink",
                    figure,
                    "Look at the aerial or the cable; readings still arrive, later or more than once.");
        } else {
            finding = Finding.ok("uplink", figure);
        }
        return finding.with("tried", trips.tried())
                .with("failed", trips.failed())
                .with("median-ms", trips.medianMs())
                .with("worst-ms", trips.worstMs());
    }
}
