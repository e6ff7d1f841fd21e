package city.hamana.capability.cases;

import city.hamana.platform.http.Caller;
import org.jdbi.v3.core.Handle;

/** Tells whether somebody is a party, or may act for it: as guardian, proxy, or representative of a business. */
@FunctionalInterface
public interface ActsFor {
    boolean mayActFor(Handle tx, Caller.Person person, String party);
}
