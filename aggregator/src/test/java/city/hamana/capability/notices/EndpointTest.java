package city.hamana.capability.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EndpointTest {
    @TestFactory
    Stream<DynamicTest> noAddressLeadsInsideTheCitysOwnNetwork() {
        return Stream.of(
                        "127.0.0.1",
                        "127.9.9.9",
                        "0.0.0.0",
                        "10.0.0.1",
                        "172.16.0.1",
                        "172.31.255.255",
                        "192.168.1.1",
                        "169.254.169.254",
                        "100.64.0.1",
                        "100.127.255.255",
                        "192.0.0.8",
                        "198.18.0.1",
                        "224.0.0.1",
                        "255.255.255.255",
                        "[::1]",
                        "[::]",
                        "[::ffff:127.0.0.1]",
                        "[::ffff:10.1.2.3]",
                        "[::7f00:1]",
                        "[fe80::1]",
                        "[fc00::1]",
                        "[fd12:3456::1]",
                        "[ff02::1]",
                        "[64:ff9b::7f00:1]",
                        "[2002:7f00:1::]",
                        "2130706433",
                        "localhost")
                .map(host -> DynamicTest.dynamicTest(host, () -> assertFalse(isPublic(host))));
    }

    @TestFactory
    Stream<DynamicTest> theOpenNetIsOpen() {
        return Stream.of(
                        "8.8.8.8",
                        "100.63.255.255",
                        "100.128.0.1",
                        "172.32.0.1",
                        "192.0.2.1",
                        "[2001:db8::1]",
                        "[2606:4700::1]")
                .map(host -> DynamicTest.dynamicTest(host, () -> assertTrue(isPublic(host))));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoAddressOfAPushServiceIsRefused() {
        return Stream.of(
                        "http://push.example/a",
                        "https://push.example:8443/a",
                        "https://user@push.example/a",
                        "https://push.example/a#b",
                        "ftp://push.example/a",
                        "file:///etc/passwd",
                        "//push.example/a",
                        "https:///a",
                        "https://push example/a",
                        "",
                        "https://push.example/" + "a".repeat(1_000))
                .map(text -> DynamicTest.dynamicTest(
                        "'" + text.substring(0, Math.min(40, text.length())) + "'",
                        () -> assertTrue(Endpoint.of(text, false).isEmpty())));
    }

    @Test
    void theTokenIsMadeOutToTheOrigin() {
        assertEquals("https://push.example", origin("https://push.example/a?b=c"));
        assertEquals("https://push.example", origin("https://push.example:443/a"));
    }

    private static boolean isPublic(String host) throws UnknownHostException {
        return Endpoint.of("https://" + host + "/a", false)
                .map(endpoint -> {
                    try {
                        return endpoint.isPublic();
                    } catch (UnknownHostException e) {
                        return false;
                    }
                })
                .orElse(false);
    }

    private static String origin(String address) {
        return Endpoint.of(address, false).orElseThrow().origin();
    }
}
