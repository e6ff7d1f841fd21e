package city.hamana.gateway;

import city.hamana.link.DeviceIdentity;
import city.hamana.messages.Topics;
import city.hamana.messages.Topics.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The broker for a small machine: Eclipse Mosquitto as the gateway's child, a tenth of the embedded one's memory. Its
 * configuration and access list are written anew at every start.
 */
final class Mosquitto implements Broker {
    private static final Duration START_LIMIT = Duration.ofSeconds(15);
    private static final String PID_FILE = "mosquitto.pid";

    private final Process process;

    private Mosquitto(Process process) {
        this.process = process;
    }

    /**
     * Starts the program and waits until it listens.
     *
     * @throws GatewayException if it is not installed or does not come up
     */
    static Mosquitto start(GatewaySettings settings, DeviceIdentity identity) {
        Path dir = settings.brokerDir().toAbsolutePath();
        try {
            Files.createDirectories(dir);
            endOrphan(dir);
            Broker.requireFreePort(settings);
            Files.writeString(dir.resolve("acl"), accessList(identity.deviceId()));
            Files.writeString(dir.resolve("mosquitto.conf"), configuration(settings, dir));
            Process process = new ProcessBuilder(
                            settings.mosquittoProgram(),
                            "-c",
                            dir.resolve("mosquitto.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(
                            dir.resolve("mosquitto.log").toFile()))
                    .start();
            Files.writeString(dir.resolve(PID_FILE), Long.toString(process.pid()));
            Mosquitto broker = new Mosquitto(process);
            broker.awaitPort(settings, dir);
            return broker;
        } catch (IOException e) {
            throw GatewayException.broker(
                    settings.mosquittoProgram() + " cannot be started (Debian: apt-get install mosquitto): "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public boolean running() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort(GatewaySettings settings, Path dir) throws IOException {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        while (!listens(settings)) {
            if (!process.isAlive() || System.nanoTime() > until) {
                close();
                throw GatewayException.broker("mosquitto does not come up on port " + settings.brokerPort() + ": "
                        + lastLine(dir.resolve("mosquitto.log")));
            }
            pause();
        }
    }

    /** A gateway that was killed leaves its broker behind, which would hold the port for ever. */
    private static void endOrphan(Path dir) throws IOException {
        Path file = dir.resolve(PID_FILE);
        if (!Files.exists(file)) {
            return;
        }
        String pid = Files.readString(file).strip();
        Files.delete(file);
        if (pid.matches("[0-9]{1,10}")) {
            ProcessHandle.of(Long.parseLong(pid))
                    .filter(process -> isOurs(process, dir))
                    .ifPresent(Mosquitto::end);
        }
    }

    /** A process id may have been given to somebody else; ours runs with our configuration. */
    private static boolean isOurs(ProcessHandle process, Path dir) {
        String configuration = dir.resolve("mosquitto.conf").toString();
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(configuration::equals);
    }

    private static void end(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    }

    private static boolean listens(GatewaySettings settings) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(settings.brokerHost(), settings.brokerPort()), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastLine(Path log) throws IOException {
        return Files.readString(log).lines().reduce((a, b) -> b).orElse("it says nothing");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String configuration(GatewaySettings settings, Path dir) {
        Path identity = settings.identityDir().toAbsolutePath();
        return """
                # Written by the edge gateway at every start; changes here are lost.
                user %s
                listener %d %s
                cafile %s
                certfile %s
                keyfile %s
                require_certificate true
                use_identity_as_username true
                use_username_as_clientid true
                allow_anonymous false
                acl_file %s
                persistence false
                max_packet_size 5242880
                max_queued_messages 1000
                max_connections 1000
                log_type error
                log_type warning
                log_type notice
                """.formatted(
                        System.getProperty("user.name"),
                        settings.brokerPort(),
                        settings.brokerHost(),
                        identity.resolve(DeviceIdentity.CA_FILE),
                        identity.resolve(DeviceIdentity.CERTIFICATE_FILE),
                        identity.resolve(DeviceIdentity.KEY_FILE),
                        dir.resolve("acl"));
    }

    /** The rule of {@link Access} in Mosquitto's words; {@code %u} is the certificate's common name. */
    static String accessList(String gatewayId) {
        StringBuilder list = new StringBuilder();
        for (Kind kind : Kind.values()) {
            String word = Access.nodesRight(kind) == Right.PUBLISH ? "write" : "read";
            list.append("pattern ")
                    .append(word)
                    .append(" ")
                    .append(Topics.PREFIX)
                    .append("%u/")
                    .append(kind.word());
            list.append("\n");
        }
        list.append("user ").append(gatewayId).append("\n");
        for (Kind kind : Kind.values()) {
            String word = Access.nodesRight(kind) == Right.PUBLISH ? "read" : "write";
            list.append("topic ")
                    .append(word)
                    .append(" ")
                    .append(Topics.every(kind))
                    .append("\n");
        }
        return list.toString();
    }
}
