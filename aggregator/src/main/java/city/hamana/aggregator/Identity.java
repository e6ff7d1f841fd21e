package city.hamana.aggregator;

import city.hamana.platform.http.Caller;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Who this server is, and how it knows a device.
 *
 * @param context with the server's key and certificate; its trust is the city's authority
 * @param device checks a client's certificate; empty when it is not a device of the city
 */
public record Identity(SSLContext context, Function<X509Certificate, Optional<Caller.Device>> device) {}
