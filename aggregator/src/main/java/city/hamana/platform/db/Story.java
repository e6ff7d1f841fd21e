package city.hamana.platform.db;

import org.jdbi.v3.core.Handle;

/** What happens in one transaction. It may be told more than once, so it changes nothing but the database. */
@FunctionalInterface
public interface Story<T> {
    T tell(Handle tx);
}
