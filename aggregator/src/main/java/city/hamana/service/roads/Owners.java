package city.hamana.service.roads;

import city.hamana.capability.maps.Feature;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Near;
import city.hamana.capability.maps.Place;
import city.hamana.capability.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jdbi.v3.core.Handle;

/**
 * Who looks after a road (道路法 第12条–第16条: the state, the prefecture, the city), told from the nearest one on the map;
 * nobody who reports has to know it. The table is {@code owners.csv}.
 */
final class Owners {
    static final String UNKNOWN = "unknown";

    private static final int MOST_ROADS = 20;
    private static final String CONTACTS = "road-owner-contact";

    private final Maps maps;
    private final Rules rules;
    private final List<Owner> all;

    /**
     * One of them; its words are {@code roads.owner.CODE}.
     *
     * @param roadClass of the roads on the map
     * @param department that sees to it: by itself, or by telling the owner
     */
    record Owner(String code, String roadClass, String department, double withinMetres) {}

    /**
     * Where an owner is told.
     *
     * @param name of the office; empty when none is known
     * @param mail empty when none is known
     */
    record Contact(String name, String mail) {}

    /** @param rules keep the owners' addresses, see {@code rules/road-owner-contact.csv} */
    Owners(Maps maps, Rules rules) {
        this.maps = maps;
        this.rules = rules;
        rules.table(Owners.class, CONTACTS);
        this.all = read();
    }

    List<String> codes() {
        return all.stream().map(Owner::code).distinct().toList();
    }

    Optional<Owner> of(String code) {
        return all.stream().filter(owner -> owner.code().equals(code)).findFirst();
    }

    Contact contact(Handle tx, String owner, LocalDate on) {
        Map<String, String> row =
                rules.decide(tx, CONTACTS, on, Map.of("owner", owner)).results();
        String mail = row.get("mail");
        return new Contact(filled(row.get("name")), Followers.isMail(mail) ? mail : "");
    }

    private static String filled(String cell) {
        return cell.equals("-") ? "" : cell;
    }

    /** Of the nearest road; unknown where none is near enough. */
    Owner at(Handle tx, Optional<Place> place) {
        double farthest = all.stream().mapToDouble(Owner::withinMetres).max().orElse(0);
        return place.stream()
                .flatMap(p -> maps.nearest(tx, Maps.ROADS, p, MOST_ROADS, farthest).stream())
                .sorted(Comparator.comparingDouble(Near::metres))
                .flatMap(near -> owner(near).stream())
                .findFirst()
                .orElseGet(this::unknown);
    }

    private Optional<Owner> owner(Near near) {
        Feature road = near.feature();
        return all.stream()
                .filter(o -> o.roadClass().equals(road.text("class")) && near.metres() <= o.withinMetres())
                .findFirst();
    }

    private Owner unknown() {
        return of(UNKNOWN).orElseThrow();
    }

    private static List<Owner> read() {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (InputStream csv = Owners.class.getResourceAsStream("owners.csv");
                CSVParser lines = CSVParser.parse(new InputStreamReader(csv, StandardCharsets.UTF_8), format)) {
            return lines.stream()
                    .map(line -> new Owner(
                            line.get("code"),
                            line.get("classes"),
                            line.get("department"),
                            Double.parseDouble(line.get("within_metres"))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
