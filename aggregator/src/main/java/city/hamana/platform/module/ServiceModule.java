package city.hamana.platform.module;

import city.hamana.platform.db.Schema;
import city.hamana.platform.html.Door;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * One module of the city. Its migrations ({@code migrations/V1__….sql}) and words ({@code words/ja.properties} …) stand
 * in the resources folder of its package, its templates in the same folder under {@code src/main/jte}.
 */
public interface ServiceModule {
    /** Small letters; prefix of its tables and of its words. */
    String name();

    /** One line per route, the role on every one. */
    void routes(Routes routes);

    /** Its entrances in the head of the page. */
    default List<Door> doors() {
        return List.of();
    }

    /** What it shows on the page of a division's day. */
    default List<Panel> panels() {
        return List.of();
    }

    /** What runs beside the requests. */
    default void jobs(Jobs jobs) {}

    /** What must be there before anyone calls; at every start, after the migrations of all modules. */
    default void begin(Handle tx) {}

    /** Data without which a demonstration shows nothing; called at every start of one, so it looks before it adds. */
    default void seed(Handle tx) {}

    /**
     * Everything this module holds about a party, for the party to take along: names of facts and their values, which are
     * texts, numbers, booleans, lists and maps.
     */
    default Map<String, Object> personalData(Handle tx, String party) {
        return Map.of();
    }

    /** Ends what of a person's stays open without a session: the person, or staff, have ended all sessions. */
    default void signedOutEverywhere(Handle tx, String person) {}

    /** Takes out what this module knows of a party, but for what the law has the city keep; that stays by its number. */
    default void erase(Handle tx, String party) {}

    /**
     * The columns in which this module keeps a party's id, so that they follow when two entries of one person are joined. What
     * somebody has agreed to, or wishes, is not among them: of that, the entry's own holds that stays.
     */
    default List<PartyColumn> partyColumns() {
        return List.of();
    }

    default Schema schema() {
        return new Schema(name(), getClass());
    }
}
