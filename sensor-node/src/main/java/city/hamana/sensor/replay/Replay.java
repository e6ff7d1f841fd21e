package city.hamana.sensor.replay;

import city.hamana.sensor.level.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints, as a table, what sign and analysers would have done. */
@Command(
        name = "replay",
        description = "Plays recorded and made-up floods through the watch, and residuals through the judge.")
public final class Replay implements Callable<Integer> {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description =
                    "Folder, searched two deep, of profiles.csv.gz (FloodNet), water_level_log.csv.gz (rivers) and "
                            + "Tutorial_Station_B.csv.gz (CANARY); without it the made-up cases alone are played.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        System.out.print(Table.HEAD);
        for (Event event : WorstCases.floods()) {
            print(event.name(), List.of(event));
        }
        for (Event event : WorstCases.quietMonths()) {
            print(event.name(), List.of(event));
        }
        if (folder != null) {
            recorded();
        }
        return 0;
    }

    private void recorded() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.find(folder, 2, (file, kind) -> kind.isRegularFile())) {
            files = found.sorted().toList();
        }
        for (Path file : files) {
            switch (file.getFileName().toString()) {
                case "profiles.csv.gz" -> print("street floods, FloodNet NYC", Profiles.streets(file));
                case "water_level_log.csv.gz" ->
                    print("rivers of Tokachi, 1 m high and an hour in 5 minutes", Profiles.rivers(file));
                case "Tutorial_Station_B.csv.gz" ->
                    System.out.println(Residuals.of(file).sentence());
                default -> {}
            }
        }
    }

    private static void print(String name, List<Event> events) {
        List<Played> played =
                events.stream().map(event -> Played.of(event, Rules.USUAL)).toList();
        System.out.println(new Table(name, played).line());
    }
}
