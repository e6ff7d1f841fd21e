package city.hamana.demo.city;

import city.hamana.link.Pem;
import city.hamana.simulated.identity.IdentityApp;
import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The SIMULATED identity app of the demonstration. It keeps its port, which is part of its name: by it the city knows
 * again whom it has proved before.
 */
public final class SimulatedIdentity implements AutoCloseable {
    private static final String BACK = "/sign-in/provider/back";
    private static final List<IdentityApp.Person> PEOPLE = List.of(
            new IdentityApp.Person("simulated-1", "湖西 花子", "1988-04-12"),
            new IdentityApp.Person("simulated-2", "Maria Aparecida da Silva Souza", "1991-09-30"),
            new IdentityApp.Person("simulated-3", "新居 葛\uDB40\uDD00男", "1954-11-03"));

    private final IdentityApp app;

    private SimulatedIdentity(IdentityApp app) {
        this.app = app;
    }

    /**
     * Listens at once, and puts the city's key where its aggregator reads it.
     *
     * @param city the city's folder
     * @param people HTTPS port of the pages
     */
    public static SimulatedIdentity in(Path city, int people) {
        ECKey key = IdentityApp.newKey();
        Pem.replaceSecret(city.resolve(Plan.AGGREGATOR).resolve("oidc.pem"), IdentityApp.pem(key));
        Path file = city.resolve("identity-app.port");
        try {
            int port =
                    Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : Ports.free();
            Pem.replace(file, port + "\n");
            return new SimulatedIdentity(new IdentityApp(port, key, "https://localhost:" + people + BACK, PEOPLE));
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            throw DemoException.of("the simulated identity app cannot listen at the port in " + file, e);
        }
    }

    public URI address() {
        return app.issuer();
    }

    /** Lines for the aggregator's settings. */
    public String settings() {
        return "oidc-issuer=%s\noidc-client-id=%s\noidc-key-file=oidc.pem\n"
                .formatted(app.issuer(), IdentityApp.CLIENT);
    }

    @Override
    public void close() {
        app.close();
    }
}
