package city.hamana.capability.rules;

import java.time.LocalDate;
import java.util.List;

/** A table that cannot be asked, or a question that it cannot be asked: a fault of the program or of its data. */
public final class RulesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RulesException(String message) {
        super(message);
    }

    static RulesException unknown(String table) {
        return new RulesException("there is no table " + table);
    }

    static RulesException notYet(String table, LocalDate on) {
        return new RulesException("no version of " + table + " holds on " + on);
    }

    static RulesException fact(String table, String key, Object value) {
        return new RulesException(table + " cannot take " + value + " for " + key);
    }

    static RulesException noScale(String column) {
        return new RulesException("no column of whole numbers is called " + column);
    }

    static RulesException noRow(String table, int version) {
        return new RulesException("no row of " + table + "@" + version + " fits");
    }

    static RulesException file(String name, List<Slip> slips) {
        return new RulesException("the table file " + name + " cannot be used: " + slips);
    }
}
