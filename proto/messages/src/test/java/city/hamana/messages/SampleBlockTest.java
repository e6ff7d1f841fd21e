package city.hamana.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.Series;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SampleBlockTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");

    @Property
    void anySamplesInAreTheSameOut(@ForAll("samples") List<Sample> samples) {
        Block block = SampleBlock.parse(block(SampleBlock.pack(samples)).toByteArray());

        assertEquals(bySeries(samples), bySeries(SampleBlock.samples(block)));
    }

    @Property
    void anyBytesInAreABlockOrANamedError(@ForAll byte[] bytes) {
        parsesOrNames(bytes);
    }

    @Property
    void aBlockWithAnyByteChangedIsABlockOrANamedError(
            @ForAll("samples") List<Sample> samples, @ForAll int at, @ForAll byte to) {
        byte[] bytes = block(SampleBlock.pack(samples)).toByteArray();
        bytes[Math.floorMod(at, bytes.length)] = to;

        parsesOrNames(bytes);
    }

    @Property
    void aBlockCutAnywhereIsABlockOrANamedError(@ForAll("samples") List<Sample> samples, @ForAll int at) {
        byte[] bytes = block(SampleBlock.pack(samples)).toByteArray();

        parsesOrNames(java.util.Arrays.copyOf(bytes, Math.floorMod(at, bytes.length)));
    }

    @Example
    void aMonthOfHourlyReadingsCostsUnderThreeBytesEach() {
        List<Sample> month = new ArrayList<>();
        for (int hour = 0; hour < 720; hour++) {
            month.add(volume(MIDNIGHT.plus(Duration.ofHours(hour)), 260_575 + hour * 13L));
        }

        int bytes = block(SampleBlock.pack(month)).getSerializedSize();

        assertTrue(bytes < 3 * month.size(), bytes + " bytes");
    }

    @Example
    void aSeriesWhoseListsDifferInLengthIsRefused() {
        Series good = SampleBlock.pack(List.of(volume(MIDNIGHT, 1), volume(MIDNIGHT.plusSeconds(1), 2)))
                .getFirst();
        assertRefused(good.toBuilder().addValueDeltas(3).build());
        assertRefused(good.toBuilder().addFlags(1).build());
        assertRefused(good.toBuilder().clearInstantStepDeltas().build());
    }

    @Example
    void aSampleThatCannotBeIsRefused() {
        Series good = SampleBlock.pack(List.of(volume(MIDNIGHT, 1))).getFirst();
        assertRefused(good.toBuilder().setMeterId("../etc").build());
        assertRefused(good.toBuilder().setExponent(99).build());
        assertRefused(good.toBuilder().setFirstUnixMs(Long.MAX_VALUE).build());
    }

    @Example
    void aSeriesOfAQuantityOfTheFutureIsLeftOutAndTheOthersAreRead() {
        Series known = SampleBlock.pack(List.of(volume(MIDNIGHT, 1))).getFirst();
        Series unknown = known.toBuilder().setQuantity("hydrogen").build();

        Block block = SampleBlock.parse(block(List.of(unknown, known)).toByteArray());

        assertEquals(List.of(volume(MIDNIGHT, 1)), SampleBlock.samples(block));
    }

    @Example
    void aBlockThatNamesNoDeviceNoBootOrTheWrongPredecessorIsRefused() {
        Block good = block(List.of());
        List<Block> bad = List.of(
                good.toBuilder().setDeviceId("").build(),
                good.toBuilder().setDeviceId("UPPER").build(),
                good.toBuilder().setSequence(0).build(),
                good.toBuilder().setSequence(-1).build(),
                good.toBuilder().setBootId(ByteString.EMPTY).build(),
                good.toBuilder().setSequence(2).build(),
                good.toBuilder().setPreviousHash(bytes(32)).build());
        for (Block block : bad) {
            assertThrows(MalformedException.class, () -> SampleBlock.parse(block.toByteArray()));
        }
    }

    private static void parsesOrNames(byte[] bytes) {
        try {
            SampleBlock.samples(SampleBlock.parse(bytes));
        } catch (MalformedException e) {
            assertTrue(e.getMessage().length() > 5);
        }
    }

    private static void assertRefused(Series series) {
        assertThrows(
                MalformedException.class,
                () -> SampleBlock.parse(block(List.of(series)).toByteArray()));
    }

    private static Block block(List<Series> series) {
        return Block.newBuilder()
                .setDeviceId("mn-0001")
                .setBootId(bytes(16))
                .setSequence(1)
                .addAllSeries(series)
                .build();
    }

    private static ByteString bytes(int count) {
        return ByteString.copyFrom(new byte[count]);
    }

    private static Sample volume(Instant at, long litres) {
        return new Sample("hmn-00000001", Quantity.VOLUME, at, litres, -3, 0);
    }

    private static Map<String, List<Sample>> bySeries(List<Sample> samples) {
        return samples.stream().collect(Collectors.groupingBy(s -> s.meter() + s.quantity() + s.exponent()));
    }

    @Provide
    Arbitrary<List<Sample>> samples() {
        Arbitrary<Instant> instants = Arbitraries.longs()
                .between(-62_135_596_800_000L, 253_402_300_799_999L)
                .map(Instant::ofEpochMilli);
        Arbitrary<Sample> sample = Combinators.combine(
                        Arbitraries.of("hmn-00000001", "a", "x-y_z"),
                        Arbitraries.of(Quantity.class),
                        instants,
                        Arbitraries.longs(),
                        Arbitraries.integers().between(-12, 12),
                        Arbitraries.oneOf(
                                Arbitraries.just(0), Arbitraries.integers().greaterOrEqual(0)))
                .as(Sample::new);
        return sample.list().ofMaxSize(60);
    }
}
