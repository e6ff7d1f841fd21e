package city.hamana.meter;

import city.hamana.link.Counters;
import city.hamana.link.IdentityException;
import city.hamana.link.JournalException;
import city.hamana.link.NodeProgram;
import city.hamana.link.ParentWatch;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import city.hamana.link.SettingsKeeper;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Source;
import city.hamana.meter.pulse.PulseMeter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the meter node until it is told to stop. */
@Command(name = "run", description = "Reads meters and sends their readings to the gateway.")
final class Run implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the node.")
    private Path config;

    @Override
    public Integer call() throws InterruptedException {
        ProgramLog.start();
        ProgramLog.endOnFault();
        try (SettingsKeeper<NodeSettings> keeper =
                SettingsKeeper.open(config, NodeSettings.FROM_AFAR, NodeSettings::read)) {
            return run(keeper);
        } catch (SettingsException | IdentityException | JournalException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int run(SettingsKeeper<NodeSettings> keeper) throws InterruptedException {
        NodeSettings settings = keeper.settings();
        ParentWatch.startIf(settings.program().exitWithParent());
        Counters counters = new Counters();
        Roster roster = new Roster(counters);
        MeterKeys keys = MeterKeys.open(settings.keys());
        List<Source> sources = settings.sources(roster, keys);
        List<PulseMeter> pulses = settings.pulses().open(settings.schedule(), roster);
        return new NodeProgram(settings.program(), keeper, counters).run((identity, journal) -> {
            System.out.println(journal.device() + " reads meters on " + (sources.size() + pulses.size()) + " lines");
            return new MeterNode(
                    identity,
                    journal,
                    sources,
                    settings.program().clock(),
                    settings.zone(),
                    settings.pollEvery(),
                    settings.program().flashBudgetBytes(),
                    new MeterNode.Reads(settings.schedule(), keys, pulses, counters, roster));
        });
    }
}
