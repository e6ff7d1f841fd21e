package city.hamana.sensing.readings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PackedTest {
    private static final long DAY = 17_171;
    private static final long MIDNIGHT = DAY * Packed.DAY_MS;

    @Test
    void anHourlyDayOfARealMeterTakesUnderThreeBytesASample() {
        List<Point> points = new ArrayList<>();
        long register = 260_575;
        for (int hour = 0; hour < 24; hour++) {
            points.add(new Point(MIDNIGHT + (hour * 3600L + 635L + hour % 7 * 2L) * 1_000L, register, -3, 0));
            register += hour * 37L % 60L;
        }
        byte[] packed = Packed.pack(DAY, points);
        assertTrue(packed.length < 24 * 3, packed.length + " bytes");
        assertEquals(points, Packed.unpack(DAY, packed));
    }

    @Property
    void whatIsPackedComesBack(@ForAll("days") List<Point> points) {
        assertEquals(points, Packed.unpack(DAY, Packed.pack(DAY, points)));
    }

    @Property
    void anyBytesAreADayOrANamedError(@ForAll byte[] bytes) {
        byte[] versioned = bytes.clone();
        if (versioned.length > 0) {
            versioned[0] = 1;
        }
        unpackOrRefuse(bytes);
        unpackOrRefuse(versioned);
    }

    @Property
    void aDayWithABrokenByteIsADayOrANamedError(
            @ForAll("days") List<Point> points, @ForAll int where, @ForAll byte what) {
        byte[] packed = Packed.pack(DAY, points);
        packed[Math.floorMod(where, packed.length)] = what;
        unpackOrRefuse(packed);
    }

    @Property
    void aDayCutShortIsANamedError(@ForAll("days") List<Point> points, @ForAll int where) {
        byte[] packed = Packed.pack(DAY, points);
        byte[] cut = Arrays.copyOf(packed, Math.floorMod(where, packed.length));
        assertThrows(PackedException.class, () -> Packed.unpack(DAY, cut));
    }

    @Test
    void theFirstBytesAreAsDocumented() {
        byte[] packed = Packed.pack(DAY, List.of(new Point(MIDNIGHT + 5_000, 3, -3, 0)));
        assertArrayEquals(new byte[] {1, 1, 1, 5, 1, 5, 1, 6, 1, 0, 1}, packed);
    }

    /** Whatever is read holds to the rules, so that it can be packed again. */
    private static void unpackOrRefuse(byte[] bytes) {
        try {
            List<Point> points = Packed.unpack(DAY, bytes);
            assertEquals(points, Packed.unpack(DAY, Packed.pack(DAY, points)));
        } catch (PackedException e) {
            assertTrue(e.getMessage().startsWith("not a packed day: "));
        }
    }

    @Provide
    Arbitrary<List<Point>> days() {
        Arbitrary<Long> offsets = Arbitraries.oneOf(
                Arbitraries.longs().between(0, Packed.DAY_MS - 1),
                Arbitraries.longs().between(0, 86_399).map(s -> s * 1_000));
        Arbitrary<Point> point = Combinators.combine(
                        offsets,
                        Arbitraries.longs(),
                        Arbitraries.integers().between(-12, 12),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE))
                .as((offset, value, exponent, flags) -> new Point(MIDNIGHT + offset, value, exponent, flags));
        return point.list().ofMinSize(1).ofMaxSize(40).map(points -> {
            TreeMap<Long, Point> sorted = new TreeMap<>();
            points.forEach(p -> sorted.put(p.at(), p));
            return List.copyOf(sorted.values());
        });
    }
}
