package city.hamana.service.network;

import city.hamana.capability.maps.Feature;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Surface;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.sensing.vee.Customer;
import city.hamana.sensing.vee.MeterFacts;
import city.hamana.sensing.vee.Vee;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Staff bring the files that say what the districts are: looked at whole, and taken whole or not at all. */
final class FilePages {
    private static final String HERE = "city/hamana/service/network/";
    private static final int RECKONED_AGAIN_DAYS = 90;
    /** Meters in a border are large ones, and no home's. */
    private static final int BORE_MM = 100;

    private final Database database;
    private final Events events;
    private final Html html;
    private final Clock clock;
    private final Maps maps;
    private final Vee vee;
    private final Districts districts;
    private final Flows flows;

    FilePages(
            Database database,
            Events events,
            Html html,
            Clock clock,
            Maps maps,
            Vee vee,
            Districts districts,
            Flows flows) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.maps = maps;
        this.vee = vee;
        this.districts = districts;
        this.flows = flows;
    }

    Reply show(Call call) {
        return page(call, List.of(), false, 200);
    }

    private Reply page(Call call, List<Slip> slips, boolean taken, int status) {
        FilesPage it = database.inTransaction(tx -> new FilesPage(
                DistrictFiles.HEADS,
                districts.all(tx).size(),
                districts.inlets(tx).size(),
                districts.standing(tx, LocalDate.now(clock)).size(),
                slips,
                taken));
        return Reply.html(html.render(HERE + "files", call.page(), it)).withStatus(status);
    }

    Reply take(Call call) {
        Map<String, String> texts = new LinkedHashMap<>();
        DistrictFiles.HEADS
                .keySet()
                .forEach(file -> call.form().uploads(file).stream()
                        .findFirst()
                        .ifPresent(upload -> texts.put(file, new String(upload.bytes(), StandardCharsets.UTF_8))));
        List<Slip> slips =
                database.inTransaction(tx -> take(tx, texts, call.caller().actor()));
        return page(call, slips, slips.isEmpty(), slips.isEmpty() ? 200 : 400);
    }

    /** What is wrong; then nothing was taken. */
    List<Slip> take(Handle tx, Map<String, String> texts, String actor) {
        DistrictFiles.Content content = DistrictFiles.read(texts, districts.held(tx));
        if (!content.slips().isEmpty()) {
            return content.slips();
        }
        districts.take(tx, content, Math.floorDiv(clock.instant().toEpochMilli(), Hour.MS) + 1);
        flows.forgetUse(tx, LocalDate.now(clock).minusDays(RECKONED_AGAIN_DAYS));
        content.inlets().stream()
                .map(Inlet::meter)
                .distinct()
                .forEach(
                        meter -> vee.describe(tx, new MeterFacts(meter, BORE_MM, Customer.BUSINESS, Optional.empty())));
        content.districts()
                .forEach(dma -> maps.put(
                        tx,
                        actor,
                        feature(dma, Optional.ofNullable(content.outlines().get(dma.code())))));
        Map<String, Object> detail = Map.of(
                "districts",
                content.districts().size(),
                "inlets",
                content.inlets().size(),
                "meters",
                content.meters().size());
        events.append(tx, new Event(clock.instant(), "network.files-taken", actor, "network", detail));
        return List.of();
    }

    private Feature feature(Dma dma, Optional<Surface> outline) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", dma.name());
        properties.put("name_easy", dma.easyName());
        properties.put("name_pt", dma.ptName());
        properties.put("name_en", dma.enName());
        properties.put("code", dma.code());
        properties.put("path", "/staff/network/" + dma.code());
        return outline.map(surface -> Feature.of(dma.feature(), Network.LAYER, surface, properties, clock.instant()))
                .orElseGet(() -> Feature.of(dma.feature(), Network.LAYER, dma.place(), properties, clock.instant()));
    }
}
