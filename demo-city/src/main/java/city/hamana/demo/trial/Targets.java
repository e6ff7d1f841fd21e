package city.hamana.demo.trial;

import city.hamana.demo.city.Plan;
import java.util.List;

/** What a fault can be done to. */
enum Targets {
    PROGRAMS,
    NODES,
    EDGE,
    SMALL_DISKS,
    LINES,
    GATEWAY,
    CITY_HALL;

    List<String> names() {
        return switch (this) {
            case PROGRAMS ->
                List.of(Plan.NODE_1, Plan.NODE_2, Plan.GATEWAY, Plan.AGGREGATOR, Plan.PROVISIONING, Plan.SIMULATOR);
            case NODES -> List.of(Plan.NODE_1, Plan.NODE_2);
            case EDGE -> List.of(Plan.NODE_1, Plan.NODE_2, Plan.GATEWAY);
            case SMALL_DISKS -> List.of(Plan.NODE_1, Plan.GATEWAY);
            case LINES -> List.of(Lines.NODE_1_BROKER, Lines.NODE_2_BROKER, Lines.GATEWAY_CITY, Lines.EST);
            case GATEWAY -> List.of(Plan.GATEWAY);
            case CITY_HALL -> List.of(Plan.AGGREGATOR);
        };
    }
}
