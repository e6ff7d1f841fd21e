package city.hamana.capability.maps;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.platform.text.Language;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What stands where in the city: for services to ask, for people as a map, for programs as OGC API – Features. */
public final class Maps implements ServiceModule {
    /** The city's border (a sample until the real one is loaded). */
    public static final String CITY = "city";

    /** Roads by who looks after them; the property {@code class} is national, prefectural, city, farm or private. */
    public static final String ROADS = "roads";

    /** Where people go: offices, schools, stations; the property {@code kind}. */
    public static final String FACILITIES = "facilities";

    private static final int MOST_HOLDING = 100;
    private static final int MOST_NEAR = 100;
    private static final int MOST_OUTLINES = 1_000;
    private static final int MOST_LABELS = 300;
    private static final double FARTHEST_M = 100_000;

    private final FeatureStore store = new FeatureStore();
    private final Layers layers = new Layers();
    private final Events events;
    private final Clock clock;
    private final Tiles tiles;
    private final FeaturesApi api;
    private final MapPage page;
    private final LayerUpload upload;

    /**
     * @param clock the city's
     * @param publicAddress where programs reach this city, for links
     */
    public Maps(Database database, Events events, Html html, Clock clock, URI publicAddress, Tiles tiles) {
        this.events = events;
        this.clock = clock;
        this.tiles = tiles;
        this.api = new FeaturesApi(database, store, layers, html, publicAddress);
        this.page = new MapPage(database, store, layers, html, this);
        this.upload = new LayerUpload(database, layers, html, this);
        SampleMap.LAYERS.forEach(layers::add);
    }

    @Override
    public String name() {
        return "maps";
    }

    @Override
    public void routes(Routes routes) {
        page.routes(routes);
        upload.routes(routes);
        api.routes(routes);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/maps", "maps.door", Role.ANYONE, Door.Group.SERVICES),
                new Door("/staff/maps", "maps.staff-door", Role.ADMIN, Door.Group.HOUSE));
    }

    @Override
    public void seed(Handle tx) {
        if (layer(CITY).isPresent() && store.extent(tx, CITY).isEmpty()) {
            List<Feature> sample = SampleMap.features();
            sample.forEach(feature -> store.put(tx, feature));
            events.append(
                    tx,
                    new Event(clock.instant(), "maps.loaded", "system", "maps:sample", Map.of("count", sample.size())));
        }
    }

    /** A service registers a layer, before the city starts. */
    public void layer(Layer layer) {
        layers.add(layer);
    }

    /** The layer of this name. */
    public Optional<Layer> layer(String id) {
        return layers.named(id);
    }

    /**
     * Writes a feature; one that has the same id is replaced.
     *
     * @param actor who did it, as events name people
     * @return its id
     * @throws MapsException if no module has registered its layer
     */
    public String put(Handle tx, String actor, Feature feature) {
        if (layer(feature.layer()).isEmpty()) {
            throw MapsException.noLayer(feature.layer());
        }
        store.put(tx, feature);
        append(tx, "maps.put", actor, feature);
        return feature.id();
    }

    /** Takes the place of all features of a layer: those that are not among the new ones end now. */
    void load(Handle tx, String actor, String layer, List<Feature> features) {
        Set<String> kept = features.stream().map(Feature::id).collect(Collectors.toSet());
        for (Feature old : all(tx, layer, Integer.MAX_VALUE)) {
            if (!kept.contains(old.id())) {
                store.put(tx, old.ending(clock.instant()));
            }
        }
        features.forEach(feature -> store.put(tx, feature));
        Map<String, Object> detail = Map.of("layer", layer, "count", features.size());
        events.append(tx, new Event(clock.instant(), "maps.loaded", actor, "maps:" + layer, detail));
    }

    /** Says that a feature is no more from a moment on; it stays in the past. One that is not there is passed over. */
    public void end(Handle tx, String actor, String id, Instant at) {
        store.feature(tx, id).ifPresent(feature -> {
            store.put(tx, feature.ending(at));
            append(tx, "maps.ended", actor, feature);
        });
    }

    /** The feature of this id, ended or not. */
    public Optional<Feature> feature(Handle tx, String id) {
        return store.feature(tx, id);
    }

    /** The polygons of a layer that hold the place now, their borders included; at most 100. */
    public List<Feature> at(Handle tx, String layer, Place place) {
        Box point = new Box(place.longitude(), place.latitude(), place.longitude(), place.latitude());
        return store.find(tx, search(layer, point), Feature::isSurface, MOST_HOLDING);
    }

    /**
     * The features of a layer that are valid now, the nearest first.
     *
     * @param most 1 to 100
     * @param withinMetres at most 100 km
     */
    public List<Near> nearest(Handle tx, String layer, Place place, int most, double withinMetres) {
        double within = Math.clamp(withinMetres, 0, FARTHEST_M);
        try (Stream<Feature> candidates = store.stream(tx, search(layer, Earth.around(place, within)))) {
            return candidates
                    .map(feature -> new Near(feature, Earth.metres(place, feature.geometry())))
                    .filter(near -> near.metres() <= within)
                    .sorted(Comparator.comparingDouble(Near::metres)
                            .thenComparing(near -> near.feature().id()))
                    .limit(Math.clamp(most, 1, MOST_NEAR))
                    .toList();
        }
    }

    /** All features of a layer that are valid now, by id, at most {@code most}. */
    public List<Feature> all(Handle tx, String layer, int most) {
        return store.find(tx, search(layer, Box.EARTH), feature -> true, most);
    }

    /**
     * A map for a page: {@code map.jte} shows it.
     *
     * @param pins what is shown as points, in the order of the list that stands beside it; at most 500
     */
    public MapView view(Handle tx, List<Pin> pins) {
        return MapView.of(ground(tx), pins, tiles);
    }

    /**
     * A map for a page, with the outlines of a layer that lie under the pins.
     *
     * @param layer whose surfaces are drawn, at most 1,000; its points and lines are not
     */
    public MapView view(Handle tx, List<Pin> pins, String layer) {
        List<Feature> ground = ground(tx);
        ground.addAll(store.find(tx, search(layer, Box.EARTH), Feature::isSurface, MOST_OUTLINES));
        return MapView.of(ground, pins, tiles);
    }

    /** A map on which a place is marked, with the names of public buildings to find it by. */
    public MapView viewToMark(Handle tx, Language language) {
        List<MapView.Label> labels = all(tx, FACILITIES, MOST_LABELS).stream()
                .map(feature -> new MapView.Label(feature.name(language), feature.place()))
                .toList();
        return MapView.of(ground(tx), List.of(), labels, tiles);
    }

    private List<Feature> ground(Handle tx) {
        List<Feature> ground = new ArrayList<>(all(tx, CITY, 10));
        ground.addAll(all(tx, ROADS, MOST_NEAR));
        return ground;
    }

    /** Lets the page that shows a map load the pictures of the ground. */
    public Reply withGround(Reply reply) {
        return tiles.origin().map(reply::withImagesFrom).orElse(reply);
    }

    private FeatureStore.Search search(String layer, Box box) {
        return new FeatureStore.Search(layer, box, Span.at(clock.instant()));
    }

    private void append(Handle tx, String kind, String actor, Feature feature) {
        events.append(
                tx,
                new Event(clock.instant(), kind, actor, "feature:" + feature.id(), Map.of("layer", feature.layer())));
    }
}
