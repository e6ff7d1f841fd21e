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

    /** A command line that runs a program in a small JVM which says so and ends when its heap is full. */
    public List<String> command(String module, int heapMegabytes, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heapMegabytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar(module).toString()));
        command.addAll(arguments);
        return command;
    }

    private Path jar(String module) {
        Path jar = home.resolve(module).resolve("target").resolve("hamana-" + module + ".jar");
        if (Files.isReadable(jar)) {
            return jar;
        }
        throw DemoException.of(jar + " is not there; build it first: ./mvnw -DskipTests package");
    }
}
