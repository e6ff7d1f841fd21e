package city.hamana.demo.city;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the programs' jars are, and the Java that runs them: the one that runs this. */
public record Installation(Path home) {
    /**
     * The checkout or installation folder.
     *
     * @throws DemoException if it holds no programs
     */
    public static Installation at(Path home) {
        Installation found = new Installation(home.toAbsolutePath().normalize());
        found.jar("provisioning");
        return found;
    }

    /**
     * A command line that runs a program in a small JVM which says so and ends when its heap is full. A program that
     * ships its own options for Java is run with them, as it would be on its computer.
     *
     * @param heapMegabytes for a program that ships none
     */
    public List<String> command(String module, int heapMegabytes, List<String> arguments) {
        Path options = home.resolve(module).resolve("src/main/dist/java-options");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Files.isReadable(options) ? List.of("@" + options) : usual(heapMegabytes));
        command.addAll(List.of(
                "--sun-misc-unsafe-memory-access=allow", "-jar", jar(module).toString()));
        command.addAll(arguments);
        return command;
    }

    private static List<String> usual(int heapMegabytes) {
        return List.of(
                "-XX:+UseSerialGC",
                "-Xmx" + heapMegabytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED");
    }

    private Path jar(String module) {
        Path jar = home.resolve(module).resolve("target").resolve("hamana-" + module + ".jar");
        if (Files.isReadable(jar)) {
            return jar;
        }
        throw DemoException.of(jar + " is not there; build it first: ./mvnw -DskipTests package");
    }
}
