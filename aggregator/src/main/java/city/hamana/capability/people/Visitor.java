package city.hamana.capability.people;

import city.hamana.platform.http.Call;
import java.util.Optional;

/**
 * What a browser that signs in brings along.
 *
 * @param network from which it calls, see {@link Network}
 * @param browser in words
 * @param session secret of the session it has, if any
 * @param device secret by which it is known again, if any
 * @param step secret of the sign-in under way, if any
 */
record Visitor(
        String network, String browser, Optional<String> session, Optional<String> device, Optional<String> step) {
    static Visitor of(Call call) {
        return new Visitor(
                Network.of(call.address()),
                Browser.of(call.header("User-Agent").orElse("")),
                call.cookie(Call.SESSION_COOKIE),
                call.cookie(KnownDevices.COOKIE),
                call.cookie(Steps.COOKIE));
    }
}
