package city.hamana.demo.city;

import city.hamana.link.Pem;
import city.hamana.link.Trust;
import city.hamana.simulated.payments.PaymentProviderApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The SIMULATED payment provider of the demonstration: no money moves. It keeps its port, which stands in what the city has
 * written down about payments.
 */
public final class SimulatedPayments implements AutoCloseable {
    private static final String HOOK = "/api/payments/webhook";
    private static final int SECRET_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PaymentProviderApp app;

    private SimulatedPayments(PaymentProviderApp app) {
        this.app = app;
    }

    /**
     * Listens at once, and puts the city's key and secret where its aggregator reads them.
     *
     * @param city the city's folder
     * @param people HTTPS port of the pages
     */
    public static SimulatedPayments in(Path city, int people) {
        Path home = city.resolve(Plan.AGGREGATOR);
        String key = "sk_simulated_" + random();
        String secret = "whsec_simulated_" + random();
        Pem.replaceSecret(home.resolve("payment.key"), key);
        Pem.replaceSecret(home.resolve("payment.secret"), secret);
        Path file = city.resolve("payment-provider.port");
        URI hook = URI.create("https://localhost:" + people + HOOK);
        try {
            int port =
                    Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : Ports.free();
            Pem.replace(file, port + "\n");
            return new SimulatedPayments(new PaymentProviderApp(port, key, secret, hook, () -> client(city)));
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            throw DemoException.of("the simulated payment provider cannot listen at the port in " + file, e);
        }
    }

    /** The city's CA is there once the city has started, before anybody pays. */
    private static HttpClient client(Path city) {
        Trust trust = Trust.read(city.resolve(Plan.PROVISIONING).resolve("ca.pem"));
        return HttpClient.newBuilder().sslContext(trust.sslContext()).build();
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Its pages begin here; {@code /manners} is where it is told to misbehave. */
    public URI address() {
        return app.address();
    }

    /** Lines for the aggregator's settings; the bank and the codes are invented. */
    public String settings() {
        return """
                payment-api=%s
                payment-key-file=payment.key
                payment-secret-file=payment.secret
                debit-collector-code=0000000001
                debit-collector-name=ﾐﾎﾝ ｺｻｲｼ
                debit-bank=0000
                debit-bank-name=ﾐﾎﾝ
                debit-branch=000
                debit-branch-name=ﾐﾎﾝ
                debit-account=0000001
                slip-company=900000
                slip-public-body=222216
                """.formatted(app.address());
    }

    @Override
    public void close() {
        app.close();
    }
}
