package city.hamana.meter;

import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores one meter's key. It is read from standard input: a command line can be seen by everybody on the machine. */
@Command(name = "key", description = "Stores a meter's AES-128 key: 32 hex digits on standard input.")
final class Key implements Callable<Integer> {
    private static final int LONGEST_LINE_CHARS = 200;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the node.")
    private Path config;

    @Option(names = "--meter", required = true, paramLabel = "ID", description = "The meter's id: els-12345678.")
    private String meter;

    @Override
    public Integer call() {
        try {
            NodeSettings settings = NodeSettings.read(Settings.read(config));
            MeterKeys.put(settings.keys(), meter, key());
            System.out.println("the key of " + meter + " is kept; restart the service");
            return 0;
        } catch (SettingsException | IllegalArgumentException | UncheckedIOException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    /** What is wrong with it is told without telling it. */
    private static byte[] key() throws IOException {
        Lines lines = new Lines(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)), LONGEST_LINE_CHARS);
        String text = lines.advance() ? lines.text().replaceAll("\\s", "") : "";
        if (!text.matches("[0-9A-Fa-f]{32}")) {
            throw new IllegalArgumentException("standard input holds no key of 32 hex digits");
        }
        return HexFormat.of().parseHex(text);
    }
}
