package city.hamana.sensor.level;

import city.hamana.messages.LevelCondition;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is the case at the road.
 *
 * @param depthMm as the gauges that can be believed say, never below 0; empty while none does
 * @param conditions of the place
 * @param gauges conditions of each gauge, by its id
 * @param aspect what the sign is to show by this
 * @param reason why
 * @param mayOpen staff may open the road against the aspect: no gauge that can be believed tells the depth at which it is
 *     closed, and the float is not lifted
 * @param next when to look again
 */
public record Assessment(
        OptionalInt depthMm,
        Set<LevelCondition> conditions,
        Map<String, Set<LevelCondition>> gauges,
        SignAspect aspect,
        SignReason reason,
        boolean mayOpen,
        Duration next) {}
