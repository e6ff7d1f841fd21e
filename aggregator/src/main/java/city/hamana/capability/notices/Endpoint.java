package city.hamana.capability.notices;

import city.hamana.platform.access.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a push service takes messages for one browser (RFC 8030 §5). The browser says it, so anybody may: it must be on
 * the open net and spoken to by TLS, or this program would ask machines of the city hall for whoever signs in.
 */
record Endpoint(URI address) {
    static final int LONGEST = 1_000;

    private static final int TLS_PORT = 443;
    private static final int IPV4_BYTES = 4;
    private static final int SHARED = 100;

    /** Empty when it is no address of a push service by its looks. */
    static Optional<Endpoint> of(String text, boolean anywhere) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean whole = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            boolean open = "https".equals(uri.getScheme()) && (uri.getPort() == -1 || uri.getPort() == TLS_PORT);
            boolean taken = whole && (open || (anywhere && "http".equals(uri.getScheme())));
            return taken ? Optional.of(new Endpoint(uri)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether its name leads to the open net only. A name that leads elsewhere a moment later meets a machine without a
     * certificate for it, and gets no byte of the message.
     *
     * @throws UnknownHostException if it leads nowhere at present
     */
    boolean isPublic() throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(address.getHost())).noneMatch(Endpoint::isInside);
    }

    /** To whom the token is made out: scheme, host, and the port where it is not the usual one. */
    String origin() {
        int port = address.getPort();
        return address.getScheme() + "://" + address.getHost() + (port == -1 || port == TLS_PORT ? "" : ":" + port);
    }

    /** SHA-256 in hex: short enough for an index, and no way to the browser. */
    String mark() {
        return Secret.hash(address.toString());
    }

    private static boolean isInside(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        // 0/8, 100.64/10 (RFC 6598), 192.0.0/24, 198.18/15 and above 224; fc00::/7 (RFC 4193), 64:ff9b::/96, 2002::/16.
        boolean special = bytes.length == IPV4_BYTES
                ? first == 0
                        || (first == SHARED && second >= 64 && second < 128)
                        || (first == 192 && second == 0 && bytes[2] == 0)
                        || (first == 198 && (second == 18 || second == 19))
                        || first >= 224
                : (first & 0xfe) == 0xfc
                        || (first == 0 && second == 0x64)
                        || (first == 0x20 && second == 0x02)
                        || (first == 0 && second == 0);
        return special
                || ip.isLoopbackAddress()
                || ip.isAnyLocalAddress()
                || ip.isSiteLocalAddress()
                || ip.isLinkLocalAddress()
                || ip.isMulticastAddress();
    }
}
