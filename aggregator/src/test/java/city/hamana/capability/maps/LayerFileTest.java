package city.hamana.capability.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that staff bring: what is right is read, what is wrong is named with its number. */
class LayerFileTest {
    private static final Instant NOW = Instant.parse("2026-07-03T05:20:00Z");
    private static final String POINT = """
            {"type":"Feature","id":"%s","geometry":{"type":"Point","coordinates":[%s]},"properties":{%s}}""";

    @Test
    void aCollectionIsReadWithItsProperties() {
        LayerFile.Read read = read(collection(
                POINT.formatted("a1", "137.53,34.71", "\"name\":\"市役所\",\"floors\":4,\"open\":true,\"list\":[1]")));
        assertEquals(List.of(), read.problems());
        Feature feature = read.features().getFirst();
        assertEquals("facilities-a1", feature.id());
        assertEquals("{name=市役所, floors=4, open=true}", feature.properties().toString());
        assertEquals(new Place(137.53, 34.71), feature.place());
    }

    @Test
    void theHeadingsOfTheNationalStandardAreReadInBothCodings() {
        String csv = "ID,名称,名称_英語,緯度,経度,種別\r\n7,鷲津駅,Washizu Station,34.7193,137.5479,駅\r\n";
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-31j"))) {
            LayerFile.Read read = LayerFile.of(csv.getBytes(charset), "facilities", NOW);
            assertEquals(List.of(), read.problems());
            assertEquals("鷲津駅", read.features().getFirst().text("name"));
            assertEquals("Washizu Station", read.features().getFirst().text("name_en"));
            assertEquals("駅", read.features().getFirst().text("種別"));
            assertEquals("facilities-7", read.features().getFirst().id());
        }
        LayerFile.Read marked = LayerFile.of(("\uFEFF" + csv).getBytes(StandardCharsets.UTF_8), "facilities", NOW);
        assertEquals(1, marked.features().size());
    }

    @Test
    void eachThingWrongIsNamedWithItsNumber() {
        String name = "\"name\":\"x\"";
        LayerFile.Read read = read(collection(
                POINT.formatted("a", "137.5,34.7", name),
                POINT.formatted("a", "137.5,34.7", name),
                POINT.formatted("b", "34.7,137.5", name),
                POINT.formatted("c", "137.5,34.7", ""),
                POINT.formatted("d", "200,34.7", name),
                "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{" + name + "}}",
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                        + "[[[137,34],[138,35],[138,34],[137,35],[137,34]]]},\"properties\":{" + name + "}}"));
        assertEquals(
                List.of("2 twice", "3 swapped", "4 no-name", "5 off-earth", "6 no-shape", "7 no-shape"), said(read));
        assertEquals(1, read.features().size());
    }

    @Test
    void coordinatesThatAreNoneAreNoShape() {
        for (String coordinates : List.of("", "\"x\",1", "1", "null,null", "[1,2]", "1,2,3,4,5", "{},{}")) {
            assertEquals(
                    List.of("1 no-shape"),
                    said(read(collection(POINT.formatted("a", coordinates, "\"name\":\"x\"")))),
                    coordinates);
        }
    }

    @Test
    void whatIsNoFileOfFeaturesIsSaidSo() {
        assertEquals(List.of("0 not-json"), said(read("{\"type\":")));
        assertEquals(List.of("0 not-collection"), said(read("{\"type\":\"Point\"}")));
        assertEquals(List.of("0 empty"), said(read("name,lat,lon\n")));
        assertEquals(List.of("1 no-place"), said(read("name,lat,lon\nx,north,137\n")));
        assertEquals(List.of("0 not-csv"), said(read("name,name\nx,y\n")));
    }

    @Test
    void moreThanFiveThousandAreTooMany() {
        String csv = "name,lat,lon\n" + "x,34.7,137.5\n".repeat(LayerFile.MOST_FEATURES + 1);
        assertEquals(List.of("0 too-many"), said(read(csv)));
    }

    private static LayerFile.Read read(String text) {
        return LayerFile.of(text.getBytes(StandardCharsets.UTF_8), "facilities", NOW);
    }

    private static String collection(String... features) {
        return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
    }

    private static List<String> said(LayerFile.Read read) {
        return read.problems().stream()
                .map(p -> p.number() + " " + p.words().replace("maps.upload.", ""))
                .toList();
    }
}
