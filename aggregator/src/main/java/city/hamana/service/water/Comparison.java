package city.hamana.service.water;

import city.hamana.sensing.vee.Use;
import java.util.ArrayList;
import java.util.List;

/**
 * Two stretches side by side, over the hours that are known in both: like is compared with like.
 *
 * @param words what it is compared with, as the page's words call it
 * @param nowMillilitres over the shared hours
 * @param thenMillilitres over the shared hours
 * @param hours how many hours are shared
 * @param all how many could be: those of now that have come
 */
public record Comparison(String words, long nowMillilitres, long thenMillilitres, int hours, int all) {
    static Comparison of(String words, List<Use> now, List<Use> then) {
        List<Use> nowShared = new ArrayList<>();
        List<Use> thenShared = new ArrayList<>();
        for (int i = 0; i < Math.min(now.size(), then.size()); i++) {
            if (now.get(i) instanceof Use.Known && then.get(i) instanceof Use.Known) {
                nowShared.add(now.get(i));
                thenShared.add(then.get(i));
            }
        }
        return new Comparison(
                words, Total.of(nowShared).millilitres(), Total.of(thenShared).millilitres(), nowShared.size(), (int)
                        now.stream().filter(use -> !(use instanceof Use.NotYet)).count());
    }

    public long difference() {
        return nowMillilitres - thenMillilitres;
    }

    /** Half of the hours that have come at least, or it says too little. */
    public boolean fair() {
        return hours * 2 >= all && hours > 0;
    }
}
