package city.hamana.capability.rules;

import java.math.BigDecimal;

/**
 * A cut through the line of numbers: just before a value or just behind it. With cuts instead of numbers every interval
 * is "from this cut to that", open ends or not.
 */
record Position(BigDecimal value, boolean behind) implements Comparable<Position> {
    /** Before everything; no table has numbers of this size. */
    static final Position FIRST = new Position(new BigDecimal("-1e30"), false);

    static final Position LAST = new Position(new BigDecimal("1e30"), true);

    /** Of whole numbers, behind 17 is before 18. */
    Position whole() {
        return behind ? new Position(value.add(BigDecimal.ONE), false) : this;
    }

    @Override
    public int compareTo(Position other) {
        int byValue = value.compareTo(other.value);
        return byValue != 0 ? byValue : Boolean.compare(behind, other.behind);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position && compareTo(position) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode() * 2 + (behind ? 1 : 0);
    }
}
