package city.hamana.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import city.hamana.messages.Quantity;
import city.hamana.sensor.device.GpioBoard.Lamp;
import city.hamana.sensor.device.GpioBoard.Use;
import city.hamana.sensor.device.NumberType;
import city.hamana.sensor.level.Rules;
import com.pi4j.io.gpio.digital.DigitalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorSettingsTest {
    private static final String NEEDED = "identity-dir=id\ngateway-address=ssl://localhost:8883\ngateway-id=gw-0001\n";
    private static final String ROAD = """
            place=road-1
            gauges=loop
            loop-driver=current
            """;

    @TempDir
    Path dir;

    @Test
    void aRoadNeedsAGaugeAndAllElseHasADefault() throws IOException {
        RoadSettings road = read(ROAD).road().orElseThrow();
        assertEquals(Rules.USUAL, road.rules());
        assertEquals(List.of(), road.lamps());
        assertEquals(dir.resolve("sign-command"), road.commandFile());
    }

    @Test
    void theCautionLampIsLitWithoutPowerUnlessItIsSaidOtherwise() throws IOException {
        RoadSettings road = read(ROAD + "caution-gpio=5\nclosed-gpio=6\nsiren-gpio=13\nsiren-on=low\n")
                .road()
                .orElseThrow();
        assertEquals(
                List.of(
                        new Lamp(Use.CAUTION, 5, DigitalState.LOW),
                        new Lamp(Use.CLOSED, 6, DigitalState.HIGH),
                        new Lamp(Use.SIREN, 13, DigitalState.LOW)),
                road.lamps());
    }

    @Test
    void anAnalyserTellsWhereEachOfItsValuesStands() throws IOException {
        AnalyserSettings analyser = read("""
                lines=bus
                bus-address=tcp://127.0.0.1:502
                analysers=cl-1
                cl-1-line=bus
                cl-1-values=free-chlorine, ph
                cl-1-ph-register=4
                cl-1-ph-type=int16
                cl-1-ph-scale=0.01
                cl-1-sensor-fault-bits=0x0011
                """).analysers().getFirst();
        assertEquals(Quantity.PH, analyser.channels().get(1).quantity());
        assertEquals(NumberType.INT16, analyser.channels().get(1).register().type());
        assertTrue(analyser.channels().get(0).deadAt().isPresent());
        assertTrue(analyser.channels().get(1).deadAt().isEmpty());
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        assertRefused("", "nothing to do");
        assertRefused("place=road-1\n", "gauges");
        assertRefused("place=road-1\ngauges=road-1\nroad-1-driver=current\n", "gauges");
        assertRefused(ROAD + "loop-i2c-address=x\n", "loop-i2c-address");
        assertRefused(ROAD + "loop-channel=4\n", "loop-channel");
        assertRefused(ROAD + "caution-mm=120\n", "caution-mm");
        assertRefused(ROAD + "fail-safe-aspect=open\n", "fail-safe-aspect");
        assertRefused(ROAD + "pi=banana\n", "pi");
        assertRefused(ROAD + "colour=red\n", "colour");
        assertRefused("place=road-1\ngauges=radar\nradar-driver=modbus\nradar-line=bus\n", "bus");
        assertRefused("place=road-1\ngauges=a,a\na-driver=current\n", "gauges");
        assertRefused("lines=bus\nbus-address=ftp://x\n" + ROAD, "bus-address");
        assertRefused("lines=bus\nbus-address=serial:///dev/ttyS0\nbus-parity=blue\n" + ROAD, "bus-parity");
        assertRefused("analysers=cl-1\ncl-1-values=level\n", "level");
    }

    private void assertRefused(String text, String key) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> read(text));
        assertTrue(refused instanceof SettingsException || refused instanceof IllegalArgumentException);
        assertTrue(refused.getMessage().contains(key), refused.getMessage());
    }

    private SensorSettings read(String text) throws IOException {
        return SensorSettings.read(Settings.read(Files.writeString(dir.resolve("node.properties"), NEEDED + text)));
    }
}
