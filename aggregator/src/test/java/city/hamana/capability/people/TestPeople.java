package city.hamana.capability.people;

import city.hamana.capability.rules.Rules;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return new SignInSettings(
                URI.create("https://localhost"), factor, Optional.empty(), keysFile(), Optional.empty());
    }

    /** Where nothing is yet; a city makes it. */
    public static Path keysFile() {
        try {
            Path folder = Files.createTempDirectory("keys");
            Path file = folder.resolve("secrets.key");
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
