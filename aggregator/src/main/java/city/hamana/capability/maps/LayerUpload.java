package city.hamana.capability.maps;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.http.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Staff bring a file into a layer: looked at first, taken only when nothing is wrong with it. */
final class LayerUpload {
    private static final int LONGEST_BYTES = 8 << 20;
    private static final int MOST_SHOWN = 300;
    private static final List<String> TAKE_FILES = List.of(Maps.FACILITIES, Maps.ROADS, Maps.CITY);

    private final Database database;
    private final Layers layers;
    private final Html html;
    private final Maps maps;

    LayerUpload(Database database, Layers layers, Html html, Maps maps) {
        this.database = database;
        this.layers = layers;
        this.html = html;
        this.maps = maps;
    }

    void routes(Routes routes) {
        routes.get("/staff/maps", Role.ADMIN, call -> page(call, "", List.of(), List.of(), false, 200))
                .upload("/staff/maps", Role.ADMIN, LONGEST_BYTES, this::file);
    }

    private Reply file(Call call) {
        String layer = call.field("layer");
        Optional<Upload> upload = call.form().uploads("file").stream().findFirst();
        if (!TAKE_FILES.contains(layer) || upload.isEmpty()) {
            return page(call, layer, List.of(), List.of(new LayerReport.Problem(0, "maps.upload.no-file")), false, 400);
        }
        LayerFile.Read read = LayerFile.of(upload.get().bytes(), layer, call.now());
        boolean publish = call.field("do").equals("publish") && read.problems().isEmpty();
        if (publish) {
            database.inTransaction(tx -> {
                maps.load(tx, call.caller().actor(), layer, read.features());
                return 0;
            });
        }
        return page(
                call,
                layer,
                read.features(),
                read.problems(),
                publish,
                read.problems().isEmpty() ? 200 : 400);
    }

    private Reply page(
            Call call,
            String chosen,
            List<Feature> features,
            List<LayerReport.Problem> problems,
            boolean published,
            int status) {
        List<Pin> pins = new ArrayList<>();
        for (Feature feature : features.subList(0, Math.min(MOST_SHOWN, features.size()))) {
            Layer.Marker marker = layers.named(chosen).map(Layer::marker).orElse(Layer.Marker.CIRCLE);
            String name = feature.name(call.page().language());
            pins.add(new Pin(feature.id(), pins.size() + 1, name, "", feature.place(), marker, "open", ""));
        }
        MapView map = database.inTransaction(tx -> maps.view(tx, pins));
        List<Layer> taking =
                layers.all().stream().filter(l -> TAKE_FILES.contains(l.id())).toList();
        LayerReport report = new LayerReport(taking, chosen, features.size(), problems, published, map);
        Reply reply = Reply.html(html.render("city/hamana/capability/maps/upload", call.page(), report));
        return maps.withGround(reply.withStatus(status));
    }
}
