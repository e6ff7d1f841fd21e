package city.hamana.platform.http;

import city.hamana.platform.access.Role;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.List;

/**
 * All routes of the city. A module writes its own as one column: {@code routes.get("/water", Role.RESIDENT, this::day)}.
 * Routes of {@link Role#DEVICE} stand on the device listener, all others on the public one.
 */
public final class Routes {
    private static final int LONGEST_FORM_BYTES = 64 << 10;

    private final String module;
    private final List<Route> all;

    public Routes() {
        this("none", new ArrayList<>());
    }

    private Routes(String module, List<Route> all) {
        this.module = module;
        this.all = all;
    }

    /** The same list of routes, to be written to by this module. */
    public Routes of(String name) {
        return new Routes(name, all);
    }

    public Routes get(String path, Role role, Handler handler) {
        return add(new Route(module, "GET", path, role, false, 0, handler));
    }

    /** A form of at most 64 KiB from a page; or, for a role that is a program's, a small body. */
    public Routes post(String path, Role role, Handler handler) {
        return post(path, role, LONGEST_FORM_BYTES, handler);
    }

    /** A body of at most {@code longestBytes}, which the handler reads with {@link Call#body()} unless it is a form. */
    public Routes post(String path, Role role, int longestBytes, Handler handler) {
        return add(new Route(module, "POST", path, role, false, longestBytes, handler));
    }

    /** A form from a page that may hold files, {@code multipart/form-data}, all of it at most {@code longestBytes}. */
    public Routes upload(String path, Role role, int longestBytes, Handler handler) {
        return add(new Route(module, "POST", path, role, true, longestBytes, handler));
    }

    public List<Route> all() {
        return List.copyOf(all);
    }

    /** What the public listener serves. */
    public HttpRouting.Builder publicListener(Site site) {
        return listener(site, all.stream().filter(r -> r.role() != Role.DEVICE).toList());
    }

    /** What the device listener serves. */
    public HttpRouting.Builder deviceListener(Site site) {
        return listener(site, all.stream().filter(r -> r.role() == Role.DEVICE).toList());
    }

    private Routes add(Route route) {
        all.add(route);
        return this;
    }

    private static HttpRouting.Builder listener(Site site, List<Route> routes) {
        Serving serving = new Serving(site);
        HttpRouting.Builder routing = HttpRouting.builder();
        for (Route route : routes) {
            routing.route(Method.create(route.method()), route.path(), (req, res) -> serving.serve(route, req, res));
        }
        Route nothing = new Route("none", "ANY", "/*", Role.ANYONE, false, 0, call -> Reply.notFound());
        return routing.any((req, res) -> serving.serve(nothing, req, res));
    }
}
