package city.hamana.capability.maps;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;

/** The map of the layers with the list beside it, and the script that draws it. */
final class MapPage {
    private static final int MOST_PER_LAYER = 300;
    private static final int MOST_PINS = 500;
    private static final Map<String, String> FILES =
            Map.of("leaflet.js", "text/javascript; charset=utf-8", "leaflet.css", "text/css; charset=utf-8");

    private final Database database;
    private final FeatureStore store;
    private final Layers layers;
    private final Html html;
    private final Maps maps;
    private final Map<String, byte[]> packed;

    MapPage(Database database, FeatureStore store, Layers layers, Html html, Maps maps) {
        this.database = database;
        this.store = store;
        this.layers = layers;
        this.html = html;
        this.maps = maps;
        this.packed = FILES.keySet().stream().collect(Collectors.toMap(file -> file, MapPage::packed));
    }

    void routes(Routes routes) {
        routes.get("/maps", Role.ANYONE, this::show).get("/maps/leaflet/{file}", Role.ANYONE, this::leaflet);
    }

    private Reply show(Call call) {
        List<Layer> visible = call.page().may(Role.STAFF) ? layers.all() : layers.open();
        List<String> asked = call.request().query().all("layer", List::of);
        List<Layer> chosen = visible.stream()
                .filter(l -> asked.isEmpty() ? l.id().equals(Maps.FACILITIES) : asked.contains(l.id()))
                .toList();
        String words = call.query("q").filter(q -> q.length() <= 100).orElse("");
        LayersView view = database.inTransaction(tx -> view(tx, call.page(), visible, chosen, words));
        return maps.withGround(Reply.html(html.render("city/hamana/capability/maps/maps", call.page(), view)));
    }

    private LayersView view(Handle tx, Page page, List<Layer> visible, List<Layer> chosen, String words) {
        List<LayersView.Group> groups = new ArrayList<>();
        List<Pin> pins = new ArrayList<>();
        for (Layer layer : chosen) {
            List<Pin> of = pins(tx, page, layer, words, pins.size());
            pins.addAll(of);
            groups.add(new LayersView.Group(layer, of));
        }
        return new LayersView(visible, chosen, words, groups, maps.view(tx, pins));
    }

    private List<Pin> pins(Handle tx, Page page, Layer layer, String words, int before) {
        FeatureStore.Search search = new FeatureStore.Search(layer.id(), Box.EARTH, Span.at(page.now()));
        List<Pin> pins = new ArrayList<>();
        for (Feature feature : store.find(tx, search, named(page, words), MOST_PER_LAYER)) {
            int number = before + pins.size() + 1;
            if (number <= MOST_PINS) {
                pins.add(new Pin(
                        feature.id(),
                        number,
                        feature.name(page.language()),
                        about(page, layer, feature),
                        feature.place(),
                        layer.marker(),
                        "open",
                        feature.text("path")));
            }
        }
        return pins;
    }

    private static Predicate<Feature> named(Page page, String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return feature -> (feature.name(page.language()) + " " + feature.text("name"))
                .toLowerCase(Locale.ROOT)
                .contains(wanted);
    }

    private static String about(Page page, Layer layer, Feature feature) {
        return layer.properties().stream()
                .filter(property -> !property.name().startsWith("name"))
                .filter(property -> !feature.text(property.name()).isEmpty())
                .map(property -> said(page, layer, property, feature.text(property.name())))
                .collect(Collectors.joining(" · "));
    }

    private static String said(Page page, Layer layer, Layer.Property property, String value) {
        return property.coded() ? page.plain(layer.words() + "." + property.name() + "." + value) : value;
    }

    /** Leaflet as its makers published it, packed: with its style it is 45 KB on the line. */
    private Reply leaflet(Call call) {
        String file = call.part("file");
        if (!FILES.containsKey(file)) {
            return Reply.notFound();
        }
        Reply reply = call.header("Accept-Encoding").orElse("").contains("gzip")
                ? Reply.bytes(FILES.get(file), packed.get(file)).with("Content-Encoding", "gzip")
                : Reply.bytes(FILES.get(file), plain(file));
        return reply.with("Cache-Control", "public, max-age=604800").with("Vary", "Accept-Encoding");
    }

    private static byte[] plain(String file) {
        String path = "/META-INF/resources/webjars/leaflet/1.9.4/dist/" + file;
        try (InputStream bytes = MapPage.class.getResourceAsStream(path)) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] packed(String file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
