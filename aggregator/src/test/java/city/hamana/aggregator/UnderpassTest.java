package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.SignedCommand;
import city.hamana.messages.MalformedException;
import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.CommandOutcome;
import city.hamana.messages.v1.DeviceCommand;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import city.hamana.messages.v1.SignState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sign tells of itself, everybody sees it, and the road staff command it. */
class UnderpassTest {
    private static final String PAGE = "/staff/underpass/" + TestSensors.SIGN;
    private static final SignState DRY = TestSensors.sign(SignAspect.SIGN_ASPECT_OPEN, SignReason.SIGN_REASON_LEVEL, 0)
            .build();
    private static final SignState FLOODED = TestSensors.sign(
                    SignAspect.SIGN_ASPECT_CLOSED, SignReason.SIGN_REASON_LEVEL, 340)
            .build();

    @TempDir
    Path dir;

    private City city;

    @BeforeEach
    void open() {
        city = TestCity.open();
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    void everybodySeesThatTheRoadIsClosedAndTheMapSaysSoToo() {
        TestSensors.beat(city, DRY);
        assertTrue(everybodys("ja").contains("通れます"));
        TestSensors.beat(city, FLOODED);
        assertTrue(everybodys("ja").contains("通行止め") && everybodys("ja").contains("34 cm"));
        assertTrue(everybodys("pt").contains("Não entre"));
        assertTrue(onTheMap().contains("\"state\":\"closed\""), onTheMap());
        TestSensors.beat(city, FLOODED.toBuilder().setLevelMm(20).build());
        assertTrue(everybodys("en").contains("The water is going down"), "closed a while longer than the water");
        TestSensors.beat(city, DRY);
        assertTrue(onTheMap().contains("\"state\":\"open\""), onTheMap());
    }

    @Test
    void whatNobodyHasHeardOfIsNotCalledPassable() {
        TestSensors.beat(city, DRY);
        TestSensors.beat(city, DRY, false);
        String page = everybodys("en");
        assertTrue(page.contains("Unknown") && page.contains("Follow the sign on the spot"), page);
        assertFalse(page.contains("There is no water on the road"));
    }

    @Test
    void theRoadDivisionIsToldOnceOfEachClosureAndOfABlindSign() {
        TestSensors.beat(city, DRY);
        for (int i = 0; i < 3; i++) {
            TestSensors.beat(city, FLOODED);
        }
        TestSensors.beat(
                city,
                TestSensors.sign(SignAspect.SIGN_ASPECT_CAUTION, SignReason.SIGN_REASON_FAIL_SAFE, 0)
                        .clearLevelMm()
                        .build());
        String inbox = Guest.signedIn(city, "yamada")
                .speaking("ja")
                .get("/staff/inbox")
                .body();
        assertEquals(1, count(inbox, "通行止め:三ツ谷交差点アンダーパス"), inbox);
        assertEquals(1, count(inbox, "水位がわかりません:三ツ谷交差点アンダーパス"), inbox);
    }

    @Test
    void aCommandReachesTheNodeSignedAndItsOutcomeIsSeen() {
        TestSensors.beat(city, DRY);
        Guest yamada = staff("yamada");
        Answer sent = yamada.post(PAGE + "/command", Map.of("show", "closed", "minutes", "120"));
        assertEquals(303, sent.status(), sent.body());
        DeviceIdentity node = TestCity.node(TestSensors.NODE);
        List<DeviceCommand> carried = TestSensors.beat(city, DRY).getCommandsList();
        assertEquals(1, carried.size());
        Command command = verified(carried.getFirst(), node);
        assertEquals(SignAspect.SIGN_ASPECT_CLOSED, command.getAspect());
        assertEquals(Duration.ofHours(2).toMillis(), command.getExpiresUnixMs() - command.getIssuedUnixMs());
        assertThrows(MalformedException.class, () -> verified(carried.getFirst(), TestCity.node("sn-0002")));
        assertTrue(yamada.get(PAGE).body().contains("送っています"));
        SignState obeying = told(command, CommandOutcome.COMMAND_OUTCOME_IN_FORCE);
        assertEquals(List.of(), TestSensors.beat(city, obeying).getCommandsList(), "not sent again");
        assertTrue(yamada.get(PAGE).body().contains("効いています"));
        TestSensors.beat(city, told(command, CommandOutcome.COMMAND_OUTCOME_OVERRULED));
        assertTrue(yamada.get(PAGE).body().contains("水位が優先されました"));
        TestSensors.beat(city, told(command, CommandOutcome.COMMAND_OUTCOME_ENDED));
        assertTrue(yamada.get(PAGE).body().contains("終わりました"));
    }

    @Test
    void aLaterCommandTakesThePlaceOfOneThatHasNotArrived() {
        TestSensors.beat(city, DRY);
        Guest yamada = staff("yamada");
        yamada.post(PAGE + "/command", Map.of("show", "closed", "minutes", "30"));
        yamada.post(PAGE + "/command", Map.of("show", "auto", "minutes", "30"));
        List<DeviceCommand> carried = TestSensors.beat(city, DRY).getCommandsList();
        assertEquals(1, carried.size());
        Command command = verified(carried.getFirst(), TestCity.node(TestSensors.NODE));
        assertEquals(2, command.getNumber());
        assertEquals(SignAspect.SIGN_ASPECT_UNSPECIFIED, command.getAspect());
        assertTrue(yamada.get(PAGE).body().contains("新しい命令に置きかわりました"));
    }

    @Test
    void onlyTheRoadAndTheCrisisDivisionCommandAndOpeningAsksWhetherSomebodyHasLooked() {
        TestSensors.beat(city, DRY);
        Map<String, String> open = Map.of("show", "open", "minutes", "30");
        assertEquals(403, staff("kato").post(PAGE + "/command", open).status());
        assertFalse(staff("kato").get(PAGE).body().contains(PAGE + "/command"));
        Answer refused = staff("goto").post(PAGE + "/command", open);
        assertEquals(400, refused.status());
        assertTrue(refused.body().contains("現地を確かめ"), refused.body());
        assertEquals(
                303,
                staff("goto")
                        .post(PAGE + "/command", Map.of("show", "open", "minutes", "30", "seen", "yes"))
                        .status());
        for (Map<String, String> nonsense : List.of(
                Map.of("show", "blink", "minutes", "30"),
                Map.of("show", "closed", "minutes", "999999"),
                Map.of("minutes", "30"))) {
            assertEquals(400, staff("yamada").post(PAGE + "/command", nonsense).status(), nonsense.toString());
        }
        assertEquals(
                404,
                staff("yamada").post("/staff/underpass/nowhere/command", open).status());
    }

    @Test
    void equipmentIsListedWithItsTroubleAndAMetersUseIsNotShown() {
        TestSensors.fill(city);
        TestCity.fillReadings(city);
        Guest suzuki = staff("suzuki");
        String list = suzuki.get("/staff/equipment").body();
        assertTrue(list.contains("chlorine-1") && list.contains("校正時期") && list.contains("ap-hall"), list);
        assertTrue(list.contains("of-a-newer-version"), "a condition of a newer device is shown by its code");
        assertFalse(list.contains(TestCity.METER), "a meter without trouble");
        assertTrue(suzuki.get("/staff/equipment?kind=sign").body().contains(TestSensors.SIGN), "a road is its sign");
        String troubled = suzuki.get("/staff/equipment?troubled=1&kind=meter").body();
        assertTrue(troubled.contains("mtr-00000007") && !troubled.contains("ap-hall"), troubled);
        String analyser = suzuki.get("/staff/equipment/chlorine-1").body();
        assertTrue(analyser.contains("modbus.exception-2") && analyser.contains("<polyline"), analyser);
        assertEquals(404, suzuki.get("/staff/equipment/" + TestCity.METER).status());
        String csv = suzuki.get("/staff/equipment.csv").body();
        assertTrue(csv.contains("chlorine-1,analyser,sn-0001,") && csv.contains(",_SIMULATED(1),"), csv);
    }

    private SignState told(Command command, CommandOutcome outcome) {
        return DRY.toBuilder()
                .setLastCommand(command.getNumber())
                .setOutcome(outcome)
                .build();
    }

    private Command verified(DeviceCommand carried, DeviceIdentity node) {
        CertificateTime time = CertificateTime.of(dir, node, () -> true, InstantSource.system());
        return SignedCommand.verify(carried.getAttested().toByteArray(), node, time);
    }

    private Guest staff(String name) {
        Guest guest = Guest.signedIn(city, name).speaking("ja");
        guest.get("/staff/underpass");
        return guest;
    }

    private String everybodys(String language) {
        return new Guest(city).speaking(language).get("/underpass").body();
    }

    private String onTheMap() {
        return new Guest(city)
                .get("/api/features/collections/underpasses/items/" + TestSensors.SIGN + "?f=json")
                .body();
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
