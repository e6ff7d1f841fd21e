package city.hamana.sensing.vee;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page of a day.
 *
 * @param code only of this one; empty for all
 * @param counts how many meters have each code, in the order of the codes
 * @param doubts the first of them
 * @param total how many there are
 * @param run the parts of the run that is under way, or was last
 * @param waiting edits that wait for a second person
 * @param latest the last day that was validated
 */
public record VeeList(
        LocalDate day,
        Optional<Code> code,
        Map<Code, Integer> counts,
        List<MeterDoubt> doubts,
        int total,
        List<Part> run,
        List<Edit> waiting,
        LocalDate latest) {
    /** The address of this page for another day or code. */
    public String address(LocalDate other, Optional<Code> of) {
        return "/staff/water/vee" + query(other, of);
    }

    public String csv() {
        return "/staff/water/vee.csv" + query(day, code);
    }

    private static String query(LocalDate day, Optional<Code> code) {
        return "?day=" + day + code.map(c -> "&code=" + c.code()).orElse("");
    }

    public boolean running() {
        return run.stream().anyMatch(part -> part.ended().isEmpty());
    }

    public int done() {
        return run.stream().mapToInt(Part::done).sum();
    }

    public int meters() {
        return run.stream().mapToInt(Part::meters).sum();
    }

    public int found() {
        return run.stream().mapToInt(Part::doubts).sum();
    }

    public LocalDate runDay() {
        return LocalDate.ofEpochDay(run.getFirst().lastDay());
    }
}
