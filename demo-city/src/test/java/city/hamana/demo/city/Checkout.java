package city.hamana.demo.city;

import java.nio.file.Path;

/** Where the programs under test are. */
public final class Checkout {
    private Checkout() {}

    /** The programs as they were built beside this module: surefire runs in the module's folder. */
    public static Installation installation() {
        return Installation.at(Path.of("").toAbsolutePath().getParent());
    }
}
