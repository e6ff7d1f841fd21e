package city.hamana.link.check;

import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SettingsState;
import city.hamana.messages.v1.Status;
import city.hamana.messages.v1.Storage;
import city.hamana.messages.v1.StorageState;
import java.time.Duration;
import java.util.Optional;

/** The rules about the program: what its live status says. */
final class Program {
    private static final int FEW_DAYS = 30;
    private static final int VERY_FEW_DAYS = 3;

    private Program() {}

    static Finding running(Optional<Status> status) {
        return status.map(s -> Finding.ok("program", s.getSoftware() + " runs")
                        .with("running", true)
                        .with("software", s.getSoftware()))
                .orElseGet(() -> Finding.bad(
                                "program",
                                "does not run, or does not answer",
                                "Start it, or look into its log: systemctl status and journalctl. If it runs, call"
                                        + " check as its user.")
                        .with("running", false));
    }

    /** The journal of a program that does not run: only its file can be seen. */
    static Finding journalAsleep(Optional<Long> fileBytes) {
        return fileBytes
                .map(bytes -> Finding.ok(
                                "journal", "its file holds " + Figures.bytes(bytes) + "; more is known when it runs")
                        .with("file-bytes", bytes))
                .orElseGet(() -> Finding.look(
                        "journal",
                        "there is no file yet",
                        "Start the program; if it ran here before, look for the file before anything else."));
    }

    static Finding journal(Status status) {
        Storage storage = status.getStorage();
        String figure = status.getWaitingBlocks() + " blocks wait, " + Figures.bytes(status.getWaitingBytes()) + " of "
                + Figures.bytes(status.getQuotaBytes())
                + (storage.hasDaysLeft() ? "; room for " + storage.getDaysLeft() + " days without a line" : "")
                + (status.getSetAsideBlocks() > 0 ? "; " + status.getSetAsideBlocks() + " set aside" : "")
                + (storage.getDetail().isEmpty() ? "" : "; " + storage.getDetail());
        Finding finding = journal(status, figure)
                .with("state", stateWord(storage.getState()))
                .with("waiting-blocks", status.getWaitingBlocks())
                .with("waiting-bytes", status.getWaitingBytes())
                .with("quota-bytes", status.getQuotaBytes())
                .with("set-aside-blocks", status.getSetAsideBlocks());
        return storage.hasDaysLeft() ? finding.with("days-left", storage.getDaysLeft()) : finding;
    }

    private static Finding journal(Status status, String figure) {
        Storage storage = status.getStorage();
        Optional<Finding> damaged = switch (storage.getState()) {
            case STORAGE_STATE_FULL ->
                Optional.of(bad(figure, "Make room on the disk; until then nothing new is kept."));
            case STORAGE_STATE_READ_ONLY ->
                Optional.of(bad(figure, "The file system is read-only: look into dmesg, change the card."));
            case STORAGE_STATE_FAILING ->
                Optional.of(bad(figure, "The storage fails: change the card, keep the old one for salvage."));
            case STORAGE_STATE_SALVAGED ->
                Optional.of(look(figure, "Parts of the storage could not be read; change the card if it comes again."));
            case STORAGE_STATE_OK, STORAGE_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
        return damaged.orElseGet(() -> backlog(status, figure));
    }

    private static Finding backlog(Status status, String figure) {
        Storage storage = status.getStorage();
        String bringBack = "Bring the line back (see uplink); when the room is used up, fine detail is given up first.";
        if (storage.hasDaysLeft() && storage.getDaysLeft() < VERY_FEW_DAYS && status.getWaitingBlocks() > 0) {
            return bad(figure, bringBack);
        }
        boolean fewDays = storage.hasDaysLeft() && storage.getDaysLeft() < FEW_DAYS && status.getWaitingBlocks() > 0;
        if (fewDays || status.getWaitingBytes() > status.getQuotaBytes() / 5 * 4) {
            return look(figure, bringBack);
        }
        if (status.getSetAsideBlocks() > 0) {
            return look(figure, "City hall refuses the blocks set aside: staff find out why on the quarantine page.");
        }
        return Finding.ok("journal", figure);
    }

    private static Finding bad(String figure, String advice) {
        return Finding.bad("journal", figure, advice);
    }

    private static Finding look(String figure, String advice) {
        return Finding.look("journal", figure, advice);
    }

    private static String stateWord(StorageState state) {
        return switch (state) {
            case STORAGE_STATE_OK -> "ok";
            case STORAGE_STATE_FULL -> "full";
            case STORAGE_STATE_READ_ONLY -> "read-only";
            case STORAGE_STATE_SALVAGED -> "salvaged";
            case STORAGE_STATE_FAILING -> "failing";
            case STORAGE_STATE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    }

    /**
     * A node of a gateway, or a meter of a node.
     *
     * @param kind "node" or "meter"
     * @param nowUnixMs by the clock of the program that heard it
     */
    static Finding heard(String kind, NodePresence one, long nowUnixMs) {
        Duration since = Duration.ofMillis(Math.max(0, nowUnixMs - one.getHeardUnixMs()));
        String figure = one.getDeviceId()
                + (one.getHeardUnixMs() == 0
                        ? " was not heard since the start"
                        : " heard " + Figures.text(since) + " ago")
                + (one.getStatus().getWaitingBlocks() > 0
                        ? ", " + one.getStatus().getWaitingBlocks() + " blocks wait there"
                        : "");
        Finding finding = one.getConnected()
                ? Finding.ok(kind, figure)
                : Finding.look(
                        kind,
                        figure,
                        kind.equals("meter")
                                ? "Look at the meter's line and its address; counters in the status say what came back."
                                : "Look whether it has power and a network; on it, run check.");
        return finding.with("id", one.getDeviceId())
                .with("connected", one.getConnected())
                .with("heard-ago-ms", since.toMillis());
    }

    static Finding nobodyHeard(String kind) {
        return Finding.look(
                kind,
                "no " + kind + " was heard since the program's start",
                kind.equals("meter")
                        ? "Look at the lines and addresses in the settings, and at the converter's power."
                        : "Look whether the nodes are switched on and have this gateway's address and id.");
    }

    static Finding settings(SettingsState state) {
        String version =
                state.getVersion() == 0 ? "none from city hall" : "version " + state.getVersion() + " of city hall";
        String refused = state.getReason().isEmpty()
                ? ""
                : "; version " + state.getRefusedVersion() + " was not taken: " + state.getReason();
        String figure = version + (state.getOnTrial() ? ", on trial" : "") + refused;
        Finding finding;
        if (state.getOnTrial()) {
            finding = Finding.look(
                    "settings",
                    figure,
                    "Wait: city hall confirms them by itself, or they are taken back by themselves.");
        } else if (state.getRefusedVersion() > state.getVersion()) {
            finding = Finding.look(
                    "settings",
                    figure,
                    "Staff correct the values on the device's page and send them as a new version.");
        } else {
            finding = Finding.ok("settings", figure);
        }
        return finding.with("version", state.getVersion())
                .with("on-trial", state.getOnTrial())
                .with("refused-version", state.getRefusedVersion());
    }
}
