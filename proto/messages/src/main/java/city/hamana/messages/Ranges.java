package city.hamana.messages;

import city.hamana.messages.v1.SequenceRange;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of sequences, kept as disjoint ranges that do not touch: a million blocks in a row cost as much as one. */
public final class Ranges {
    private final NavigableMap<Long, Long> lastByFirst = new TreeMap<>();

    /** The empty set. */
    public Ranges() {}

    /**
     * The set of these ranges, in any order; overlaps count once.
     *
     * @throws MalformedException if one ends before it begins or begins below 1
     */
    public static Ranges of(List<SequenceRange> ranges) {
        Ranges set = new Ranges();
        for (SequenceRange range : ranges) {
            if (range.getFirst() < 1 || range.getLast() < range.getFirst()) {
                throw MalformedException.of("a range from " + range.getFirst() + " to " + range.getLast());
            }
            set.add(range.getFirst(), range.getLast());
        }
        return set;
    }

    /** All from {@code first} to {@code last}; empty if that is none. */
    public static Ranges between(long first, long last) {
        Ranges set = new Ranges();
        if (first <= last) {
            set.add(first, last);
        }
        return set;
    }

    public void add(long sequence) {
        add(sequence, sequence);
    }

    /** Adds all from {@code first} to {@code last}, both included. */
    public void add(long first, long last) {
        long from = first;
        long to = last;
        Map.Entry<Long, Long> touching = lastByFirst.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
        while (touching != null && touching.getValue() >= from - 1) {
            from = Math.min(from, touching.getKey());
            to = Math.max(to, touching.getValue());
            lastByFirst.remove(touching.getKey());
            touching = lastByFirst.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
        }
        lastByFirst.put(from, to);
    }

    public void addAll(Ranges other) {
        other.lastByFirst.forEach(this::add);
    }

    /** Takes all from {@code first} to {@code last} out. */
    public void remove(long first, long last) {
        Map.Entry<Long, Long> hit = lastByFirst.floorEntry(last);
        while (hit != null && hit.getValue() >= first) {
            lastByFirst.remove(hit.getKey());
            if (hit.getKey() < first) {
                lastByFirst.put(hit.getKey(), first - 1);
            }
            if (hit.getValue() > last) {
                lastByFirst.put(last + 1, hit.getValue());
            }
            hit = lastByFirst.lowerEntry(hit.getKey());
        }
    }

    /** A new set: this without the other. */
    public Ranges without(Ranges other) {
        Ranges rest = new Ranges();
        rest.addAll(this);
        other.lastByFirst.forEach(rest::remove);
        return rest;
    }

    /** A new set: what is in both. */
    public Ranges and(Ranges other) {
        return without(without(other));
    }

    public boolean contains(long sequence) {
        Map.Entry<Long, Long> floor = lastByFirst.floorEntry(sequence);
        return floor != null && floor.getValue() >= sequence;
    }

    public boolean isEmpty() {
        return lastByFirst.isEmpty();
    }

    /** How many sequences. */
    public long count() {
        return lastByFirst.entrySet().stream()
                .mapToLong(range -> range.getValue() - range.getKey() + 1)
                .sum();
    }

    /** The highest sequence; 0 when empty. */
    public long highest() {
        return lastByFirst.isEmpty() ? 0 : lastByFirst.lastEntry().getValue();
    }

    /** In order, without overlap. */
    public List<SequenceRange> list() {
        return lastByFirst.entrySet().stream()
                .map(range -> SequenceRange.newBuilder()
                        .setFirst(range.getKey())
                        .setLast(range.getValue())
                        .build())
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges ranges && lastByFirst.equals(ranges.lastByFirst);
    }

    @Override
    public int hashCode() {
        return lastByFirst.hashCode();
    }

    /** {@code 1-4, 7}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lastByFirst.forEach((first, last) ->
                text.append(text.isEmpty() ? "" : ", ").append(first).append(first.equals(last) ? "" : "-" + last));
        return text.toString();
    }
}
