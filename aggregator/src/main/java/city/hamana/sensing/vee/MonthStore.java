package city.hamana.sensing.vee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of months. */
final class MonthStore {
    /** Most names in one IN list. */
    private static final int CHUNK = 250;

    private final CityDays calendar;

    MonthStore(CityDays calendar) {
        this.calendar = calendar;
    }

    /** One meter's months; those that are not stored are left out. */
    Book book(Handle tx, String meter, int firstMonth, int lastMonth) {
        Book book = new Book(calendar);
        tx.createQuery("""
                SELECT month_no, packed FROM vee_month
                WHERE meter = :meter AND month_no IN (<months>) ORDER BY month_no
                """)
                .bind("meter", meter)
                .bindList("months", numbers(firstMonth, lastMonth))
                .map((row, context) -> Month.read(row.getInt(1), calendar, row.getBytes(2)))
                .forEach(book::add);
        return book;
    }

    /** The months of many meters; a book for each of them. */
    Map<String, Book> books(Handle tx, List<String> meters, int firstMonth, int lastMonth) {
        Map<String, Book> books = new HashMap<>();
        meters.forEach(meter -> books.put(meter, new Book(calendar)));
        for (int month : numbers(firstMonth, lastMonth)) {
            for (int i = 0; i < meters.size(); i += CHUNK) {
                tx.createQuery("SELECT meter, packed FROM vee_month WHERE month_no = :month AND meter IN (<meters>)")
                        .bind("month", month)
                        .bindList("meters", meters.subList(i, Math.min(meters.size(), i + CHUNK)))
                        .map((row, context) -> Map.entry(row.getString(1), row.getBytes(2)))
                        .forEach(row -> books.get(row.getKey()).add(Month.read(month, calendar, row.getValue())));
            }
        }
        return books;
    }

    /** Writes what has changed. */
    void write(Handle tx, Map<String, Book> books) {
        PreparedBatch updates = tx.prepareBatch("UPDATE vee_month SET packed = ? WHERE month_no = ? AND meter = ?");
        PreparedBatch inserts = tx.prepareBatch("INSERT INTO vee_month (packed, month_no, meter) VALUES (?, ?, ?)");
        new TreeMap<>(books)
                .forEach((meter, book) -> book.changed()
                        .forEach(month ->
                                (month.stored() ? updates : inserts).add(month.bytes(), month.number(), meter)));
        Stream.of(updates, inserts).filter(batch -> batch.size() > 0).forEach(PreparedBatch::execute);
    }

    private static List<Integer> numbers(int first, int last) {
        List<Integer> numbers = new ArrayList<>();
        for (int month = first; month <= last; month++) {
            numbers.add(month);
        }
        return numbers;
    }
}
