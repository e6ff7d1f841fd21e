package city.hamana.link;

import city.hamana.messages.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MQTT 5 connection over mutual TLS, QoS 1, without memory of its own: the journals are the queues, so a broken
 * line is thrown away and a new one made. Not for several threads, but for the handler, which runs on Paho's.
 */
public final class MqttLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLine.class);
    private static final int QOS = 1;
    private static final long WAIT_MS = 10_000;

    private final MqttAsyncClient client;

    private MqttLine(MqttAsyncClient client) {
        this.client = client;
    }

    /**
     * Connects.
     *
     * @param broker {@code ssl://host:port}
     * @param time judges the broker's certificate
     * @param lastWill topic on which the broker publishes an empty retained message when this line breaks
     * @param handler called with topic and payload of every message that comes; may wait, and so holds the broker back
     * @throws MqttException if the broker is out of reach or does not want this client
     */
    public static MqttLine connect(
            URI broker,
            DeviceIdentity identity,
            CertificateTime time,
            Duration keepAlive,
            Optional<String> lastWill,
            BiConsumer<Topics.Topic, byte[]> handler)
            throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(broker.toString(), identity.deviceId(), new MemoryPersistence());
        client.setCallback(new Inbox(handler));
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setSocketFactory(identity.sslContext(time).getSocketFactory());
        options.setConnectionTimeout(10);
        options.setKeepAliveInterval((int) keepAlive.toSeconds());
        lastWill.ifPresent(topic -> options.setWill(topic, message(new byte[0], true)));
        MqttLine line = new MqttLine(client);
        try {
            client.connect(options).waitForCompletion(WAIT_MS);
        } catch (MqttException e) {
            line.close();
            throw e;
        }
        return line;
    }

    public boolean connected() {
        return client.isConnected();
    }

    public void subscribe(String filter) throws MqttException {
        client.subscribe(filter, QOS).waitForCompletion(WAIT_MS);
    }

    /** Publishes and waits until the broker has it. */
    public void deliver(String topic, byte[] payload, boolean retained) throws MqttException {
        client.publish(topic, message(payload, retained)).waitForCompletion(WAIT_MS);
    }

    /** Hands a message to the line; that it arrives, only the receiver's answer can say. */
    public void publish(String topic, byte[] payload, boolean retained) throws MqttException {
        client.publish(topic, message(payload, retained));
    }

    /** Ends the connection in order; the last will is not published then. */
    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect().waitForCompletion(1_000);
            }
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("line not closed cleanly: {}", e.getMessage());
        }
    }

    /** A fault in one line, with the cause that Paho hides. */
    public static String reason(MqttException e) {
        return e.getCause() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + e.getCause().getMessage();
    }

    private static MqttMessage message(byte[] payload, boolean retained) {
        MqttMessage message = new MqttMessage(payload);
        message.setQos(QOS);
        message.setRetained(retained);
        return message;
    }

    private record Inbox(BiConsumer<Topics.Topic, byte[]> handler) implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            Topics.parse(topic).ifPresent(known -> handler.accept(known, message.getPayload()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException cause = response.getException();
            LOG.warn("connection lost: {}", cause == null ? response.getReasonString() : reason(cause));
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            LOG.warn("MQTT: {}", reason(exception));
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // The broker has it; that is not the receiver's receipt.
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // connect() waits for the connection itself.
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // Authentication is the client certificate's.
        }
    }
}
