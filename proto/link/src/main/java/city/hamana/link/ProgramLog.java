package city.hamana.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every program of the house logs: one line an event on standard error, for the service manager to keep. */
public final class ProgramLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramLog.class);
    private static final int SOFTWARE_FAULT = 70;
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
            com.pi4j.level = WARNING
            com.pi4j.boardinfo.level = OFF
            com.ghgande.level = SEVERE
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

    /**
     * A thread that dies of a fault nobody foresaw ends the whole program, with code 70 (EX_SOFTWARE of sysexits.h): its
     * service manager starts it again, which a program that goes on without one of its threads would never be.
     */
    public static void endOnFault() {
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
            LOG.error("thread {} ended by a fault; the program ends", thread.getName(), fault);
            Runtime.getRuntime().halt(SOFTWARE_FAULT);
        });
    }
}
