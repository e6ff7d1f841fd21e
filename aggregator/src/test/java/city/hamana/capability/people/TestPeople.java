package city.hamana.capability.people;

import city.hamana.capability.rules.Rules;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** People with valid defaults, for tests of what stands on them. */
public final class TestPeople {
    private TestPeople() {}

    /** People who are told nothing. */
    public static People of(Database database, Events events, InstantSource clock, SignInSettings settings) {
        Rules rules = new Rules(database, events, new Html(), Clock.system(ZoneId.of("Asia/Tokyo")));
        return new People(
                database, events, new Html(), clock, clock, settings, rules, (tx, to, words, values, link) -> {});
    }

    public static SignInSettings settings(SignInSettings.SecondFactor factor) {
        return new SignInSettings(URI.create("https://localhost"), factor, Optional.empty(), Optional.empty());
    }
}
