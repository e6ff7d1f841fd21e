package city.hamana.service.procedures;

import city.hamana.capability.forms.FormException;
import city.hamana.capability.forms.Forms;
import city.hamana.platform.text.Language;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** All procedures. */
final class Catalogue {
    private static final List<String> SHIPPED = List.of(
            "residence-copy",
            "disaster-certificate",
            "water-start-stop",
            "bereavement-desk",
            "funeral-allowance",
            "property-heir",
            "dx-grant");

    private final List<Procedure> all;

    Catalogue(Forms forms) {
        all = SHIPPED.stream().map(code -> ProcedureFile.shipped(code, forms)).toList();
        List<String> slips = all.stream().flatMap(this::slips).toList();
        if (!slips.isEmpty()) {
            throw FormException.slips(slips);
        }
    }

    /** What one procedure says of another that is not so. */
    private Stream<String> slips(Procedure procedure) {
        return procedure.guide().stream()
                .flatMap(guide -> guide.opens().stream())
                .flatMap(opens -> Stream.concat(opens.answers().keySet().stream(), opens.from().keySet().stream())
                        .filter(id -> find(opens.code())
                                .flatMap(other -> other.form().field(id))
                                .isEmpty())
                        .map(id -> procedure.code() + ".json/guide opens " + opens.code() + ", which has no question "
                                + id));
    }

    List<Procedure> all() {
        return all;
    }

    Optional<Procedure> find(String code) {
        return all.stream().filter(p -> p.code().equals(code)).findFirst();
    }

    /** Each typed word stands somewhere in the title, the summary or the conditions, in whichever language. */
    List<Procedure> search(String text, String event) {
        String[] words = folded(text).split("\\s+");
        return all.stream()
                .filter(p -> event.isEmpty() || p.events().contains(event))
                .filter(p -> Arrays.stream(words).allMatch(everything(p)::contains))
                .toList();
    }

    private static String everything(Procedure procedure) {
        StringBuilder all = new StringBuilder();
        for (Language language : Language.values()) {
            all.append(procedure.title().plain(language))
                    .append(' ')
                    .append(procedure.summary().plain(language))
                    .append(' ')
                    .append(procedure.who().plain(language))
                    .append(' ');
        }
        return folded(all.toString());
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("[\\u0300-\\u036f]", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
