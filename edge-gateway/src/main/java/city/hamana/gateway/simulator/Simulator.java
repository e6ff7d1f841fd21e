package city.hamana.gateway.simulator;

import city.hamana.gateway.wifi.Access.Auth;
import city.hamana.gateway.wifi.Access.Priv;
import city.hamana.link.ParentWatch;
import city.hamana.link.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** SIMULATED access points and controllers, each an SNMP agent on a UDP port. */
public final class Simulator implements AutoCloseable {
    private static final int MOST_AGENTS = 64;

    /**
     * One agent of the settings.
     *
     * @param capture what it tells: the name of a shipped one, or a file
     * @param offFile while it exists the agent has no power; once it is gone, it has started anew
     */
    record Post(String name, int port, String capture, Path captureFile, Optional<Path> offFile, Keys keys) {
        static Post of(Settings settings, String name) {
            return new Post(
                    name,
                    (int) settings.number(name + "-port", 0, 0, 65_535),
                    settings.text(name + "-capture", "access-point"),
                    settings.path(name + "-capture", "access-point"),
                    settings.optional(name + "-off-file").map(file -> settings.path(name + "-off-file")),
                    new Keys(
                            settings.text(name + "-community", "SIMULATED"),
                            settings.text(name + "-user", "hamana"),
                            auth(settings.text(name + "-auth", "sha-256")),
                            settings.text(name + "-auth-passphrase", "SIMULATED-auth"),
                            priv(settings.text(name + "-priv", "aes-128")),
                            settings.text(name + "-priv-passphrase", "SIMULATED-priv")));
        }

        private static Auth auth(String word) {
            return Auth.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        private static Priv priv(String word) {
            return Priv.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        private Capture read() throws IOException {
            Optional<Capture> shipped = capture.matches("[a-z-]+") ? Capture.shipped(capture) : Optional.empty();
            return shipped.isPresent() ? shipped.get() : Capture.read(captureFile);
        }

        private Agent open(InetAddress host, Clock clock, ZoneId zone) throws IOException {
            BooleanSupplier off = () -> offFile.filter(Files::exists).isPresent();
            return Agent.open(name, host, port, read(), new Life(clock, zone), keys, off);
        }
    }

    private final List<Agent> agents;

    private Simulator(List<Agent> agents) {
        this.agents = agents;
    }

    /**
     * Starts what a settings file describes.
     *
     * @throws IOException if a capture cannot be read or a port not be had
     * @throws IllegalArgumentException naming the key that cannot be used
     */
    public static Simulator start(Settings settings) throws IOException {
        InetAddress host = host(settings.text("host", "127.0.0.1"));
        ZoneId zone = settings.zone("city-time-zone", "Asia/Tokyo");
        Clock clock = settings.clock();
        List<Post> posts = new ArrayList<>();
        for (String name : settings.text("agents").split(",")) {
            posts.add(Post.of(settings, name.strip()));
        }
        ParentWatch.startIfWanted(settings);
        settings.done();
        if (posts.size() > MOST_AGENTS) {
            throw new IllegalArgumentException("agents names more than " + MOST_AGENTS);
        }
        List<Agent> agents = new ArrayList<>();
        for (Post post : posts) {
            agents.add(post.open(host, clock, zone));
        }
        return new Simulator(agents);
    }

    /** The ports in the order of the settings, as they really are. */
    public List<Integer> ports() {
        return agents.stream().map(Agent::port).toList();
    }

    @Override
    public void close() {
        agents.forEach(Agent::close);
    }

    private static InetAddress host(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host is unknown: " + name, e);
        }
    }
}
