package city.hamana.service.roads;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of a road outside the city was told, and what they answered.
 *
 * @param mail empty when it was by telephone or letter
 * @param token opens the owner's page
 * @param photo id of the file that the owner may see; empty for none
 * @param by name of who told
 * @param answer see {@link #ANSWERS}; empty before
 */
public record Told(
        long id,
        String report,
        String owner,
        String mail,
        String token,
        String facts,
        String photo,
        String by,
        Instant at,
        String answer,
        String answerText,
        Optional<Instant> answered) {
    static final List<String> ANSWERS = List.of("accepted", "planned", "done", "not-ours");

    /** Where the owner reads and answers. */
    public String path() {
        return "/roads/owner/" + token;
    }
}
