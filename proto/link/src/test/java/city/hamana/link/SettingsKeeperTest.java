package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.SettingsKeeper.Reply;
import city.hamana.messages.v1.RemoteSettings;
import city.hamana.messages.v1.SettingsState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each {@link #start} is a start of the program, on real files. */
class SettingsKeeperTest {
    private static final Set<String> ALLOWED = Set.of("poll-every-ms", "name");
    private static final long HOUR_MS = 3_600_000;

    /** What the test's program has as settings. */
    private record Program(long pollMs, String name) {
        static Program of(Settings settings) {
            Program read = new Program(settings.number("poll-every-ms", 300, 10, 1_000), settings.text("name", "none"));
            settings.path("journal-file", "journal.db");
            settings.done();
            return read;
        }
    }

    private final Instant now = Instant.now();
    private final CertificateAuthority ca = CertificateAuthority.root("Testville", now);
    private final DeviceIdentity node = ca.identity("node-1", Role.NODE, List.of(), now);
    private final DeviceIdentity hall = ca.identity("hall", Role.AGGREGATOR, List.of("localhost"), now);

    @TempDir
    Path folder;

    private Path file;
    private long nanos;
    private int operationsLeft = Integer.MAX_VALUE;
    private final Set<Integer> restarts = new java.util.TreeSet<>();

    @BeforeEach
    void writeSettings() throws IOException {
        file = Files.writeString(folder.resolve("node.conf"), "poll-every-ms=100\n");
    }

    private SettingsKeeper<Program> start() {
        return SettingsKeeper.open(file, ALLOWED, Program::of, new FailingDisk(), () -> nanos);
    }

    private CertificateTime time() {
        return CertificateTime.of(folder, node, () -> true, InstantSource.system());
    }

    private static RemoteSettings.Builder version(long version, String key, String value) {
        return RemoteSettings.newBuilder()
                .setDeviceId("node-1")
                .setVersion(version)
                .putValues(key, value)
                .setConfirmWithinMs(HOUR_MS);
    }

    private Reply receive(SettingsKeeper<?> keeper, RemoteSettings.Builder settings) {
        return keeper.receive(SignedSettings.attest(settings.build(), hall), node, time());
    }

    private Reply receive(SettingsKeeper<?> keeper, long version, long pollMs) {
        return receive(keeper, version(version, "poll-every-ms", Long.toString(pollMs)));
    }

    /** A device on which this version was applied and confirmed. */
    private void confirmed(long version, long pollMs) {
        assertEquals(Reply.RESTART, receive(start(), version, pollMs));
        assertEquals(Reply.CONFIRMED, receive(start(), version, pollMs));
    }

    private static void assertState(SettingsKeeper<?> keeper, long version, boolean trial, long refused) {
        SettingsState state = keeper.state();
        assertEquals(
                List.of(version, trial, refused),
                List.of(state.getVersion(), state.getOnTrial(), state.getRefusedVersion()),
                state.getReason());
    }

    @Test
    void withoutAnythingFromAfarTheFileCountsAndNothingIsWritten() throws IOException {
        SettingsKeeper<Program> keeper = start();

        assertEquals(100, keeper.settings().pollMs());
        assertState(keeper, 0, false, 0);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aVersionIsInForceAfterTheNextStartAndStaysOnceItCameAgain() {
        SettingsKeeper<Program> first = start();
        assertEquals(Reply.RESTART, receive(first, 1, 200));
        assertEquals(100, first.settings().pollMs());
        assertEquals(Reply.RESTART, receive(first, 1, 200), "what ends the program does not confirm itself");

        SettingsKeeper<Program> second = start();
        assertEquals(200, second.settings().pollMs());
        assertState(second, 1, true, 0);
        assertEquals(Reply.CONFIRMED, receive(second, 1, 200));
        assertState(second, 1, false, 0);

        assertState(start(), 1, false, 0);
        assertEquals(200, Settings.read(file).number("poll-every-ms", 1, 1, 1_000));
    }

    @Test
    void aNewVersionReplacesAllThatTheOneBeforeHadSet() {
        confirmed(1, 200);
        assertEquals(Reply.RESTART, receive(start(), version(2, "name", "Washizu ä = # \\ 鷲津")));

        Program now = start().settings();

        assertEquals(new Program(100, "Washizu ä = # \\ 鷲津"), now);
    }

    @Test
    void theProgramIsToldToEndOnceAndByTheTrialsEndToo() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        SettingsKeeper<Program> keeper = start();
        keeper.watch(told::countDown);
        receive(keeper, 1, 200);
        assertTrue(told.await(5, TimeUnit.SECONDS));

        CountDownLatch again = new CountDownLatch(1);
        SettingsKeeper<Program> onTrial =
                SettingsKeeper.open(file, ALLOWED, Program::of, new FailingDisk(), System::nanoTime);
        receive(onTrial, version(2, "poll-every-ms", "300").setConfirmWithinMs(1_000));
        SettingsKeeper<Program> brief =
                SettingsKeeper.open(file, ALLOWED, Program::of, new FailingDisk(), System::nanoTime);
        brief.watch(again::countDown);
        assertTrue(again.await(10, TimeUnit.SECONDS));
        assertState(start(), 0, false, 2);
    }

    @Test
    void whoIsNotCityHallIsNotBelieved() {
        SettingsKeeper<Program> keeper = start();
        RemoteSettings good = version(1, "poll-every-ms", "200").build();
        DeviceIdentity gateway = ca.identity("gw-1", Role.GATEWAY, List.of("localhost"), now);
        DeviceIdentity stranger = CertificateAuthority.root("Elsewhere", now)
                .identity("hall", Role.AGGREGATOR, List.of("localhost"), now);
        byte[] torn = SignedSettings.attest(good, hall);
        torn[20] ^= 1;
        byte[] receipt = Receipts.attest(city.hamana.messages.v1.Receipt.getDefaultInstance(), hall);
        RemoteSettings others = good.toBuilder().setDeviceId("node-2").build();

        for (byte[] bad : List.of(
                SignedSettings.attest(good, gateway),
                SignedSettings.attest(good, stranger),
                SignedSettings.attest(others, hall),
                torn,
                receipt,
                new byte[] {1, 2, 3},
                new byte[0])) {
            assertEquals(Reply.NOT_BELIEVED, keeper.receive(bad, node, time()));
        }

        assertState(keeper, 0, false, 0);
        assertState(start(), 0, false, 0);
    }

    @Test
    void aVersionThatWasHadAlreadyIsRefused() {
        confirmed(5, 200);
        SettingsKeeper<Program> keeper = start();

        assertEquals(Reply.REFUSED, receive(keeper, 4, 300));

        assertState(keeper, 5, false, 0);
        assertEquals(200, start().settings().pollMs());
    }

    @Test
    void whatTheProgramCannotReadOrDoesNotLetBeSetIsRefusedWithItsReason() {
        SettingsKeeper<Program> keeper = start();
        Map<RemoteSettings.Builder, String> bad = new java.util.LinkedHashMap<>();
        bad.put(version(1, "poll-every-ms", "soon"), "poll-every-ms is not a whole number: soon");
        bad.put(version(2, "poll-every-ms", "5"), "outside 10 to 1000");
        bad.put(version(3, "journal-file", "/dev/null"), "journal-file cannot be set from afar");
        bad.put(version(4, "colour", "red"), "colour cannot be set from afar");
        bad.put(version(5, "name", "two\nlines"), "not one line");
        bad.put(version(6, "name", "x".repeat(1_001)), "longer than 1000");
        bad.put(version(7, "name", "x").setConfirmWithinMs(0), "time to confirm is 0 ms");
        bad.put(version(8, "name", "x").setConfirmWithinMs(-1), "time to confirm is -1 ms");

        bad.forEach((settings, reason) -> {
            assertEquals(Reply.REFUSED, receive(keeper, settings), reason);
            assertState(keeper, 0, false, settings.getVersion());
            assertTrue(
                    keeper.state().getReason().contains(reason), keeper.state().getReason());
        });

        SettingsKeeper<Program> next = start();
        assertEquals(100, next.settings().pollMs());
        assertState(next, 0, false, 8);
        assertEquals(Reply.RESTART, receive(next, 9, 200));
    }

    @Test
    void noProgramCanLetItsIdentityJournalOrClockBeSet() {
        for (String key : List.of(
                "identity-dir", "journal-file", "broker-dir", "exit-with-parent", "clock-trusted", "clock-speed")) {
            assertThrows(
                    IllegalArgumentException.class, () -> SettingsKeeper.open(file, Set.of(key), Program::of), key);
        }
    }

    @Test
    void withoutConfirmationItGoesBackWhenTheTimeOfItsRunningIsOver() {
        confirmed(1, 200);
        receive(start(), 2, 300);
        SettingsKeeper<Program> onTrial = start();
        assertEquals(300, onTrial.settings().pollMs());
        nanos += Duration.ofMinutes(59).toNanos();
        assertFalse(onTrial.tick());

        nanos = -5_000_000_000L; // Another start, another origin of the monotonic clock.
        SettingsKeeper<Program> again = start();
        assertEquals(300, again.settings().pollMs());
        again.watch(() -> restarts.add(1));
        nanos += Duration.ofSeconds(61).toNanos();
        assertTrue(again.tick());
        assertEquals(Set.of(1), restarts);

        SettingsKeeper<Program> back = start();
        assertEquals(200, back.settings().pollMs());
        assertState(back, 1, false, 2);
        assertTrue(
                back.state().getReason().contains("did not confirm it within 3600 s"),
                back.state().getReason());
        assertEquals(Reply.REFUSED, receive(back, 2, 300), "what was taken back does not come again");
        assertEquals(Reply.CONFIRMED, receive(back, 1, 200));
        assertEquals(Reply.RESTART, receive(back, 3, 300));
    }

    @Test
    void withoutConfirmationItGoesBackAtTheFifthStart() {
        receive(start(), 1, 200);
        for (int i = 0; i < 4; i++) {
            assertEquals(200, start().settings().pollMs());
        }

        SettingsKeeper<Program> back = start();

        assertEquals(100, back.settings().pollMs());
        assertState(back, 0, false, 1);
        assertTrue(back.state().getReason().contains("4 starts"), back.state().getReason());
    }

    @Test
    void settingsWithWhichTheProgramCannotStartAreTakenBackAtOnce() {
        confirmed(1, 200);
        receive(start(), 2, 300);
        SettingsKeeper<Program> back = SettingsKeeper.open(
                file,
                ALLOWED,
                settings -> {
                    Program read = Program.of(settings);
                    if (read.pollMs() == 300) {
                        throw new IllegalArgumentException("300 is not possible here");
                    }
                    return read;
                },
                new FailingDisk(),
                () -> nanos);

        assertEquals(200, back.settings().pollMs());
        assertState(back, 1, false, 2);
        assertTrue(back.state().getReason().contains("300 is not possible here"));
    }

    @Test
    void confirmedSettingsThatANewerProgramDoesNotKnowAreLeftOutAndSaid() {
        assertEquals(Reply.RESTART, receive(start(), version(1, "name", "x")));
        assertEquals(Reply.CONFIRMED, receive(start(), version(1, "name", "x")));

        SettingsKeeper<Long> updated =
                SettingsKeeper.open(file, Set.of("poll-every-ms"), SettingsKeeperTest::withoutName);

        assertEquals(100, updated.settings());
        assertState(updated, 0, false, 1);
        assertTrue(updated.state().getReason().contains("name is not a setting"));
    }

    private static Long withoutName(Settings settings) {
        long poll = settings.number("poll-every-ms", 300, 10, 1_000);
        settings.done();
        return poll;
    }

    @Test
    void aSettingsFileThatIsWrongByItselfIsStillSaidAsSuch() throws IOException {
        Files.writeString(file, "poll-every-ms=never\n");
        String message = assertThrows(SettingsException.class, this::start).getMessage();
        assertTrue(message.contains("node.conf: poll-every-ms is not"), message);
    }

    @Test
    void aDamagedFileIsLeftOutAndSaidAndTheSameVersionCanComeAgain() throws IOException {
        assertEquals(Reply.RESTART, receive(start(), 1, 200));
        receive(start(), 1, 200);
        Files.write(folder.resolve("node.conf.remote"), new byte[500]);

        SettingsKeeper<Program> keeper = start();

        assertEquals(100, keeper.settings().pollMs());
        assertTrue(keeper.state().getReason().contains("cannot be read any more"));
        assertEquals(Reply.RESTART, receive(keeper, 1, 200));
        assertEquals(200, start().settings().pollMs());
    }

    @Test
    void aSecondVersionWhileOneIsOnTrialGoesBackToTheLastConfirmedOne() {
        confirmed(1, 200);
        receive(start(), 2, 300);
        SettingsKeeper<Program> onTrial = start();
        nanos += Duration.ofMinutes(50).toNanos();
        onTrial.tick();
        assertEquals(Reply.RESTART, receive(onTrial, 3, 400));

        SettingsKeeper<Program> third = start();
        assertEquals(400, third.settings().pollMs());
        nanos += Duration.ofMinutes(59).toNanos();
        assertFalse(third.tick(), "the second trial has a time of its own");
        nanos += Duration.ofMinutes(2).toNanos();
        assertTrue(third.tick());

        SettingsKeeper<Program> back = start();
        assertEquals(200, back.settings().pollMs());
        assertState(back, 1, false, 3);
    }

    @Test
    void aSecondVersionIsConfirmedByItselfOnly() {
        confirmed(1, 200);
        receive(start(), 2, 300);
        receive(start(), 3, 400);
        SettingsKeeper<Program> third = start();

        assertEquals(Reply.REFUSED, receive(third, 2, 300));
        assertState(third, 3, true, 0);
        assertEquals(Reply.CONFIRMED, receive(third, 3, 400));
        assertState(start(), 3, false, 0);
    }

    @Test
    void aPowerCutAtAnyStepOfApplyingLeavesTheOldOrTheNew() {
        confirmed(1, 200);
        boolean done = false;
        for (int steps = 0; !done; steps++) {
            SettingsKeeper<Program> keeper = start();
            long version = keeper.state().getVersion() + 1;
            done = cut(steps, () -> receive(keeper, version, 300));
            SettingsKeeper<Program> after = start();
            boolean fresh = after.state().getVersion() == version;
            assertEquals(fresh ? 300 : 200, after.settings().pollMs());
            assertEquals(fresh, after.state().getOnTrial());
            assertTrue(!done || fresh);
        }
    }

    @Test
    void aPowerCutAtAnyStepOfTakingBackLeavesTheOldAndItsReason() throws IOException {
        boolean done = false;
        for (int steps = 0; !done; steps++) {
            forget();
            confirmed(1, 200);
            receive(start(), 2, 300);
            SettingsKeeper<Program> keeper = start();
            nanos += Duration.ofHours(2).toNanos();
            done = cut(steps, keeper::tick);
            boolean noted = steps > 0; // Before the first step, the time that had gone by was lost with the power.
            SettingsKeeper<Program> after = start();
            assertEquals(noted ? 200 : 300, after.settings().pollMs(), steps + " steps");
            assertState(after, noted ? 1 : 2, !noted, noted ? 2 : 0);
        }
    }

    @Test
    void aPowerCutAtAnyStepOfConfirmingLeavesItOnTrialOrConfirmed() throws IOException {
        boolean done = false;
        for (int steps = 0; !done; steps++) {
            forget();
            confirmed(1, 200);
            receive(start(), 2, 300);
            SettingsKeeper<Program> keeper = start();
            done = cut(steps, () -> receive(keeper, 2, 300));
            SettingsKeeper<Program> after = start();
            assertEquals(300, after.settings().pollMs());
            assertState(after, 2, steps == 0, 0);
        }
    }

    @Test
    void aFileThatWasBeingWrittenWhenThePowerWentIsNotRead() throws IOException {
        confirmed(1, 200);
        Files.writeString(folder.resolve("node.conf.remote.new"), "remote-version=2\npoll-ev");
        SettingsKeeper<Program> keeper = start();
        assertEquals(200, keeper.settings().pollMs());
        assertEquals(Reply.RESTART, receive(keeper, 2, 300));
        assertEquals(300, start().settings().pollMs());
    }

    @Test
    void aDiskThatTakesNoWritesRefusesAndGoesOn() throws IOException {
        Files.createDirectory(folder.resolve("node.conf.remote.new"));
        Files.writeString(folder.resolve("node.conf.remote.new/file"), "in the way");
        SettingsKeeper<Program> keeper = start();

        assertEquals(Reply.REFUSED, receive(keeper, 1, 200));

        assertTrue(keeper.state().getReason().contains("cannot be kept"));
        assertEquals(100, start().settings().pollMs());
    }

    /** Runs something until the power goes after so many steps; returns whether it came to its end before. */
    private boolean cut(int steps, Runnable work) {
        operationsLeft = steps;
        try {
            work.run();
            return true;
        } catch (PowerCut e) {
            return false;
        } finally {
            operationsLeft = Integer.MAX_VALUE;
        }
    }

    private void forget() throws IOException {
        nanos = 0;
        try (var files = Files.list(folder)) {
            for (Path each : files.filter(f -> !f.equals(file)).toList()) {
                Files.delete(each);
            }
        }
    }

    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final class FailingDisk implements SettingsFiles.Disk {
        private void step() {
            if (operationsLeft-- == 0) {
                throw new PowerCut();
            }
        }

        @Override
        public void replace(Path target, String text) {
            step();
            REAL.replace(target, text);
        }

        @Override
        public void move(Path from, Path to) {
            step();
            REAL.move(from, to);
        }

        @Override
        public void delete(Path target) {
            step();
            REAL.delete(target);
        }
    }
}
