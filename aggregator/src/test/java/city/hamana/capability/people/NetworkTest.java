package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest(name = "{0} calls from {1}")
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:0db8:0001:0002::1, 2001:db8:1:2::/64",
        "2001:db8::1, 2001:db8:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::1, 0:0:0:0::/64",
        "::ffff:192.0.2.7, 192.0.2.7",
        "not-an-address, not-an-address",
        "1:2:3:4:5:6:7:8:9, 1:2:3:4:5:6:7:8:9"
    })
    void aHomeIsOneNetwork(String address, String network) {
        assertEquals(network, Network.of(address));
    }
}
