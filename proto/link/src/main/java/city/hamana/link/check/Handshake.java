package city.hamana.link.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A broker met by mutual TLS and left again before any MQTT: as this device, a connection would end the program's own.
 *
 * @param peer whose certificate it showed; empty if it was not met
 * @param refusal why it was not met
 */
record Handshake(String address, String peer, Optional<String> refusal) {
    private static final int CONNECT_MS = 5_000;
    /** TLS 1.3 says only after the handshake that a client is not wanted; silence means that it is. */
    private static final int SILENCE_MS = 300;

    static Handshake with(URI broker, SSLContext tls) {
        String address = broker.getHost() + ":" + broker.getPort();
        try {
            return new Handshake(address, meet(broker, tls), Optional.empty());
        } catch (IOException e) {
            return new Handshake(address, "", Optional.of(RoundTrips.reason(e)));
        }
    }

    private interface Talk<T> {
        T on(SSLSocket socket) throws IOException;
    }

    /** A connection and a handshake, and no more: for measuring. */
    static void greet(URI broker, SSLContext tls) throws IOException {
        connected(broker, tls, SSLSocket::getSession);
    }

    /** The name in its certificate, once it is certain that it wants this device. */
    private static String meet(URI broker, SSLContext tls) throws IOException {
        return connected(broker, tls, socket -> {
            requireSilence(socket);
            return socket.getSession().getPeerPrincipal().getName();
        });
    }

    private static <T> T connected(URI broker, SSLContext tls, Talk<T> talk) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(broker.getHost(), broker.getPort()), CONNECT_MS);
            plain.setSoTimeout(CONNECT_MS);
            try (SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, broker.getHost(), broker.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return talk.on(socket);
            }
        }
    }

    private static void requireSilence(SSLSocket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MS);
        try {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("it hangs up on this device's certificate");
            }
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(CONNECT_MS);
        }
    }
}
