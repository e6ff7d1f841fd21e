package city.hamana.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.hamana.platform.http.TrustedProxies.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final String PROXIES = "10.0.0.0/8, 192.0.2.7, fd00::/8";

    @ParameterizedTest(name = "from {0} saying {1}: {2}")
    @CsvSource({
        // Nobody else is believed, whatever they write.
        "203.0.113.9, 198.51.100.1, 203.0.113.9",
        "192.0.2.8, 198.51.100.1, 192.0.2.8",
        // Of a proxy, the right-most that is no proxy's.
        "10.1.2.3, 198.51.100.1, 198.51.100.1",
        "10.1.2.3, '127.0.0.1, 1.2.3.4, 198.51.100.1', 198.51.100.1",
        "10.1.2.3, '1.2.3.4, 198.51.100.1, 10.9.9.9, 192.0.2.7', 198.51.100.1",
        // All of them proxies: the first of them.
        "10.1.2.3, '10.0.0.4, 10.0.0.5', 10.0.0.4",
        // IPv6, with port and brackets or without; an IPv4 address within one is that address.
        "fd12::1, 2001:db8::7, 2001:db8:0:0:0:0:0:7",
        "fd12::1, '[2001:db8::7]:4711', 2001:db8:0:0:0:0:0:7",
        "0:0:0:0:0:ffff:a01:203, 198.51.100.1, 198.51.100.1",
        "10.1.2.3, ::ffff:198.51.100.1, 198.51.100.1",
        "10.1.2.3, 198.51.100.1:50000, 198.51.100.1",
        // Garbage ends the walk where something is known.
        "10.1.2.3, unknown, 10.1.2.3",
        "10.1.2.3, '198.51.100.1, unknown', 10.1.2.3",
        "10.1.2.3, '198.51.100.1, <script>, 10.0.0.9', 10.0.0.9",
        "10.1.2.3, 'localhost', 10.1.2.3",
        "10.1.2.3, '999.1.1.1', 10.1.2.3",
        "10.1.2.3, '1', 10.1.2.3",
        "10.1.2.3, '', 10.1.2.3",
        "10.1.2.3, ',,,', 10.1.2.3",
        "10.1.2.3, '198.51.100.1,', 10.1.2.3",
        "not an address, 198.51.100.1, not an address"
    })
    void theRightMostAddressThatIsNoProxysCounts(String peer, String header, String client) {
        TrustedProxies proxies = TrustedProxies.of(PROXIES, Header.X_FORWARDED_FOR);
        assertEquals(client, proxies.client(peer, List.of(header)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=198.51.100.1 | 198.51.100.1",
                "for=1.2.3.4, for=198.51.100.1;proto=https;by=10.0.0.1 | 198.51.100.1",
                "proto=https;For=\"[2001:db8::7]:4711\" | 2001:db8:0:0:0:0:0:7",
                "for=\"198.51.100.1:50000\", for=10.0.0.9 | 198.51.100.1",
                "for=_hidden | 10.1.2.3",
                "by=198.51.100.1 | 10.1.2.3",
                "198.51.100.1 | 10.1.2.3"
            })
    void theStandardsHeaderIsReadToo(String header, String client) {
        TrustedProxies proxies = TrustedProxies.of(PROXIES, Header.FORWARDED);
        assertEquals(client, proxies.client("10.1.2.3", List.of(header)));
    }

    @Test
    void severalLinesAreOneList() {
        TrustedProxies proxies = TrustedProxies.of(PROXIES, Header.X_FORWARDED_FOR);
        assertEquals("198.51.100.1", proxies.client("10.1.2.3", List.of("1.2.3.4", "198.51.100.1", "10.0.0.9")));
    }

    @Test
    void aListWithoutEndIsReadFromTheRightForAWhile() {
        TrustedProxies proxies = TrustedProxies.of(PROXIES, Header.X_FORWARDED_FOR);
        String endless = "1.2.3.4," + "10.0.0.1,".repeat(100_000);
        assertEquals("10.0.0.1", proxies.client("10.1.2.3", List.of(endless + "10.0.0.1")));
        assertEquals("198.51.100.1", proxies.client("10.1.2.3", List.of(endless + "198.51.100.1")));
    }

    @Test
    void withoutProxiesNoHeaderIsBelieved() {
        assertEquals("10.1.2.3", TrustedProxies.NONE.client("10.1.2.3", List.of("198.51.100.1")));
        assertEquals("127.0.0.1", TrustedProxies.NONE.client("127.0.0.1", List.of("198.51.100.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "fd00::/129", "proxy.example", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/", "/8"})
    void whatIsNoRangeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(text, Header.X_FORWARDED_FOR));
    }
}
