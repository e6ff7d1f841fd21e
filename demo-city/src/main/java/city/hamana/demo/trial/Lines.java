package city.hamana.demo.trial;

import city.hamana.demo.city.Plan;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lines between the programs of a city, each through a {@link Proxy}. */
final class Lines implements AutoCloseable {
    private static final String TO = " to ";

    static final String NODE_1_BROKER = Plan.NODE_1 + TO + Plan.GATEWAY;
    static final String NODE_2_BROKER = Plan.NODE_2 + TO + Plan.GATEWAY;
    static final String GATEWAY_CITY = Plan.GATEWAY + TO + Plan.AGGREGATOR;
    static final String EST = "devices" + TO + Plan.PROVISIONING;

    private final Map<String, Proxy> proxies = new LinkedHashMap<>();

    private Lines() {}

    /** Lines to the ports of a plan. */
    static Lines of(Plan plan) throws IOException {
        Lines lines = new Lines();
        lines.proxies.put(NODE_1_BROKER, Proxy.to(plan.broker()));
        lines.proxies.put(NODE_2_BROKER, Proxy.to(plan.broker()));
        lines.proxies.put(GATEWAY_CITY, Proxy.to(plan.devices()));
        lines.proxies.put(EST, Proxy.to(plan.est()));
        return lines;
    }

    Proxy line(String name) {
        return proxies.get(name);
    }

    int port(String name) {
        return line(name).port();
    }

    /** Whose line it is; any other target is its own near end. */
    static String nearEnd(String target) {
        return target.split(TO, 2)[0];
    }

    @Override
    public void close() {
        proxies.values().forEach(Proxy::close);
    }
}
