package city.hamana.sensing.equipment;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.Equipment;
import city.hamana.platform.access.Role;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.devices.Device;
import city.hamana.sensing.devices.Devices;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The equipment of the city, and its pages. */
public final class Inventory implements ServiceModule {
    private static final String HERE = "city/hamana/sensing/equipment/";
    private static final int MOST_ITEMS = 2_000;
    private static final int MOST_VALUES = 300;

    /** What tells nothing of anybody. The registers of meters are a home's and stand on the resident's page only. */
    private static final Set<Quantity> SHOWN = EnumSet.of(
            Quantity.LEVEL,
            Quantity.FLOAT,
            Quantity.LEVEL_CONDITIONS,
            Quantity.SIGN,
            Quantity.FREE_CHLORINE,
            Quantity.TURBIDITY,
            Quantity.PH,
            Quantity.ANALYSER_CONDITIONS,
            Quantity.CLIENTS,
            Quantity.OCTETS_IN,
            Quantity.OCTETS_OUT,
            Quantity.UPTIME,
            Quantity.UP);

    private final Html html;
    private final Devices devices;
    private final Readings readings;
    private final InstantSource clock;

    /** @param clock the city's, on which equipment measures */
    public Inventory(Html html, Devices devices, Readings readings, InstantSource clock) {
        this.html = html;
        this.devices = devices;
        this.readings = readings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "equipment";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/staff/equipment", Role.STAFF, this::list)
                .get("/staff/equipment.csv", Role.STAFF, this::csv)
                .get("/staff/equipment/{id}", Role.STAFF, this::detail);
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/equipment", "equipment.door", Role.STAFF, Door.Group.SENSING));
    }

    /**
     * A quantity of a piece of equipment over a stretch of time, at most 200,000 values.
     *
     * @throws IllegalArgumentException for a quantity that tells of a home
     */
    public Trace trace(String id, Quantity quantity, Instant from, Instant to) {
        if (!SHOWN.contains(quantity) && quantity != Quantity.TEMPERATURE) {
            throw new IllegalArgumentException(quantity + " is a home's");
        }
        return Trace.of(id, quantity, readings.series(id, quantity, from, to), from, to);
    }

    private Reply list(Call call) {
        return Reply.html(html.render(HERE + "list", call.page(), view(call)));
    }

    private Reply csv(Call call) {
        return Reply.text("text/csv", ItemsCsv.of(view(call).shown())).download("equipment.csv");
    }

    private ItemList view(Call call) {
        List<Item> all = items();
        Wish wish = Wish.of(call);
        List<Item> shown = wish.of(all).stream()
                .sorted(Comparator.comparing((Item item) -> !item.troubled())
                        .thenComparing(Item::kind)
                        .thenComparing(Item::id))
                .toList();
        return new ItemList(all, withValues(shown), wish, clock.instant());
    }

    private List<Item> withValues(List<Item> items) {
        List<Item> with = new ArrayList<>();
        for (Item item : items) {
            boolean has = with.size() < MOST_VALUES;
            Optional<Sample> now =
                    has ? main(item).flatMap(quantity -> readings.newest(item.id(), quantity)) : Optional.empty();
            with.add(new Item(item.id(), item.kind(), item.device(), item.told(), now));
        }
        return with;
    }

    /** The quantity a kind is there for. */
    private static Optional<Quantity> main(Item item) {
        return switch (item.kind()) {
            case SIGN -> Optional.of(Quantity.SIGN);
            case LEVEL_GAUGE -> Optional.of(Quantity.LEVEL);
            case FLOAT_SWITCH -> Optional.of(Quantity.FLOAT);
            case ANALYSER -> Optional.of(Quantity.FREE_CHLORINE);
            case ACCESS_POINT, CONTROLLER, RADIO, SSID -> Optional.of(Quantity.CLIENTS);
            case METER -> Optional.empty();
        };
    }

    /** What devices tell of, and what has values; the first 2,000. */
    private List<Item> items() {
        Map<String, Item> items = new TreeMap<>();
        for (Device device : devices.devices()) {
            for (Equipment told : device.status().getEquipmentList()) {
                items.put(
                        told.getId(),
                        new Item(told.getId(), Kind.of(told.getKind()), device.id(), told, Optional.empty()));
            }
        }
        for (SeriesInfo series : readings.having(SHOWN, MOST_ITEMS * 4)) {
            Kind.of(series.quantity())
                    .map(kind -> new Item(series.meter(), kind, "", Equipment.getDefaultInstance(), Optional.empty()))
                    .ifPresent(item -> items.merge(item.id(), item, Inventory::chief));
        }
        return items.values().stream().limit(MOST_ITEMS).toList();
    }

    /** What a device tells of counts; of what has several series, the kind that stands first: a road has a sign. */
    private static Item chief(Item known, Item other) {
        return known.tells() || known.kind().compareTo(other.kind()) <= 0 ? known : other;
    }

    private Reply detail(Call call) {
        String id = call.part("id");
        int hours = call.query("hours")
                .filter(text -> text.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .filter(ItemPage.SPANS::contains)
                .orElse(ItemPage.SPANS.getFirst());
        return items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .map(item -> Reply.html(html.render(HERE + "detail", call.page(), page(item, hours))))
                .orElseGet(Reply::notFound);
    }

    /** A meter's temperature tells when a home is left alone; an analyser's only the water's. */
    private ItemPage page(Item item, int hours) {
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofHours(hours));
        Set<Quantity> shown = EnumSet.copyOf(SHOWN);
        if (item.kind() == Kind.ANALYSER) {
            shown.add(Quantity.TEMPERATURE);
        }
        List<Trace> traces = item.kind() == Kind.METER
                ? List.of()
                : shown.stream()
                        .filter(quantity -> readings.about(item.id(), quantity).isPresent())
                        .map(quantity -> trace(item.id(), quantity, from, now))
                        .toList();
        return new ItemPage(item, hours, traces, now);
    }
}
