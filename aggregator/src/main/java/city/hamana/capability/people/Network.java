package city.hamana.capability.people;

import java.util.Arrays;
import java.util.stream.Collectors;

/** From where somebody calls, as far as it tells one home from another. */
final class Network {
    private static final int GROUPS = 8;
    private static final int OF_A_HOME = 4;

    private Network() {}

    /**
     * An IPv4 address as it is; of an IPv6 address the first 64 bits, for within them a home changes its addresses as it
     * likes (RFC 8981). What is no address is one network of its own.
     */
    static String of(String address) {
        String bare = address.replaceFirst("%.*", "");
        if (!bare.contains(":")) {
            return bare;
        }
        if (bare.matches("(?i)(0*:)*:?(0*:)*ffff:\\d+\\.\\d+\\.\\d+\\.\\d+")) {
            return bare.substring(bare.lastIndexOf(':') + 1);
        }
        String[] halves = bare.split("::", 2);
        String[] first = groups(halves[0]);
        String[] last = halves.length == 2 ? groups(halves[1]) : new String[0];
        String[] all = new String[GROUPS];
        Arrays.fill(all, "0");
        if (first.length + last.length > GROUPS) {
            return bare;
        }
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(last, 0, all, GROUPS - last.length, last.length);
        return Arrays.stream(all, 0, OF_A_HOME)
                        .map(group -> group.replaceFirst("^0+(?=.)", ""))
                        .collect(Collectors.joining(":"))
                + "::/64";
    }

    private static String[] groups(String half) {
        return half.isEmpty() ? new String[0] : half.split(":");
    }
}
