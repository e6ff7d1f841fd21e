package city.hamana.aggregator;

import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.EquipmentKind;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.HeartbeatAnswer;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import city.hamana.messages.v1.SignState;
import city.hamana.messages.v1.Status;
import city.hamana.sensing.devices.Devices;
import city.hamana.sensing.readings.Readings;
import city.hamana.service.underpass.Underpasses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A gateway with a sensor node at an underpass, a chlorine analyser and an access point, and a day of their values. */
final class TestSensors {
    static final String GATEWAY = "gw-0003";
    static final String NODE = "sn-0001";
    static final String SIGN = "underpass-mitsuya";

    private static final int DRY_MINUTES = 23 * 60;

    private TestSensors() {}

    static void fill(City city) {
        List<Sample> samples = new ArrayList<>();
        for (int minute = 0; minute < 24 * 60; minute++) {
            Instant at = TestCity.NOW.minus(Duration.ofMinutes(24 * 60 - minute));
            samples.add(new Sample(SIGN, Quantity.LEVEL, at, Math.max(0, (minute - DRY_MINUTES) * 3), -3, 0));
            if (minute % 20 == 0) {
                samples.add(new Sample(SIGN, Quantity.SIGN, at, minute < DRY_MINUTES ? 1 : 3, 0, 0));
                samples.add(new Sample(SIGN, Quantity.FLOAT, at, 0, 0, 0));
                samples.add(new Sample("chlorine-1", Quantity.FREE_CHLORINE, at, 40 - minute / 100, -2, 0));
                samples.add(new Sample("chlorine-1", Quantity.PH, at, 712 + minute % 7, -2, Quality.METER_ERROR));
                samples.add(new Sample("ap-hall", Quantity.CLIENTS, at, minute / 60, 0, 0));
                samples.add(new Sample("ap-hall", Quantity.OCTETS_OUT, at, minute * 100_000L, 0, 0));
            }
        }
        Readings readings = TestCity.module(city, Readings.class);
        city.database().inTransaction(tx -> readings.merge(tx, samples, "device:" + GATEWAY));
        beat(
                city,
                sign(SignAspect.SIGN_ASPECT_CLOSED, SignReason.SIGN_REASON_LEVEL, 150)
                        .build());
    }

    static SignState.Builder sign(SignAspect aspect, SignReason reason, int levelMm) {
        return SignState.newBuilder()
                .setId(SIGN)
                .setAspect(aspect)
                .setReason(reason)
                .setSinceUnixMs(TestCity.NOW.minusSeconds(600).toEpochMilli())
                .setLevelMm(levelMm)
                .setCautionMm(50)
                .setCloseMm(100);
    }

    /** What the sign says of itself comes in, and city hall looks. */
    static HeartbeatAnswer beat(City city, SignState sign) {
        return beat(city, sign, true);
    }

    static HeartbeatAnswer beat(City city, SignState sign, boolean connected) {
        Status status = Status.newBuilder()
                .setDeviceId(NODE)
                .setSoftware("sensor-node 0.1.0")
                .setSign(sign)
                .addEquipment(Equipment.newBuilder()
                        .setId("chlorine-1")
                        .setKind(EquipmentKind.EQUIPMENT_KIND_ANALYSER)
                        .setLine("rtu:/dev/ttyUSB0")
                        .setAnswers(true)
                        .setHeardUnixMs(TestCity.NOW.minusSeconds(30).toEpochMilli())
                        .setVendor("Hamana")
                        .setModel("=SIMULATED(1)")
                        .setSerial("4711")
                        .setSoftware("1.2")
                        .addConditions("calibration-due")
                        .addConditions("of-a-newer-version")
                        .putFaults("modbus.exception-2", 3))
                .addEquipment(Equipment.newBuilder()
                        .setId("mtr-00000007")
                        .setKind(EquipmentKind.EQUIPMENT_KIND_METER)
                        .setLine("street")
                        .putFaults("line.timeout", 12))
                .build();
        NodePresence node = NodePresence.newBuilder()
                .setDeviceId(NODE)
                .setConnected(connected)
                .setHeardUnixMs(TestCity.NOW.toEpochMilli())
                .setStatus(status)
                .build();
        Heartbeat heartbeat = Heartbeat.newBuilder()
                .setGateway(Status.newBuilder().setDeviceId(GATEWAY))
                .addNodes(node)
                .build();
        HeartbeatAnswer answer = TestCity.module(city, Devices.class).heartbeat(heartbeat, GATEWAY, Instant.now());
        TestCity.module(city, Underpasses.class).look();
        return answer;
    }
}
