package city.hamana.link.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.EquipmentKind;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SettingsState;
import city.hamana.messages.v1.Status;
import city.hamana.messages.v1.Storage;
import city.hamana.messages.v1.StorageState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found, what is said of it and what is to be done, line by line. */
class RulesTest {
    private static final Optional<String> REACHED = Optional.empty();
    private static final Optional<String> UNREACHED = Optional.of("Connection refused");

    private static void says(String expected, Finding finding) {
        String advice = finding.advice().isEmpty() ? "" : " -> " + finding.advice();
        assertEquals(expected, finding.grade().word() + " " + finding.name() + ": " + finding.figure() + advice);
        assertEquals(finding.grade() == Grade.OK, finding.advice().isEmpty(), "advice where there is something to do");
    }

    @Test
    void theClock() {
        says("ok clock: set", Machine.clock(true, Optional.empty()));
        says("ok clock: set, 3 s behind city hall's", Machine.clock(true, Optional.of(Duration.ofSeconds(3))));
        says(
                "look clock: says that it is set, 5 min ahead of city hall's -> Compare both clocks with a third; set the"
                        + " wrong one and restart this program.",
                Machine.clock(true, Optional.of(Duration.ofMinutes(-5))));
        says(
                "look clock: not set yet, 200 days behind city hall's; readings are put right when it is -> Look whether"
                        + " the time service runs and reaches a server: timedatectl timesync-status",
                Machine.clock(false, Optional.of(Duration.ofDays(200))));
    }

    @Test
    void theStoragesSpeed() {
        says(
                "ok storage-speed: 4 KiB kept for certain in 4.0 ms, at worst 11 ms: about 250 commits a second",
                Machine.storageSpeed(new DiskSpeed(4, 11)));
        assertEquals(Grade.LOOK, Machine.storageSpeed(new DiskSpeed(31, 40)).grade());
        assertEquals(Grade.LOOK, Machine.storageSpeed(new DiskSpeed(4, 501)).grade());
        says(
                "bad storage-speed: 4 KiB kept for certain in 900 ms, at worst 2000 ms: about 1 commits a second -> Change"
                        + " the card: it is too slow to keep up, which is how many end.",
                Machine.storageSpeed(new DiskSpeed(900, 2_000)));
    }

    @Test
    void theStoragesWear() {
        Optional<Storage> little = storage(StorageState.STORAGE_STATE_OK, 40 << 20, 100 << 20);
        Optional<Storage> much = storage(StorageState.STORAGE_STATE_OK, 200 << 20, 100 << 20);
        says(
                "ok storage-wear: 40.0 MiB written in a day, of 100.0 MiB; mmcblk0 has used up to 20 % of its life",
                Machine.storageWear(little, Optional.of(new CardWear("mmcblk0", 20, false))));
        says(
                "ok storage-wear: what is written in a day is not known; the card does not tell its wear",
                Machine.storageWear(Optional.empty(), Optional.empty()));
        says(
                "look storage-wear: 200.0 MiB written in a day, of 100.0 MiB; the card does not tell its wear -> Read the"
                        + " meters less often, or raise flash-budget-bytes-per-day if the card is made for it.",
                Machine.storageWear(much, Optional.empty()));
        assertEquals(
                Grade.LOOK,
                Machine.storageWear(little, Optional.of(new CardWear("mmcblk0", 90, false)))
                        .grade());
        assertEquals(
                Grade.BAD,
                Machine.storageWear(little, Optional.of(new CardWear("mmcblk0", 110, false)))
                        .grade());
        assertEquals(
                Grade.BAD,
                Machine.storageWear(little, Optional.of(new CardWear("mmcblk0", 20, true)))
                        .grade());
    }

    private static Optional<Storage> storage(StorageState state, long written, long budget) {
        return Optional.of(Storage.newBuilder()
                .setState(state)
                .setWrittenBytes(written)
                .setDailyBudgetBytes(budget)
                .build());
    }

    private static Status.Builder journal(long waiting, long bytes) {
        return Status.newBuilder()
                .setWaitingBlocks(waiting)
                .setWaitingBytes(bytes)
                .setQuotaBytes(1 << 20);
    }

    private static Status state(StorageState state, String detail) {
        return journal(0, 0)
                .setStorage(Storage.newBuilder().setState(state).setDetail(detail))
                .build();
    }

    private static Status days(int days) {
        return journal(9, 1 << 10)
                .setStorage(Storage.newBuilder().setDaysLeft(days))
                .build();
    }

    @Test
    void theJournal() {
        says(
                "ok journal: 0 blocks wait, 0 B of 1.0 MiB",
                Program.journal(journal(0, 0).build()));
        says(
                "ok journal: 9 blocks wait, 1.0 KiB of 1.0 MiB; room for 30 days without a line",
                Program.journal(days(30)));
        assertEquals(Grade.LOOK, Program.journal(days(29)).grade());
        says(
                "bad journal: 9 blocks wait, 1.0 KiB of 1.0 MiB; room for 2 days without a line -> Bring the line back (see"
                        + " uplink); when the room is used up, fine detail is given up first.",
                Program.journal(days(2)));
        assertEquals(Grade.LOOK, Program.journal(journal(9, 900_000).build()).grade());
        says(
                "look journal: 9 blocks wait, 9 B of 1.0 MiB; 3 set aside -> City hall refuses the blocks set aside: staff"
                        + " find out why on the quarantine page.",
                Program.journal(journal(9, 9).setSetAsideBlocks(3).build()));
        says(
                "bad journal: 0 blocks wait, 0 B of 1.0 MiB; 4 KiB left -> Make room on the disk; until then nothing new is"
                        + " kept.",
                Program.journal(state(StorageState.STORAGE_STATE_FULL, "4 KiB left")));
        assertEquals(
                Grade.BAD,
                Program.journal(state(StorageState.STORAGE_STATE_READ_ONLY, "")).grade());
        assertEquals(
                Grade.BAD,
                Program.journal(state(StorageState.STORAGE_STATE_FAILING, "")).grade());
        assertEquals(
                Grade.LOOK,
                Program.journal(state(StorageState.STORAGE_STATE_SALVAGED, "")).grade());
        says(
                "ok journal: its file holds 3.0 KiB; more is known when it runs",
                Program.journalAsleep(Optional.of(3072L)));
        assertEquals(Grade.LOOK, Program.journalAsleep(Optional.empty()).grade());
    }

    @Test
    void theCertificate() {
        says(
                "ok certificate: good for 200 days; the EST server is reached",
                Lines.certificate(Duration.ofDays(200), false, true, REACHED));
        says(
                "look certificate: good for 200 days; never renewed by itself -> Set est-address in the settings, so that"
                        + " the device renews it by itself.",
                Lines.certificate(Duration.ofDays(200), false, false, REACHED));
        says(
                "look certificate: good for 90 days, being renewed; the EST server is not reached: Connection refused ->"
                        + " Bring the line to est-address back; the device then renews it by itself, also after its end.",
                Lines.certificate(Duration.ofDays(90), true, true, UNREACHED));
        assertEquals(
                Grade.BAD,
                Lines.certificate(Duration.ofDays(13), true, true, UNREACHED).grade());
        assertEquals(
                Grade.LOOK,
                Lines.certificate(Duration.ofDays(13), true, true, REACHED).grade());
        says(
                "bad certificate: expired 40 days ago; the EST server is reached -> The device renews it by itself; if this"
                        + " stays for a day, enrol it anew with a one-time code.",
                Lines.certificate(Duration.ofDays(-40), true, true, REACHED));
        assertTrue(Lines.certificate(Duration.ofDays(-40), true, true, UNREACHED)
                .advice()
                .contains("est-address"));
    }

    @Test
    void theLines() {
        says(
                "ok broker: CN=gw-1,OU=gateway listens at 10.0.0.1:8883 and takes this device's certificate",
                Lines.broker(new Handshake("10.0.0.1:8883", "CN=gw-1,OU=gateway", REACHED), false));
        says(
                "bad broker: 10.0.0.1:8883: Connection refused -> Look whether the gateway runs and gateway-address is"
                        + " right; run check on the gateway.",
                Lines.broker(new Handshake("10.0.0.1:8883", "", UNREACHED), false));
        says(
                "ok uplink: city hall answers in 40 ms, at worst 90 ms; 0 of 20 requests lost",
                Lines.uplink(new RoundTrips(20, 20, 40, 90, ""), "city hall"));
        says(
                "look uplink: city hall answers in 40 ms, at worst 90 ms; 2 of 20 requests lost: timed out -> Look at the"
                        + " aerial or the cable; readings still arrive, later or more than once.",
                Lines.uplink(new RoundTrips(20, 18, 40, 90, "timed out"), "city hall"));
        says(
                "bad uplink: city hall does not answer: timed out -> Look at the network and the address in the settings;"
                        + " readings are kept meanwhile.",
                Lines.uplink(new RoundTrips(3, 0, 0, 0, "timed out"), "city hall"));
    }

    @Test
    void whoIsHeard() {
        NodePresence here = NodePresence.newBuilder()
                .setDeviceId("mn-1")
                .setConnected(true)
                .setHeardUnixMs(1_000_000)
                .build();
        says("ok node: mn-1 heard 4 s ago", Program.heard("node", here, 1_004_000));
        NodePresence gone = here.toBuilder()
                .setConnected(false)
                .setStatus(Status.newBuilder().setWaitingBlocks(7))
                .build();
        says(
                "look node: mn-1 heard 3 h ago, 7 blocks wait there -> Look whether it has power and a network; on it, run"
                        + " check.",
                Program.heard("node", gone, 1_000_000 + 3 * 3_600_000));
        assertEquals(Grade.LOOK, Program.nobodyHeard("meter").grade());
    }

    @Test
    void theProgramAndItsSettings() {
        says("ok program: edge-gateway 0.1.0 runs", Program.running(Optional.of(software())));
        assertEquals(Grade.BAD, Program.running(Optional.empty()).grade());
        says("ok settings: none from city hall", Program.settings(SettingsState.getDefaultInstance()));
        says(
                "look settings: version 4 of city hall, on trial -> Wait: city hall confirms them by itself, or they are"
                        + " taken back by themselves.",
                Program.settings(SettingsState.newBuilder()
                        .setVersion(4)
                        .setOnTrial(true)
                        .build()));
        says(
                "look settings: version 4 of city hall; version 5 was not taken: too long -> Staff correct the values on"
                        + " the device's page and send them as a new version.",
                Program.settings(SettingsState.newBuilder()
                        .setVersion(4)
                        .setRefusedVersion(5)
                        .setReason("too long")
                        .build()));
        assertEquals(
                Grade.OK,
                Program.settings(SettingsState.newBuilder()
                                .setVersion(6)
                                .setRefusedVersion(5)
                                .setReason("too long")
                                .build())
                        .grade());
    }

    private static Status software() {
        return Status.newBuilder().setSoftware("edge-gateway 0.1.0").build();
    }

    @Test
    void theReportForPeopleForMachinesAndForScripts() {
        Finding ok = Finding.ok("clock", "set").with("synchronised", true);
        Finding look = Finding.look("node", "\"mn-1\"\nhere", "Go there.").with("heard-ago-ms", 5L);
        Finding bad = Finding.bad("uplink", "down", "Plug it in.").with("to", "a\\b");
        Report report = new Report("gw-1", true, Instant.parse("2026-11-22T03:00:00Z"), List.of(ok, look, bad));

        assertEquals(2, report.exitCode());
        assertEquals(1, new Report("gw-1", true, Instant.EPOCH, List.of(ok, look)).exitCode());
        assertEquals(0, new Report("gw-1", true, Instant.EPOCH, List.of(ok)).exitCode());
        assertEquals("""
                [ok]   clock            set
                [look] node             "mn-1" here
                                        -> Go there.
                [BAD]  uplink           down
                                        -> Plug it in.
                gw-1: 1 bad, 1 to look at
                """, report.text());
        assertEquals("""
                {"device":"gw-1","running":true,"checked-at":"2026-11-22T03:00:00Z","grade":"bad","findings":[\
                {"name":"clock","grade":"ok","figure":"set","advice":"","values":{"synchronised":true}},\
                {"name":"node","grade":"look","figure":"\\"mn-1\\"\\u000ahere","advice":"Go there.",\
                "values":{"heard-ago-ms":5}},\
                {"name":"uplink","grade":"bad","figure":"down","advice":"Plug it in.","values":{"to":"a\\\\b"}}]}
                """, report.json());
    }

    @TempDir
    Path sys;

    @Test
    void aCardThatTellsItsWearIsReadTheWayTheKernelShowsIt() throws Exception {
        assertEquals(Optional.empty(), CardWear.read(sys.resolve("none")));
        card("mmcblk0", "0x02 0x01\n", "0x01\n");
        card("mmcblk1", "0x0b 0x03\n", "0x03\n");
        Files.createDirectories(sys.resolve("sda/device"));
        assertEquals(Optional.of(new CardWear("mmcblk1", 110, true)), CardWear.read(sys));
        card("mmcblk1", "0x00 0x00\n", "0x00\n");
        assertEquals(Optional.of(new CardWear("mmcblk0", 20, false)), CardWear.read(sys));
    }

    private void card(String name, String life, String reserve) throws Exception {
        Path device = Files.createDirectories(sys.resolve(name).resolve("device"));
        Files.writeString(device.resolve("life_time"), life);
        Files.writeString(device.resolve("pre_eol_info"), reserve);
    }

    @Test
    void whatHangsOnTheDevice() {
        Equipment library = Equipment.newBuilder()
                .setId("ap-library")
                .setKind(EquipmentKind.EQUIPMENT_KIND_ACCESS_POINT)
                .setLine("udp://192.0.2.7:161")
                .setAnswers(true)
                .setHeardUnixMs(1_000_000)
                .setVendor("Example")
                .setModel("AP-1")
                .build();
        says(
                "ok access-point: ap-library (Example AP-1) at udp://192.0.2.7:161; heard 4 s ago",
                HangingOn.finding(library, 1_004_000).orElseThrow());
        says(
                "look access-point: ap-library (Example AP-1) at udp://192.0.2.7:161; does not answer, heard 3 h ago;"
                        + " snmp.timeout 7 -> Look whether it has power and a network, and whether address, version and"
                        + " secrets are its own.",
                HangingOn.finding(
                                library.toBuilder()
                                        .setAnswers(false)
                                        .putFaults("snmp.timeout", 7)
                                        .build(),
                                1_000_000 + 3 * 3_600_000)
                        .orElseThrow());
        Equipment analyser = Equipment.newBuilder()
                .setId("chlorine")
                .setKind(EquipmentKind.EQUIPMENT_KIND_ANALYSER)
                .setAnswers(true)
                .setHeardUnixMs(1_000_000)
                .addConditions("calibration-due")
                .build();
        assertEquals(
                "chlorine; heard 4 s ago; calibration-due",
                HangingOn.finding(analyser, 1_004_000).orElseThrow().figure());
        Equipment radio = library.toBuilder()
                .setKind(EquipmentKind.EQUIPMENT_KIND_UNSPECIFIED)
                .build();
        assertEquals(Optional.empty(), HangingOn.finding(radio, 1_004_000));
    }

    @Test
    void numbersReadAsPeopleReadThem() {
        assertEquals("119 s", Figures.text(Duration.ofSeconds(119)));
        assertEquals("2 min", Figures.text(Duration.ofMinutes(2)));
        assertEquals("47 h", Figures.text(Duration.ofHours(-47)));
        assertEquals("2 days", Figures.text(Duration.ofDays(2)));
        assertEquals("1023 B", Figures.bytes(1023));
        assertEquals("4.0 GiB", Figures.bytes(4L << 30));
        assertEquals(2.5, Figures.median(new double[] {1, 2, 3, 9}));
    }
}
