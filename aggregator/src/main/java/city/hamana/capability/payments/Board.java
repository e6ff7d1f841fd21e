package city.hamana.capability.payments;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Money of one day, and what waits to be done.
 *
 * @param lines by channel
 * @param services what is open of each
 * @param arrivals lines of statements that nobody could match
 * @param refunds that are not given back
 * @param closed when and with what the day was closed
 * @param mayClose whether the reader keeps the city's money
 * @param reader as the event log names who reads
 */
public record Board(
        LocalDate day,
        LocalDate today,
        List<ChannelLine> lines,
        List<ServiceLine> services,
        List<Arrival> arrivals,
        int refunds,
        Optional<Closed> closed,
        boolean mayClose,
        String reader,
        List<Slip> slips,
        String said) {
    /**
     * A channel's day.
     *
     * @param onItsWay what is in the channel's account by the end of the day: paid, and not at the bank yet
     */
    public record ChannelLine(Channel channel, long count, long yen, long onItsWay) {}

    /** What is open of a service's charges. */
    public record ServiceLine(Creditor creditor, long count, long yen, long lateCount, long lateYen) {}

    /** A day that was closed. */
    public record Closed(long yen, long count) {}

    /** What came on the day in all, in yen. */
    public long yen() {
        return lines.stream().mapToLong(ChannelLine::yen).sum();
    }

    /** How many payments came on the day. */
    public long count() {
        return lines.stream().mapToLong(ChannelLine::count).sum();
    }

    /** Whether something was booked on the day after it was closed. */
    public boolean differs() {
        return closed.filter(c -> c.yen() != yen() || c.count() != count()).isPresent();
    }
}
