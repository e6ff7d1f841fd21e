package city.hamana.gateway.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.gateway.simulator.Simulator;
import city.hamana.gateway.wifi.Part.Facts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each vendor's table on a made-up capture, whose first line says what is to be read from it. */
class VendorsTest {
    @TempDir
    Path dir;

    static List<String> keys() {
        return Vendors.KEYS;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anAgentIsRecognisedAndReadByItsVendorsTable(String key) throws IOException {
        String capture = madeUp(key);
        try (Simulator agent = new Site(dir).playing(capture)) {
            Snapshot said = new Site(dir).ask(agent.ports().getFirst()).orElseThrow();
            String expected = capture.lines().findFirst().orElseThrow().replace("# Made up. ", "");
            assertEquals(expected, told(said));
            assertEquals(new Vendors().named(key).name(), said.device().facts().vendor());
        }
    }

    @Test
    void controllersSayWhichOfTheirAccessPointsAreDown() throws IOException {
        try (Simulator agent = new Site(dir).playing(madeUp("ruckus-zonedirector"))) {
            Snapshot said = new Site(dir).ask(agent.ports().getFirst()).orElseThrow();
            assertEquals(
                    List.of("ap 1 true R510 S1", "ap 2 false R510 S2"),
                    Site.parts(said, PartKind.AP).stream()
                            .map(ap -> ap.name() + " " + ap.up() + " "
                                    + ap.facts().model() + " " + ap.facts().serial())
                            .sorted()
                            .toList());
        }
    }

    @Test
    void clientsOfAnAccessPointAreThoseOfItsRadiosWhereNothingElseIsTold() throws IOException {
        try (Simulator agent = new Site(dir).playing(madeUp("cisco-wlc"))) {
            Snapshot said = new Site(dir).ask(agent.ports().getFirst()).orElseThrow();
            Part ap = Site.parts(said, PartKind.AP).getFirst();
            assertEquals("ap-hall_ap-ap1 23", ap.id() + " " + ap.clients().orElseThrow());
        }
    }

    @Test
    void rowsOfOneNameAreOneSsidWithAllTheirClients() throws IOException {
        try (Simulator agent = new Site(dir).playing(madeUp("unifi"))) {
            Snapshot said = new Site(dir).ask(agent.ports().getFirst()).orElseThrow();
            assertEquals(
                    List.of("ap-hall_ssid-city 9", "ap-hall_ssid-staff 2"),
                    Site.parts(said, PartKind.SSID).stream()
                            .map(ssid -> ssid.id() + " " + ssid.clients().orElseThrow())
                            .toList());
        }
    }

    private static String told(Snapshot said) {
        Facts facts = said.device().facts();
        long counting = said.parts().stream()
                .filter(p -> p.kind() == said.counted() && !p.rows().isEmpty())
                .count();
        return "clients=%s model=%s serial=%s software=%s aps=%d radios=%d ssids=%d counting=%d"
                .formatted(
                        said.device().clients().map(Object::toString).orElse("-"),
                        orDash(facts.model()),
                        orDash(facts.serial()),
                        orDash(facts.software()),
                        Site.parts(said, PartKind.AP).size(),
                        Site.parts(said, PartKind.RADIO).size(),
                        Site.parts(said, PartKind.SSID).size(),
                        counting);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    static String madeUp(String key) throws IOException {
        try (InputStream in = VendorsTest.class.getResourceAsStream("made-up/" + key + ".snmprec")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
