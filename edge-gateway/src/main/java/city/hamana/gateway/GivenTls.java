package city.hamana.gateway;

import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactory;

/**
 * Lets Artemis take the TLS context that stands in its acceptor's parameters. Artemis' own factories make one from key
 * stores on the disk, judge by the system's clock, and remember it beyond a renewal. Found as a Java service.
 */
public final class GivenTls implements SSLContextFactory {
    private static final int BEFORE_THOSE_OF_ARTEMIS = 100;

    /** For the service loader. */
    public GivenTls() {}

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> acceptor) {
        return (SSLContext) acceptor.get(TransportConstants.SSL_CONTEXT_PROP_NAME);
    }

    @Override
    public int getPriority() {
        return BEFORE_THOSE_OF_ARTEMIS;
    }
}
