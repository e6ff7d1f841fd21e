package city.hamana.capability.cases;

import org.jdbi.v3.core.Handle;

/** What a service does when one of its cases moves, in the same transaction. */
@FunctionalInterface
public interface Reaction {
    void moved(Handle tx, CaseFile before, CaseFile after, Move move);
}
