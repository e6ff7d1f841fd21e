package city.hamana.capability.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurfaceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POLYGON ((137.5 34.7, 137.6 34.7, 137.6 34.8, 137.5 34.7))",
                "polygon((137.5 34.7,137.6 34.7,137.6 34.8,137.5 34.7))",
                "MULTIPOLYGON (((137.5 34.7, 137.6 34.7, 137.6 34.8, 137.5 34.7)),((1 1, 2 1, 2 2, 1 1)))"
            })
    void polygonsAreRead(String text) {
        assertEquals(
                2,
                Surface.ofWkt(text).orElseThrow().geometry().getDimension(),
                "POLYGON as programs for maps write it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POINT (137.5 34.7)",
                "POLYGON EMPTY",
                "POLYGON ((137.5 34.7, 137.6 34.7, 137.6 34.8))",
                "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))",
                "POLYGON ((34.7 137.5, 34.7 137.6, 34.8 137.6, 34.7 137.5))",
                "POLYGON ((NaN 0, 1 1, 1 0, NaN 0))",
                "POLYGON ((a b))",
                "POLYGON (((((((("
            })
    void whatIsNoSurfaceOfTheEarthIsNotTaken(String text) {
        assertEquals(Optional.empty(), Surface.ofWkt(text));
    }

    @Test
    void anEndlessTextIsNotEvenRead() {
        assertEquals(Optional.empty(), Surface.ofWkt("POLYGON (" + "(".repeat(Surface.LONGEST)));
    }
}
