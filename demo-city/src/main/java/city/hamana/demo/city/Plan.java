package city.hamana.demo.city;

import city.hamana.link.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which programs the city has, where they listen and what their settings say. Every program has a folder under its own
 * name; settings are written anew at each start, since ports and the clock's origin change.
 *
 * @param people HTTPS port of the pages
 * @param mail port of the simulated mail server
 * @param nodes how many meter nodes; only the first two have a line with meters
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
        Map<String, String> more) {
    public static final String AGGREGATOR = "aggregator";
    public static final String GATEWAY = "gateway-1";
    public static final String NODE_1 = node(1);
    public static final String NODE_2 = node(2);
    public static final String PROVISIONING = "provisioning";
    public static final String SIMULATOR = "simulator";

    /** Of home H01, on the first line. */
    static final String RESIDENTS_METER = "hmn-00000001";

    /** An empty replay file in a node's folder. */
    static final String NO_TELEGRAMS = "no-telegrams";

    private static final int METERS = 12;
    private static final int LINES = 2;
    private static final String ATTRIBUTION =
            "SIMULATED meters. Contains data from \"DAIAD Trial Data\" (DAIAD project, www.daiad.eu), licensed under"
                    + " CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/). Changes: a selection of homes,"
                    + " times moved by whole weeks and repeated, meter keys shortened.";

    /** A program: module with its jar, heap, arguments before {@code --config}, settings. */
    record Program(String name, String module, int heapMegabytes, List<String> arguments, String settings) {}

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
                Map.of());
    }

    /** The name of a meter node, numbered from 1. */
    public static String node(int number) {
        return "meter-node-" + number;
    }

    /** This plan with so many nodes. */
    public Plan withNodes(int number) {
        return new Plan(folder, time, people, devices, est, broker, street1, street2, mail, number, more);
    }

    /** This plan with further settings for one program: lines of {@code key=value}, each with its line end. */
    public Plan with(String program, String settings) {
        Map<String, String> further = new HashMap<>(more);
        further.merge(program, settings, String::concat);
        return new Plan(folder, time, people, devices, est, broker, street1, street2, mail, nodes, Map.copyOf(further));
    }

    List<Device> devicesToEnrol() {
        List<Device> all = new ArrayList<>();
        all.add(new Device(AGGREGATOR, Role.AGGREGATOR));
        all.add(new Device(GATEWAY, Role.GATEWAY));
        nodeNames().forEach(node -> all.add(new Device(node, Role.NODE)));
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
                GATEWAY, "edge-gateway", 256, List.of("run"), """
                broker=embedded
                broker-port=%d
                city-address=https://localhost:%d
                heartbeat-every-ms=2000
                backoff-most-ms=10000
                """.formatted(broker, devices) + TRUSTED + identity());
    }

    Program simulator() {
        return program(SIMULATOR, "meter-node", 64, List.of("simulate"), """
                host=127.0.0.1
                ports=%d,%d
                meters=%d
                memory-dir=memory
                """.formatted(street1, street2, METERS));
    }

    Program node(String name, int street) {
        return node(name, """
                lines=street
                street-address=tcp://127.0.0.1:%d
                street-meters=1-%d
                """.formatted(street, METERS / 2));
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
