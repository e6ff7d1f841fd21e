package city.hamana.aggregator;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.platform.http.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A city with one of everything that an address can name, and the address of each route in it. What residents have is
 * hanako's; what staff have is suzuki's or the water division's.
 */
record Places(City city, Map<String, String> places) {
    static Places furnished() {
        return furnish(TestCity.open());
    }

    static Places furnish(City empty) {
        City city = PagesTest.furnish(empty);
        Map<String, String> places = new HashMap<>(PagesTest.places());
        Guest hanako = Guest.signedIn(city, "hanako");
        hanako.get("/me");
        hanako.post("/me/mandates", Map.of("until", "2017-06-30"));
        String code = hanako.post("/me/mandates", Map.of("until", "2017-06-30"))
                .body()
                .replaceFirst("(?s).*accept\\?code=([A-Za-z0-9_-]+)<.*", "$1");
        Guest ichiro = Guest.signedIn(city, "ichiro");
        ichiro.get("/me");
        ichiro.post("/me/mandates/accept", Map.of("code", code));
        places.put("/me/mandates/{id}", "/me/mandates/" + number(city, "SELECT MAX(id) FROM people_mandate"));
        city.database().inTransaction(Places::addPasskey);
        places.put("/account/passkeys/{id}", "/account/passkeys/" + number(city, "SELECT MAX(id) FROM people_passkey"));
        places.put("/staff/people/{id}", "/staff/people/" + TestCity.party(city, "hanako"));
        places.put("/staff/accounts/{id}", "/staff/accounts/" + TestCity.party(city, "kato"));
        return new Places(city, places);
    }

    /** The route's address; names that stand for nothing known become {@code x}. */
    String address(Route route) {
        String rest = "";
        String path = route.path();
        while (!path.isEmpty()) {
            if (places.containsKey(path)) {
                return places.get(path) + rest.replaceAll("\\{[^}]+}", "x");
            }
            int slash = path.lastIndexOf('/');
            rest = path.substring(slash) + rest;
            path = path.substring(0, slash);
        }
        return rest.replaceAll("\\{[^}]+}", "x");
    }

    /** Whether its address names one thing of somebody's. */
    boolean namesSomething(Route route) {
        return route.path().contains("{") && places.keySet().stream().anyMatch(route.path()::startsWith);
    }

    long events() {
        return Long.parseLong(number(city, "SELECT COUNT(*) FROM events_log"));
    }

    /** What the page's forms of this guest need: their browser gets its token. */
    Guest guest(String name) {
        Guest guest = name.isEmpty() ? new Guest(city) : Guest.signedIn(city, name);
        guest.get("/accessibility");
        return guest;
    }

    List<Route> people() {
        return city.routes().all().stream().filter(r -> !r.role().program()).toList();
    }

    static boolean hidden(Answer answer) {
        return answer.status() == 403 || answer.status() == 404;
    }

    private static int addPasskey(Handle tx) {
        return tx.execute("""
                INSERT INTO people_passkey (credential_hash, credential, user_id, public_key, signatures, label,
                                            created_ms, used_ms)
                SELECT ?, 'AA', id, 'AA', 0, '花子の電話', 0, 0 FROM people_user WHERE name = 'hanako'
                """, SignInWalk.hash("places"));
    }

    private static String number(City city, String sql) {
        return city.database()
                .inTransaction(tx -> tx.createQuery(sql).mapTo(String.class).one());
    }
}
