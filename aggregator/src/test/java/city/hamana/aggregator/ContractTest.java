package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.access.Role;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Route;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.ServiceModule;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every module of the city keeps to. */
class ContractTest {
    private static final Pattern WIDE_CATCH = Pattern.compile("catch \\((final )?(Exception|Throwable) ");
    private static final Set<Role> OPEN = Set.of(Role.ANYONE, Role.ANY_PROGRAM);
    private static City city;

    @BeforeAll
    static void open() {
        city = TestCity.open();
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void everyRouteRefusesAStranger() {
        DirectClient people = new DirectClient(city.routes().publicListener(city.site()));
        DirectClient devices = new DirectClient(city.routes().deviceListener(city.site()));
        for (Route route : city.routes().all()) {
            if (!OPEN.contains(route.role())) {
                DirectClient client = route.role() == Role.DEVICE ? devices : people;
                assertEquals(refusal(route), status(client, route), route.method() + " " + route.path());
            }
        }
    }

    @Test
    void deviceRoutesAreNotOnThePublicListenerAndTheOthersNotOnTheDevices() {
        DirectClient people = new DirectClient(city.routes().publicListener(city.site()));
        DirectClient devices = new DirectClient(city.routes().deviceListener(city.site()));
        for (Route route : city.routes().all()) {
            DirectClient wrong = route.role() == Role.DEVICE ? people : devices;
            assertEquals(404, status(wrong, route), route.path());
        }
    }

    @Test
    void everyTableCarriesItsModulesName() {
        List<String> prefixes = Stream.concat(
                        Stream.of("events_", "jobs_"), city.modules().stream().map(m -> m.name() + "_"))
                .toList();
        for (String table : city.database().tables()) {
            assertTrue(prefixes.stream().anyMatch(table::startsWith), table);
        }
    }

    /** A column that holds somebody's id follows when two entries are joined, or stands here with its reason. */
    @Test
    void everyColumnOfAPartyFollowsOrIsKnownToStay() {
        Set<String> staying = Set.of(
                // What somebody has agreed to, or wishes, is not widened by being joined.
                "people_consent.party_id",
                "people_erasure.party_id",
                "notices_preference.party",
                "notices_line.party",
                "notices_code.party",
                "notices_push.party",
                // What belongs to the entry itself.
                "people_word.party_id",
                "people_alike.party_id",
                "people_invitation.principal_id");
        Set<String> named = city.modules().stream()
                .flatMap(module -> module.partyColumns().stream())
                .map(column -> column.table() + "." + column.column())
                .collect(Collectors.toSet());
        List<String> forgotten = city.database().tables().stream()
                .filter(table -> !table.endsWith("_migrations"))
                .flatMap(table -> columns(table).stream().map(column -> table + "." + column))
                .filter(column -> column.matches(".*\\.(party|party_id|applicant|writer|principal_id|agent_id)"))
                .filter(column -> !named.contains(column) && !staying.contains(column))
                .toList();
        assertEquals(List.of(), forgotten);
    }

    private static List<String> columns(String table) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT * FROM " + table + " WHERE 1 = 0")
                        .scanResultSet((rows, context) -> {
                            List<String> names = new ArrayList<>();
                            ResultSetMetaData about = rows.get().getMetaData();
                            for (int i = 1; i <= about.getColumnCount(); i++) {
                                names.add(about.getColumnName(i).toLowerCase(Locale.ROOT));
                            }
                            return names;
                        }));
    }

    @Test
    void migrationsApplyTwice() {
        TreeSet<String> before = new TreeSet<>(city.database().tables());
        city.database().migrate(Events.SCHEMA);
        city.database().migrate(Jobs.SCHEMA);
        city.modules().forEach(module -> city.database().migrate(module.schema()));
        assertEquals(before, city.database().tables());
    }

    @Test
    void theDemonstrationsDataLoadTwice() {
        city.database().inTransaction(tx -> {
            city.modules().forEach(module -> module.seed(tx));
            return 0;
        });
    }

    @Test
    void modulesHaveDifferentNames() {
        assertEquals(
                city.modules().size(),
                city.modules().stream().map(ServiceModule::name).distinct().count());
    }

    @Test
    void theEventLogIsWhole() {
        assertTrue(city.database().inTransaction(city.events()::verify).broken().isEmpty());
    }

    @Test
    void nothingIsCaughtWidely() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> wide = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> WIDE_CATCH.matcher(read(f)).find())
                    .toList();
            assertEquals(List.of(), wide);
        }
    }

    private static int refusal(Route route) {
        return switch (route.role()) {
            case ANYONE, ANY_PROGRAM -> 200;
            case PERSON, RESIDENT, STAFF, ADMIN, AUDITOR -> route.method().equals("GET") ? 303 : 401;
            case API_TOKEN -> 401;
            case DEVICE -> 403;
        };
    }

    private static int status(DirectClient client, Route route) {
        String path = route.path().replaceAll("\\{[^}]+}", "x");
        try (Http1ClientResponse response = client.method(Method.create(route.method()))
                .path(path)
                .followRedirects(false)
                .request()) {
            return response.status().code();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
