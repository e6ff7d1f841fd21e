package city.hamana.gateway;

import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Trust;
import city.hamana.link.Trust.Peer;
import city.hamana.link.TrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.ConfigurationUtils;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default broker: Apache Artemis inside the gateway's own process. It keeps nothing on the disk, because the nodes'
 * journals are the queue.
 */
final class EmbeddedBroker implements Broker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final long MOST_BYTES_PER_ADDRESS = 16L << 20;
    private static final long MOST_BYTES = 48L << 20;

    private final ActiveMQServer server;

    private EmbeddedBroker(ActiveMQServer server) {
        this.server = server;
    }

    /**
     * Starts the broker on a port.
     *
     * @param time judges the certificates of those who connect
     * @throws GatewayException if the port is taken or the identity cannot be used
     */
    static EmbeddedBroker start(GatewaySettings settings, DeviceIdentity identity, CertificateTime time) {
        Broker.requireFreePort(settings);
        try {
            Files.createDirectories(settings.brokerDir());
            deleteKeyStores(settings.brokerDir());
            ActiveMQServer server = new ActiveMQServerImpl(
                    configuration(settings, identity.sslContext(time)), new CertificateRule(identity, time));
            server.start();
            if (!server.waitForActivation(30, java.util.concurrent.TimeUnit.SECONDS)) {
                throw GatewayException.broker("does not come up on port " + settings.brokerPort());
            }
            return new EmbeddedBroker(server);
        } catch (GatewayException e) {
            throw e;
        } catch (Exception e) {
            // Artemis declares no narrower one.
            throw GatewayException.broker("cannot start on port " + settings.brokerPort() + ": " + e.getMessage(), e);
        }
    }

    /** Earlier versions left copies of the key here. */
    private static void deleteKeyStores(Path dir) throws IOException {
        Files.deleteIfExists(dir.resolve("identity.p12"));
        Files.deleteIfExists(dir.resolve("trust.p12"));
    }

    @Override
    public boolean running() {
        return server.isStarted();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            // Artemis declares no narrower one.
            throw GatewayException.broker("does not stop: " + e.getMessage(), e);
        }
    }

    private static Configuration configuration(GatewaySettings settings, SSLContext tls) throws Exception {
        String address = "tcp://" + settings.brokerHost() + ":" + settings.brokerPort()
                + "?protocols=MQTT;sslEnabled=true;needClientAuth=true;enabledProtocols=TLSv1.3,TLSv1.2"
                + ";remotingThreads=2;connectionsAllowed=1000";
        TransportConfiguration acceptor =
                ConfigurationUtils.parseAcceptorURI("mqtt", address).getFirst();
        // Instead of key stores on the disk: the key is nowhere but in the identity's folder.
        acceptor.getParams().put(TransportConstants.SSL_CONTEXT_PROP_NAME, tls);
        AddressSettings limits = new AddressSettings()
                .setMaxSizeBytes(MOST_BYTES_PER_ADDRESS)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteAddresses(true)
                .setAutoDeleteQueues(true);
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setBrokerInstance(settings.brokerDir().toFile());
        configuration
                .setName("hamana")
                .setPersistenceEnabled(false)
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(true)
                .setSecurityInvalidationInterval(0)
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(8)
                .setGlobalMaxSize(MOST_BYTES)
                .addAddressSetting("#", limits)
                .addAcceptorConfiguration(acceptor);
        return configuration;
    }

    /** Artemis asks this at every connection and every use of an address. */
    private static final class CertificateRule implements ActiveMQSecurityManager5 {
        private final Trust trust;
        private final String gatewayId;
        private final CertificateTime time;

        CertificateRule(DeviceIdentity identity, CertificateTime time) {
            this.time = time;
            this.trust = identity.trust();
            this.gatewayId = identity.deviceId();
        }

        @Override
        public Subject authenticate(String user, String password, RemotingConnection connection, String domain) {
            X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
            if (chain == null || chain.length == 0) {
                LOG.warn("a client without a certificate");
                return null;
            }
            try {
                Peer peer = time.verify(chain[0], trust);
                return new Subject(true, Set.of(new UserPrincipal(peer.id())), Set.of(peer), Set.of());
            } catch (TrustException e) {
                LOG.warn("a client is not let in: {}", e.getMessage());
                return null;
            }
        }

        @Override
        public boolean authorize(Subject subject, Set<Role> roles, CheckType check, String address) {
            return subject.getPublicCredentials(Peer.class).stream().anyMatch(peer -> allows(peer, check, address));
        }

        private boolean allows(Peer peer, CheckType check, String address) {
            // A subscription's queue comes as ADDRESS::QUEUE; the rule is about the address.
            int queue = address.indexOf("::");
            String topic = MQTTUtil.getMqttTopicFromCoreAddress(
                    queue < 0 ? address : address.substring(0, queue),
                    WildcardConfiguration.DEFAULT_WILDCARD_CONFIGURATION);
            return switch (check) {
                case SEND -> Access.allows(peer, gatewayId, Right.PUBLISH, topic);
                case CONSUME,
                        CREATE_NON_DURABLE_QUEUE,
                        CREATE_DURABLE_QUEUE,
                        DELETE_NON_DURABLE_QUEUE,
                        DELETE_DURABLE_QUEUE -> Access.allows(peer, gatewayId, Right.SUBSCRIBE, topic);
                case CREATE_ADDRESS ->
                    Access.allows(peer, gatewayId, Right.PUBLISH, topic)
                            || Access.allows(peer, gatewayId, Right.SUBSCRIBE, topic);
                default -> false;
            };
        }

        @Override
        public boolean validateUser(String user, String password) {
            return false;
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
            return false;
        }
    }
}
