package city.hamana.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.v1.SequenceRange;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RangesTest {
    private static final long SEED = 20261122;

    @Test
    void rangesThatTouchBecomeOne() {
        Ranges ranges = new Ranges();
        ranges.add(5);
        ranges.add(1, 2);
        ranges.add(3, 4);

        assertEquals("1-5", ranges.toString());
        assertEquals(5, ranges.count());
        assertEquals(5, ranges.highest());
    }

    @Test
    void aHoleCutsARangeInTwo() {
        Ranges ranges = Ranges.between(1, 10);
        ranges.remove(4, 6);

        assertEquals("1-3, 7-10", ranges.toString());
        assertEquals("4-6", Ranges.between(1, 10).without(ranges).toString());
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() {
        SequenceRange turned = SequenceRange.newBuilder().setFirst(5).setLast(4).build();
        SequenceRange zero = SequenceRange.newBuilder().setLast(4).build();

        assertThrows(MalformedException.class, () -> Ranges.of(List.of(turned)));
        assertThrows(MalformedException.class, () -> Ranges.of(List.of(zero)));
    }

    @Test
    void theyAreWhatASetOfSingleNumbersWouldBe() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            Ranges left = new Ranges();
            Ranges right = new Ranges();
            NavigableSet<Long> leftSet = grown(random, left);
            NavigableSet<Long> rightSet = grown(random, right);

            assertSame(leftSet, left);
            assertSame(minus(leftSet, rightSet), left.without(right));
            assertSame(minus(leftSet, minus(leftSet, rightSet)), left.and(right));
            assertEquals(left, Ranges.of(left.list()));
        }
    }

    private static NavigableSet<Long> grown(Random random, Ranges ranges) {
        NavigableSet<Long> set = new TreeSet<>();
        for (int step = 0; step < 30; step++) {
            long first = random.nextLong(1, 61);
            long last = first + random.nextLong(8);
            if (random.nextInt(3) == 0) {
                ranges.remove(first, last);
                LongStream.rangeClosed(first, last).forEach(set::remove);
            } else {
                ranges.add(first, last);
                LongStream.rangeClosed(first, last).forEach(set::add);
            }
        }
        return set;
    }

    private static NavigableSet<Long> minus(NavigableSet<Long> set, NavigableSet<Long> other) {
        NavigableSet<Long> rest = new TreeSet<>(set);
        rest.removeAll(other);
        return rest;
    }

    private static void assertSame(NavigableSet<Long> expected, Ranges ranges) {
        assertEquals(expected.size(), ranges.count());
        assertEquals(expected.isEmpty() ? 0 : expected.last(), ranges.highest());
        assertTrue(LongStream.rangeClosed(0, 80).allMatch(n -> expected.contains(n) == ranges.contains(n)));
    }
}
