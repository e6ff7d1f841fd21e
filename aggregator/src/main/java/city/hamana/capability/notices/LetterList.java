package city.hamana.capability.notices;

import java.util.List;

/**
 * A division's letters of one kind, without names and addresses: these stand on the paper.
 *
 * @param waiting how many wait, whichever are shown
 * @param done how many were just marked; 0 when none were
 */
public record LetterList(Letter.State state, List<Letter> letters, long waiting, int done) {}
