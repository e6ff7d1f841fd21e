package city.hamana.meter;

import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import city.hamana.meter.line.MeterBus;
import city.hamana.meter.line.SecondarySearch;
import city.hamana.meter.line.SecondarySearch.Found;
import city.hamana.meter.telegram.Telegram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds the meters of wired lines by their own addresses and prints them as settings. */
@Command(
        name = "search",
        description = "Searches wired lines for meters by secondary address; stop the service before.")
final class Search implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the node.")
    private Path config;

    @Option(names = "--line", paramLabel = "NAME", description = "Only this line; else all wired ones.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        try {
            Settings settings = Settings.read(config);
            List<String> lines = names.isEmpty() ? LineSettings.wired(settings) : names;
            for (String line : lines) {
                print(line, LineSettings.wire(settings, line), NodeSettings.limits(settings));
            }
            return 0;
        } catch (SettingsException | IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static void print(String line, MeterBus.Wire wire, MeterBus.Limits limits) throws IOException {
        List<Found> found = SecondarySearch.of(wire, limits);
        System.out.println("# line " + line + ": " + (found.size() == 1 ? "one meter" : found.size() + " meters"));
        for (Found meter : found) {
            System.out.println("# " + meter.address() + " " + remark(meter));
        }
        System.out.println(line + "-meters="
                + found.stream().filter(Found::alone).map(Found::address).collect(Collectors.joining(",")));
    }

    private static String remark(Found meter) {
        if (!meter.alone()) {
            return "several meters, or one whose answer cannot be read: call it by a primary address";
        }
        return meter.medium().map(Telegram::mediumName).orElse("does not tell what it measures");
    }
}
