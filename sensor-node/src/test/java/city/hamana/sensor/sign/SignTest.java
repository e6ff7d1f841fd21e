package city.hamana.sensor.sign;

import static city.hamana.messages.v1.CommandOutcome.COMMAND_OUTCOME_ENDED;
import static city.hamana.messages.v1.CommandOutcome.COMMAND_OUTCOME_EXPIRED;
import static city.hamana.messages.v1.CommandOutcome.COMMAND_OUTCOME_IN_FORCE;
import static city.hamana.messages.v1.CommandOutcome.COMMAND_OUTCOME_OVERRULED;
import static city.hamana.messages.v1.CommandOutcome.COMMAND_OUTCOME_UNSPECIFIED;
import static city.hamana.messages.v1.SignAspect.SIGN_ASPECT_CAUTION;
import static city.hamana.messages.v1.SignAspect.SIGN_ASPECT_CLOSED;
import static city.hamana.messages.v1.SignAspect.SIGN_ASPECT_OPEN;
import static city.hamana.messages.v1.SignAspect.SIGN_ASPECT_UNSPECIFIED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.CommandOutcome;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import city.hamana.sensor.level.Assessment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignTest {
    private static final long NOON = 1_795_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final Assessment DRY = water(0, SIGN_ASPECT_OPEN, SignReason.SIGN_REASON_LEVEL, true);
    private static final Assessment DEEP = water(120, SIGN_ASPECT_CLOSED, SignReason.SIGN_REASON_LEVEL, false);
    private static final Assessment SILENT = new Assessment(
            OptionalInt.empty(),
            Set.of(),
            Map.of(),
            SIGN_ASPECT_CAUTION,
            SignReason.SIGN_REASON_FAIL_SAFE,
            true,
            Duration.ofSeconds(10));

    @TempDir
    Path dir;

    private final Lamps lamps = new Lamps();
    private final Counters counters = new Counters();
    private long uptimeMs;
    private boolean clockSet = true;
    private Sign sign;

    /** A board that remembers what it shows, and breaks when told to. */
    private static final class Lamps implements Board {
        private SignAspect aspect = SIGN_ASPECT_UNSPECIFIED;
        private boolean siren;
        private boolean broken;

        @Override
        public boolean show(SignAspect to, boolean sounding) {
            aspect = broken ? aspect : to;
            siren = sounding;
            return !broken;
        }

        @Override
        public void close() {
            aspect = SIGN_ASPECT_CAUTION;
        }
    }

    @BeforeEach
    void start() {
        sign = sign();
    }

    @Test
    void atTheStartItShowsWhatIsSafe() {
        assertEquals(SIGN_ASPECT_CAUTION, lamps.aspect);
        assertEquals(SignReason.SIGN_REASON_FAIL_SAFE, sign.shown().reason());
    }

    @Test
    void theWaterSwitchesItWithoutAnybodyAndTheSirenSoundsForAWhile() {
        assertTrue(look(DRY, 0));
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
        look(DEEP, 10_000);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        assertTrue(lamps.siren);
        look(DEEP, 179_000);
        assertTrue(lamps.siren);
        look(DEEP, 2_000);
        assertFalse(lamps.siren);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
    }

    @Test
    void aCommandClosesADryRoadUntilItEnds() {
        look(DRY, 0);
        command(1, SIGN_ASPECT_CLOSED, HOUR);
        assertTrue(look(DRY, 1_000));
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        assertFalse(lamps.siren);
        assertState(1, COMMAND_OUTCOME_IN_FORCE);
        look(DRY, HOUR);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
        assertState(0, COMMAND_OUTCOME_ENDED);
    }

    @Test
    void aCommandOpensWhatNobodyKnowsTheDepthOf() {
        command(1, SIGN_ASPECT_OPEN, HOUR);
        look(SILENT, 1_000);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
        assertEquals(SignReason.SIGN_REASON_COMMAND, sign.shown().reason());
        assertState(1, COMMAND_OUTCOME_IN_FORCE);
    }

    @Test
    void noCommandOpensARoadThatIsUnderWater() {
        command(1, SIGN_ASPECT_OPEN, HOUR);
        look(DEEP, 1_000);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        assertState(1, COMMAND_OUTCOME_OVERRULED);
        look(SILENT, 1_000);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
        assertState(1, COMMAND_OUTCOME_IN_FORCE);
    }

    @Test
    void aCommandWithoutAnAspectGivesTheSignBackToTheWater() {
        command(1, SIGN_ASPECT_CLOSED, HOUR);
        look(DRY, 1_000);
        command(2, SIGN_ASPECT_UNSPECIFIED, HOUR);
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
        assertEquals(2, sign.state(now()).getLastCommand());
        assertState(0, COMMAND_OUTCOME_ENDED);
    }

    @Test
    void staffCanSilenceTheSirenAndLeaveTheSignToTheWater() {
        look(DRY, 0);
        look(DEEP, 10_000);
        assertTrue(lamps.siren);
        sign.command(
                command(1, SIGN_ASPECT_UNSPECIFIED, NOON, HOUR).toBuilder()
                        .setSilenceSiren(true)
                        .build(),
                now());
        look(DEEP, 1_000);
        assertFalse(lamps.siren);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        assertState(1, COMMAND_OUTCOME_IN_FORCE);
    }

    @Test
    void onlyAHigherNumberIsObeyed() {
        command(5, SIGN_ASPECT_CLOSED, HOUR);
        command(5, SIGN_ASPECT_OPEN, HOUR);
        command(4, SIGN_ASPECT_OPEN, HOUR);
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        assertEquals(2, counters.of("command.not-newer"));
    }

    @Test
    void aCommandThatComesAfterItsTimeIsToldAndNotObeyed() {
        sign.command(command(1, SIGN_ASPECT_CLOSED, NOON - 2 * HOUR, HOUR), now());
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
        assertState(0, COMMAND_OUTCOME_EXPIRED);
    }

    @Test
    void withoutAClockACommandLastsItsTimeFromWhenItCame() {
        clockSet = false;
        sign.command(command(1, SIGN_ASPECT_CLOSED, NOON - 100 * HOUR, HOUR), now());
        look(DRY, HOUR - 1_000);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
    }

    @Test
    void noCommandLastsLongerThanADay() {
        command(1, SIGN_ASPECT_CLOSED, 1_000 * HOUR);
        look(DRY, 24 * HOUR - 1);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        look(DRY, 1);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
    }

    @Test
    void aCommandOutlivesARestartAndItsNumberIsNeverObeyedAgain() {
        command(7, SIGN_ASPECT_CLOSED, HOUR);
        look(DRY, 60_000);
        sign.close();
        sign = sign();
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        assertState(7, COMMAND_OUTCOME_IN_FORCE);
        look(DRY, HOUR);
        sign = sign();
        command(7, SIGN_ASPECT_CLOSED, HOUR);
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
        assertState(0, COMMAND_OUTCOME_ENDED);
    }

    @Test
    void aProgramThatIsStartedAgainAndAgainWithoutAClockStillEndsACommand() {
        clockSet = false;
        command(1, SIGN_ASPECT_CLOSED, HOUR);
        for (int life = 0; life < 60; life++) {
            sign = sign();
        }
        look(DRY, 1);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
    }

    @Test
    void aDamagedCommandIsNoCommand() throws IOException {
        command(7, SIGN_ASPECT_CLOSED, HOUR);
        byte[] bytes = Files.readAllBytes(dir.resolve("command"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(dir.resolve("command"), bytes);
        sign = sign();
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_OPEN, lamps.aspect);
        assertState(0, COMMAND_OUTCOME_UNSPECIFIED);
    }

    @Test
    void aCommandIsObeyedThoughItCannotBeKept() throws IOException {
        Files.createDirectory(dir.resolve("command.new"));
        command(1, SIGN_ASPECT_CLOSED, HOUR);
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        assertEquals(1, counters.of("command.not-kept"));
    }

    @Test
    void aBrokenOutputOverrulesACommandAndIsTriedAgain() {
        look(DRY, 0);
        lamps.broken = true;
        command(1, SIGN_ASPECT_CLOSED, HOUR);
        look(DRY, 1_000);
        assertState(1, COMMAND_OUTCOME_OVERRULED);
        assertEquals(1, counters.of("sign.not-switched"));
        lamps.broken = false;
        look(DRY, 1_000);
        assertEquals(SIGN_ASPECT_CLOSED, lamps.aspect);
        assertState(1, COMMAND_OUTCOME_IN_FORCE);
    }

    private void assertState(long inForce, CommandOutcome outcome) {
        assertEquals(inForce, sign.state(now()).getCommand());
        assertEquals(outcome, sign.state(now()).getOutcome());
    }

    private boolean look(Assessment water, long laterMs) {
        uptimeMs += laterMs;
        return sign.look(water, now());
    }

    private void command(long number, SignAspect aspect, long lastsMs) {
        sign.command(command(number, aspect, now().unixMs(), lastsMs), now());
    }

    private static Command command(long number, SignAspect aspect, long issuedMs, long lastsMs) {
        return Command.newBuilder()
                .setDeviceId("sn-1")
                .setNumber(number)
                .setAspect(aspect)
                .setIssuedUnixMs(issuedMs)
                .setExpiresUnixMs(issuedMs + lastsMs)
                .build();
    }

    private Moment now() {
        return new Moment(NOON + uptimeMs, clockSet, uptimeMs);
    }

    private Sign sign() {
        return new Sign(
                "road-1", lamps, dir.resolve("command"), SIGN_ASPECT_CAUTION, Duration.ofMinutes(3), counters, now());
    }

    private static Assessment water(int mm, SignAspect aspect, SignReason reason, boolean mayOpen) {
        return new Assessment(OptionalInt.of(mm), Set.of(), Map.of(), aspect, reason, mayOpen, Duration.ofSeconds(10));
    }
}
