package city.hamana.demo.city;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Starts {@link Child} in a JVM of its own, watched by the real supervisor. */
final class Children {
    static final Supervised.Patience SHORT =
            new Supervised.Patience(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMinutes(1));

    private Children() {}

    static Supervised start(String name, Path folder, Consumer<String> report, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
        command.addAll(List.of(arguments));
        ChildLog log = new ChildLog(folder.resolve(name + ".log"), 20_000);
        return new Supervised(name, command, folder, log, report, SHORT);
    }
}
