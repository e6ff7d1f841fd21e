package city.hamana.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The MQTT broker of a site. Both kinds hold the same rule: a client certificate of the city's CA is required, a device
 * publishes and subscribes only below its own name, the gateway reads all and writes receipts.
 */
sealed interface Broker extends AutoCloseable permits EmbeddedBroker, Mosquitto {
    /** What a device may do with a kind of topic below its own name; what is not here it may not. */
    enum Right {
        PUBLISH,
        SUBSCRIBE
    }

    /** Whether the broker still serves. */
    boolean running();

    @Override
    void close();

    /**
     * Finds out before a broker does, and says it more clearly.
     *
     * @throws GatewayException if the port is in use or not ours to use
     */
    static void requireFreePort(GatewaySettings settings) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(settings.brokerHost(), settings.brokerPort()));
        } catch (IOException e) {
            throw GatewayException.broker("port " + settings.brokerPort() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
