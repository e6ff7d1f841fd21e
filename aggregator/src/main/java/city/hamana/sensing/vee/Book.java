package city.hamana.sensing.vee;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/** What counts of one meter, in whichever months are at hand; months that are not are empty and come by being written. */
final class Book {
    private static final Use MISSING = new Use.Missing();
    private static final Use DECREASED = new Use.Decreased();
    private static final Use NOT_YET = new Use.NotYet();

    private final CityDays calendar;
    private final List<Month> months = new ArrayList<>(4);
    private Month last;

    Book(CityDays calendar) {
        this.calendar = calendar;
    }

    CityDays calendar() {
        return calendar;
    }

    void add(Month month) {
        months.add(month);
    }

    List<Month> changed() {
        return months.stream().filter(Month::changed).toList();
    }

    boolean isEmpty() {
        return months.isEmpty();
    }

    int codes(int day) {
        Month month = numbered(CityDays.monthOf(day));
        return month == null ? 0 : month.codes(day);
    }

    boolean validated(int day) {
        return (codes(day) & Code.VALIDATED) != 0;
    }

    void codes(int day, int codes) {
        int number = CityDays.monthOf(day);
        Month month = numbered(number);
        if (month == null) {
            month = Month.empty(number, calendar);
            months.add(month);
        }
        month.codes(day, codes);
    }

    /** The state of the hour that begins at this instant. */
    int state(long instantMs) {
        Month month = at(instantMs);
        return month == null ? Origin.NOT_YET : month.state(hour(month, instantMs));
    }

    long amount(long instantMs) {
        Month month = at(instantMs);
        return month == null ? 0 : month.amount(hour(month, instantMs));
    }

    /** Millilitres where the meter's own use is known, as measured or edited; else -1. */
    long evidence(long instantMs) {
        Month month = at(instantMs);
        if (month == null) {
            return -1;
        }
        int hour = hour(month, instantMs);
        int state = month.state(hour);
        return state > Origin.DECREASED && Origin.ofNumber(state).evidence() ? month.amount(hour) : -1;
    }

    void set(long instantMs, long millilitres, int state) {
        Month month = at(instantMs);
        if (month == null) {
            int number = CityDays.monthOf(calendar.dayOf(instantMs));
            month = Month.empty(number, calendar);
            months.add(month);
        }
        month.set(hour(month, instantMs), millilitres, state);
    }

    Use use(long instantMs) {
        Month month = at(instantMs);
        if (month == null) {
            return NOT_YET;
        }
        int hour = hour(month, instantMs);
        int state = month.state(hour);
        return switch (state) {
            case Origin.NOT_YET -> NOT_YET;
            case Origin.MISSING -> MISSING;
            case Origin.DECREASED -> DECREASED;
            default -> new Use.Known(month.amount(hour), Origin.ofNumber(state));
        };
    }

    /** The hours from an instant on; made as they are asked for. */
    List<Use> hours(long fromMs, int hours) {
        return new Row(fromMs, hours);
    }

    private Month at(long instantMs) {
        if (last != null && instantMs >= last.startMs() && instantMs < last.endMs()) {
            return last;
        }
        for (Month month : months) {
            if (instantMs >= month.startMs() && instantMs < month.endMs()) {
                last = month;
                return month;
            }
        }
        return null;
    }

    private Month numbered(int number) {
        Optional<Month> month =
                months.stream().filter(m -> m.number() == number).findFirst();
        return month.orElse(null);
    }

    private static int hour(Month month, long instantMs) {
        return (int) ((instantMs - month.startMs()) / SampleChecks.HOUR_MS);
    }

    private final class Row extends AbstractList<Use> implements RandomAccess {
        private final long fromMs;
        private final int hours;

        Row(long fromMs, int hours) {
            this.fromMs = fromMs;
            this.hours = hours;
        }

        @Override
        public Use get(int index) {
            if (index < 0 || index >= hours) {
                throw new IndexOutOfBoundsException(index);
            }
            return use(fromMs + index * SampleChecks.HOUR_MS);
        }

        @Override
        public int size() {
            return hours;
        }
    }
}
