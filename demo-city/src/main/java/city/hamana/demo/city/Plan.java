package city.hamana.demo.city;

import city.hamana.link.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which programs the city has, where they listen and what their settings say. Every program has a folder under its own
 * name; settings are written anew at each start, since ports and the clock's origin change.
 *
 * @param people HTTPS port of the pages
 * @param mail port of the simulated mail server
 * @param nodes how many meter nodes; only the first two have a line with meters
 * @param sensors an underpass, an analyser and access points; empty: meters only
 * @param more settings of single programs that are to count above those that stand here
 */
public record Plan(
        Path folder,
        CityTime time,
        int people,
        int devices,
        int est,
        int broker,
        int street1,
        int street2,
        int mail,
        int nodes,
        Optional<Sensors> sensors,
        Map<String, String> more) {
    public static final String AGGREGATOR = "aggregator";
    public static final String GATEWAY = "gateway-1";
    public static final String NODE_1 = node(1);
    public static final String NODE_2 = node(2);
    public static final String PROVISIONING = "provisioning";
    public static final String SIMULATOR = "simulator";
    public static final String SENSOR_NODE = "sensor-node-1";
    public static final String SENSOR_SIMULATOR = "sensor-simulator";
    public static final String ACCESS_POINT_SIMULATOR = "access-point-simulator";

    /** The underpass that fills and drains, as the aggregator's sample map knows it. */
    static final String UNDERPASS = "underpass-mitsuya";

    /** In the gateway's folder: how the SIMULATED access points are asked. */
    static final String ACCESS_POINT_SECRETS = "access-points.secrets";

    /** Of home H01, on the first line. */
    static final String RESIDENTS_METER = "hmn-00000001";

    /** An empty replay file in a node's folder. */
    static final String NO_TELEGRAMS = "no-telegrams";

    /** Of homes; one more is the meter through which all of them are supplied. */
    private static final int METERS = 12;

    private static final int LINES = 2;
    private static final String ATTRIBUTION =
            "SIMULATED meters. Contains data from \"DAIAD Trial Data\" (DAIAD project, www.daiad.eu), licensed under"
                    + " CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/). Changes: a selection of homes,"
                    + " times moved by whole weeks and repeated, meter keys shortened.";

    /** A program: module with its jar, heap, arguments before {@code --config}, settings. */
    record Program(String name, String module, int heapMegabytes, List<String> arguments, String settings) {}

    /**
     * What stands beside the meters.
     *
     * @param bus Modbus TCP port of the SIMULATED gauge and analyser
     * @param hall UDP port of the first of three SIMULATED access points, the others behind it
     */
    public record Sensors(int bus, int hall, int library, int school) {
        static Sensors free() {
            return new Sensors(Ports.free(), Ports.freeUdp(), Ports.freeUdp(), Ports.freeUdp());
        }
    }

    /** What is enrolled, and as what. */
    record Device(String name, Role role) {}

    public static Plan of(Path folder, CityTime time, int people) {
        return new Plan(
                folder,
                time,
                people,
                Ports.free(),
                Ports.free(),
                Ports.free(),
                Ports.free(),
                Ports.free(),
                Ports.free(),
                LINES,
                Optional.empty(),
                Map.of());
    }

    /** The name of a meter node, numbered from 1. */
    public static String node(int number) {
        return "meter-node-" + number;
    }

    /** This plan with so many nodes. */
    public Plan withNodes(int number) {
        return new Plan(folder, time, people, devices, est, broker, street1, street2, mail, number, sensors, more);
    }

    /** This plan with an underpass, an analyser and access points beside the meters, all SIMULATED. */
    public Plan withSensors() {
        Optional<Sensors> some = Optional.of(Sensors.free());
        return new Plan(folder, time, people, devices, est, broker, street1, street2, mail, nodes, some, more);
    }

    /** This plan with further settings for one program: lines of {@code key=value}, each with its line end. */
    public Plan with(String program, String settings) {
        Map<String, String> further = new HashMap<>(more);
        further.merge(program, settings, String::concat);
        return new Plan(
                folder,
                time,
                people,
                devices,
                est,
                broker,
                street1,
                street2,
                mail,
                nodes,
                sensors,
                Map.copyOf(further));
    }

    List<Device> devicesToEnrol() {
        List<Device> all = new ArrayList<>();
        all.add(new Device(AGGREGATOR, Role.AGGREGATOR));
        all.add(new Device(GATEWAY, Role.GATEWAY));
        nodeNames().forEach(node -> all.add(new Device(node, Role.NODE)));
        sensors.ifPresent(some -> all.add(new Device(SENSOR_NODE, Role.NODE)));
        return all;
    }

    List<String> nodeNames() {
        return IntStream.rangeClosed(1, nodes).mapToObj(Plan::node).toList();
    }

    Program provisioning() {
        return new Program(PROVISIONING, "provisioning", 96, List.of("serve"), """
                folder=.
                passphrase-file=passphrase
                names=localhost,127.0.0.1
                listen-address=127.0.0.1
                port=%d
                requests-per-minute=600
                exit-with-parent=true
                """.formatted(est) + more(PROVISIONING));
    }

    Program aggregator() {
        return program(
                AGGREGATOR,
                "aggregator",
                384,
                List.of(),
                """
                host=127.0.0.1
                public-port=%d
                device-port=%d
                data-dir=data
                demo=true
                public-address=https://localhost:%d
                staff-second-factor=offered
                smtp-host=127.0.0.1
                smtp-port=%d
                smtp-security=none
                mail-from=city@kosai.example
                push-contact=mailto:city@kosai.example
                attribution=%s
                initial-users-file=initial-users
                """.formatted(people, devices, people, mail, ATTRIBUTION) + identity());
    }

    /** Every enrolled program renews its certificate there by itself. */
    private String identity() {
        return "identity-dir=identity\nest-address=https://localhost:%d\n".formatted(est);
    }

    Program gateway() {
        return program(
                GATEWAY,
                "edge-gateway",
                256,
                List.of("run"),
                """
                broker=embedded
                broker-port=%d
                city-address=https://localhost:%d
                heartbeat-every-ms=2000
                backoff-most-ms=10000
                """.formatted(broker, devices) + accessPoints() + TRUSTED + identity());
    }

    private String accessPoints() {
        return sensors.map(some -> """
                access-points=hall,library,school
                access-point-secrets-file=%s
                hall-address=udp://127.0.0.1:%d
                hall-user=hamana
                library-address=udp://127.0.0.1:%d
                library-version=2c
                school-address=udp://127.0.0.1:%d
                school-user=hamana
                snmp-poll-every-ms=10000
                """.formatted(ACCESS_POINT_SECRETS, some.hall, some.library, some.school))
                .orElse("");
    }

    /** What the SIMULATED access points ask for; nobody has real ones by these words. */
    static String accessPointSecrets() {
        return """
                hall-auth-passphrase=SIMULATED-auth
                hall-priv-passphrase=SIMULATED-priv
                library-community=SIMULATED
                school-auth-passphrase=SIMULATED-auth
                school-priv-passphrase=SIMULATED-priv
                """;
    }

    Program accessPointSimulator(Sensors some) {
        return program(ACCESS_POINT_SIMULATOR, "edge-gateway", 48, List.of("simulate"), """
                agents=hall,library,school
                hall-port=%d
                library-port=%d
                school-port=%d
                school-capture=controller
                """.formatted(
                        some.hall, some.library, some.school));
    }

    Program sensorSimulator(Sensors some) {
        return program(SENSOR_SIMULATOR, "sensor-node", 48, List.of("simulate"), "port=" + some.bus + "\n" + STORY);
    }

    /** Two gauges, a float switch and the sign at a SIMULATED Pi, and an analyser of drinking water. */
    Program sensorNode(Sensors some) {
        return program(
                SENSOR_NODE,
                "sensor-node",
                64,
                List.of("run"),
                """
                place=%s
                gauges=mitsuya-pressure,mitsuya-radar
                mitsuya-pressure-driver=current
                mitsuya-radar-driver=modbus
                mitsuya-radar-line=bus
                mitsuya-radar-mount-mm=4500
                lines=bus
                bus-address=tcp://127.0.0.1:%d
                pi=mock
                float-gpio=17
                caution-gpio=22
                closed-gpio=23
                siren-gpio=24
                analysers=chlorine-iride
                chlorine-iride-line=bus
                chlorine-iride-unit=2
                chlorine-iride-values=free-chlorine,turbidity,ph,temperature
                chlorine-iride-free-chlorine-register=0
                chlorine-iride-turbidity-register=2
                chlorine-iride-ph-register=4
                chlorine-iride-temperature-register=6
                chlorine-iride-status-register=8
                chlorine-iride-sensor-fault-bits=0x0001
                chlorine-iride-calibration-due-bits=0x0002
                chlorine-iride-no-sample-flow-bits=0x0004
                chlorine-iride-maintenance-bits=0x0008
                chlorine-iride-flow-register=9
                chlorine-iride-time-register=11
                gateway-address=ssl://localhost:%d
                gateway-id=%s
                status-every-ms=2000
                keep-alive-ms=4000
                """.formatted(UNDERPASS, some.bus, broker, GATEWAY) + STORY + TRUSTED + identity());
    }

    Program simulator() {
        return program(SIMULATOR, "meter-node", 64, List.of("simulate"), """
                host=127.0.0.1
                ports=%d,%d
                meters=%d
                district-meter=true
                memory-dir=memory
                """.formatted(street1, street2, METERS + 1));
    }

    Program node(String name, int street) {
        return node(name, """
                lines=street
                street-address=tcp://127.0.0.1:%d
                street-meters=1-%d
                """.formatted(street, street == street2 ? METERS / 2 + 1 : METERS / 2));
    }

    /** A node that has nothing to send but what its journal holds. */
    Program nodeWithoutMeters(String name) {
        return node(name, "lines=none\nnone-file=" + NO_TELEGRAMS + "\n");
    }

    private Program node(String name, String lines) {
        return program(
                name, "meter-node", 64, List.of("run"), lines + """
                gateway-address=ssl://localhost:%d
                gateway-id=%s
                poll-every-ms=5000
                read-every-s=0
                status-every-ms=5000
                keep-alive-ms=4000
                """.formatted(broker, GATEWAY) + TRUSTED + identity());
    }

    private static final String TRUSTED = "clock-trusted=true\n";

    /** Dry for five minutes, then 34 cm of water in five minutes; the whole is over in 25. */
    private static final String STORY = """
            story-dry-s=300
            story-rise-s=300
            story-stay-s=300
            story-fall-s=600
            story-peak-mm=340
            """;

    private Program program(String name, String module, int heap, List<String> arguments, String settings) {
        return new Program(
                name, module, heap, arguments, settings + time.settings() + "exit-with-parent=true\n" + more(name));
    }

    /** Last, because the last of two lines with the same key counts. */
    private String more(String name) {
        return more.getOrDefault(name, "");
    }

    public Path home(String name) {
        return folder.resolve(name);
    }
}
