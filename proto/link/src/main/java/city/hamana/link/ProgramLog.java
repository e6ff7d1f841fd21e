package city.hamana.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** How every program of the house logs: one line an event on standard error, for the service manager to keep. */
public final class ProgramLog {
    private static final String CONFIGURATION = """
            handlers = java.util.logging.ConsoleHandler
            .level = INFO
            java.util.logging.ConsoleHandler.level = INFO
            java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format = %1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n
            org.apache.activemq.level = SEVERE
            io.helidon.level = WARNING
            org.flywaydb.level = SEVERE
            com.zaxxer.hikari.level = WARNING
            """;

    private ProgramLog() {}

    /** To be called first in {@code main}; a configuration given on the command line stays in force. */
    public static void start() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
