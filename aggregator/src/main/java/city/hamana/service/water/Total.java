package city.hamana.service.water;

import city.hamana.sensing.vee.Use;
import java.util.List;

/**
 * What many hours add up to.
 *
 * @param millilitres over the known hours
 * @param known hours
 * @param missing hours
 * @param decreased hours in which the register went down
 * @param notYet hours that have not come yet
 */
public record Total(long millilitres, int known, int missing, int decreased, int notYet, boolean estimated) {
    static Total of(List<Use> uses) {
        long millilitres = 0;
        int known = 0;
        int missing = 0;
        int decreased = 0;
        int notYet = 0;
        boolean estimated = false;
        for (Use use : uses) {
            switch (use) {
                case Use.Known(var amount, var origin) -> {
                    millilitres += amount;
                    known++;
                    estimated |= origin.estimated();
                }
                case Use.Missing() -> missing++;
                case Use.Decreased() -> decreased++;
                case Use.NotYet() -> notYet++;
            }
        }
        return new Total(millilitres, known, missing, decreased, notYet, estimated);
    }

    public boolean whole() {
        return missing == 0 && decreased == 0 && notYet == 0;
    }
}
