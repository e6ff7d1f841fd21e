package city.hamana.platform.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The city's own reverse proxies. Only what they say is believed of where a call comes from: of the addresses in their
 * header, from the right, the first that is no proxy's. What stands further left anybody may have written.
 *
 * @param ranges of their addresses; none: the header is not looked at
 * @param header the one that they write; the other may come from anybody
 */
public record TrustedProxies(List<Range> ranges, Header header) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), Header.X_FORWARDED_FOR);

    private static final int MOST_RANGES = 50;
    private static final int MOST_HOPS = 32;
    private static final int LONGEST_HEADER = 4_000;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern IPV4_PORT = Pattern.compile("(" + IPV4 + "):\\d{1,5}");
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)](:\\d{1,5})?");
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;]*)");

    /** Which header tells the hops. */
    public enum Header {
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** RFC 7239. */
        FORWARDED("Forwarded");

        private final String field;

        Header(String field) {
            this.field = field;
        }

        String field() {
            return field;
        }
    }

    /**
     * A range of addresses, as CIDR writes it.
     *
     * @param bits how many of the first are the same in all of them
     */
    public record Range(InetAddress first, int bits) {
        boolean holds(InetAddress address) {
            byte[] one = first.getAddress();
            byte[] other = address.getAddress();
            if (one.length != other.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            int mask = (0xFF << (Byte.SIZE - rest)) & 0xFF;
            return Arrays.equals(one, 0, whole, other, 0, whole)
                    && (rest == 0 || (one[whole] & mask) == (other[whole] & mask));
        }
    }

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads {@code 10.0.0.0/8, fd00::/8, 192.0.2.7}.
     *
     * @throws IllegalArgumentException if a part is no address or range
     */
    public static TrustedProxies of(String text, Header header) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", MOST_RANGES)) {
            if (!part.isBlank()) {
                ranges.add(range(part.strip()));
            }
        }
        return new TrustedProxies(ranges, header);
    }

    /**
     * Where a call comes from.
     *
     * @param peer address of the other end of the line
     * @param lines of the header, in their order
     */
    String client(String peer, List<String> lines) {
        Optional<InetAddress> nearest = address(peer);
        if (ranges.isEmpty() || nearest.isEmpty() || !trusted(nearest.get())) {
            return peer;
        }
        String client = nearest.get().getHostAddress();
        for (String hop : hops(lines)) {
            Optional<InetAddress> address = address(hop);
            if (address.isEmpty()) {
                // A proxy that does not know, or garbage: the last address that is known counts.
                return client;
            }
            client = address.get().getHostAddress();
            if (!trusted(address.get())) {
                return client;
            }
        }
        return client;
    }

    /** From the right, at most 32. */
    private List<String> hops(List<String> lines) {
        String all = String.join(",", lines);
        String end = all.length() > LONGEST_HEADER ? all.substring(all.length() - LONGEST_HEADER) : all;
        List<String> hops = Arrays.asList(end.split(",", -1));
        return hops.reversed().stream().limit(MOST_HOPS).map(this::bare).toList();
    }

    /** Without quotes, brackets and port. */
    private String bare(String hop) {
        String text = hop.strip();
        if (header == Header.FORWARDED) {
            Matcher named = FOR.matcher(text);
            text = named.find() ? named.group(1).strip() : "";
        }
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        Matcher brackets = BRACKETS.matcher(text);
        if (brackets.matches()) {
            return brackets.group(1);
        }
        Matcher port = IPV4_PORT.matcher(text);
        return port.matches() ? port.group(1) : text;
    }

    private boolean trusted(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    private static Range range(String text) {
        String[] parts = text.split("/", 2);
        InetAddress first =
                address(parts[0]).orElseThrow(() -> new IllegalArgumentException(text + " is no address or range"));
        int longest = first.getAddress().length * Byte.SIZE;
        String bits = parts.length == 2 ? parts[1] : Integer.toString(longest);
        if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > longest) {
            throw new IllegalArgumentException(text + " is no address or range");
        }
        return new Range(first, Integer.parseInt(bits));
    }

    /** No name is ever looked up: only what is written as an address is one. */
    private static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches()
                && !(text.contains(":") && IPV6.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
