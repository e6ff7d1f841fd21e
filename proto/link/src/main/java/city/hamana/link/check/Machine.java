package city.hamana.link.check;

import city.hamana.messages.v1.Storage;
import java.time.Duration;
import java.util.Optional;

/** The rules about the machine: its clock and its storage. */
final class Machine {
    private static final Duration CLOCK_OFF = Duration.ofSeconds(10);
    private static final double SLOW_MEDIAN_MS = 30;
    private static final double SLOW_WORST_MS = 500;
    private static final double UNUSABLE_MEDIAN_MS = 500;
    private static final int WORN_PERCENT = 90;
    private static final int WORN_OUT_PERCENT = 110;

    private Machine() {}

    /** Whether the clock is set, and how far city hall's is ahead of it, where that is known. */
    static Finding clock(boolean synchronised, Optional<Duration> ahead) {
        String compared = ahead.map(
                        by -> ", " + Figures.text(by) + (by.isNegative() ? " ahead of" : " behind") + " city hall's")
                .orElse("");
        Finding finding;
        if (!synchronised) {
            finding = Finding.look(
                    "clock",
                    "not set yet" + compared + "; readings are put right when it is",
                    "Look whether the time service runs and reaches a server: timedatectl timesync-status");
        } else if (ahead.isPresent() && ahead.get().abs().compareTo(CLOCK_OFF) > 0) {
            finding = Finding.look(
                    "clock",
                    "says that it is set" + compared,
                    "Compare both clocks with a third; set the wrong one and restart this program.");
        } else {
            finding = Finding.ok("clock", "set" + compared);
        }
        Finding told = finding.with("synchronised", synchronised);
        return ahead.map(by -> told.with("city-hall-ahead-ms", by.toMillis())).orElse(told);
    }

    static Finding storageSpeed(DiskSpeed speed) {
        String figure = "4 KiB kept for certain in " + Figures.millis(speed.medianMs()) + ", at worst "
                + Figures.millis(speed.worstMs()) + ": about "
                + Math.max(1, Math.round(1_000 / Math.max(speed.medianMs(), 0.01))) + " commits a second";
        Finding finding;
        if (speed.medianMs() > UNUSABLE_MEDIAN_MS) {
            finding = Finding.bad(
                    "storage-speed", figure, "Change the card: it is too slow to keep up, which is how many end.");
        } else if (speed.medianMs() > SLOW_MEDIAN_MS || speed.worstMs() > SLOW_WORST_MS) {
            finding = Finding.look(
                    "storage-speed",
                    figure,
                    "Check again in an hour; if it stays slow, plan to change the card for an industrial one.");
        } else {
            finding = Finding.ok("storage-speed", figure);
        }
        return finding.with("median-ms", speed.medianMs()).with("worst-ms", speed.worstMs());
    }

    static Finding storageUnwritable(String why) {
        return Finding.bad(
                "storage-speed",
                "the journal's folder takes no file: " + why,
                "Run check as the program's user; if it says the same, make room or look for a read-only file system: "
                        + "df and dmesg");
    }

    /** What the program writes against its budget, and what the card says of itself. */
    static Finding storageWear(Optional<Storage> storage, Optional<CardWear> card) {
        String written = storage.filter(s -> s.getDailyBudgetBytes() > 0)
                .map(s -> Figures.bytes(s.getWrittenBytes()) + " written in a day, of "
                        + Figures.bytes(s.getDailyBudgetBytes()))
                .orElse("what is written in a day is not known");
        String worn = card.map(c -> "; " + c.device() + " has used up to " + c.usedPercent() + " % of its life")
                .orElse("; the card does not tell its wear");
        Finding finding = wear(written + worn, storage, card);
        if (storage.isPresent()) {
            finding = finding.with("written-bytes", storage.get().getWrittenBytes())
                    .with("daily-budget-bytes", storage.get().getDailyBudgetBytes());
        }
        return card.isPresent() ? finding.with("life-used-percent", card.get().usedPercent()) : finding;
    }

    private static Finding wear(String figure, Optional<Storage> storage, Optional<CardWear> card) {
        if (card.filter(c -> c.reserveGone() || c.usedPercent() >= WORN_OUT_PERCENT)
                .isPresent()) {
            return Finding.bad("storage-wear", figure, "Change the card now; copy the identity and the journal first.");
        }
        if (card.filter(c -> c.usedPercent() >= WORN_PERCENT).isPresent()) {
            return Finding.look("storage-wear", figure, "Plan to change the card within the next months.");
        }
        if (storage.filter(s -> s.getDailyBudgetBytes() > 0 && s.getWrittenBytes() > s.getDailyBudgetBytes())
                .isPresent()) {
            return Finding.look(
                    "storage-wear",
                    figure,
                    "Read the meters less often, or raise flash-budget-bytes-per-day if the card is made for it.");
        }
        return Finding.ok("storage-wear", figure);
    }
}
