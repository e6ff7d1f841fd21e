package city.hamana.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * For a program started by another one that holds its standard input open: when that input ends the starter is gone,
 * by whatever signal, and this program ends too, in an orderly way. Off unless the setting {@code exit-with-parent}
 * says so, since a service manager starts programs with an input that has ended already.
 */
public final class ParentWatch {
    private ParentWatch() {}

    /** Watches {@code System.in} if the program's setting {@code exit-with-parent} is true. */
    public static void startIfWanted(Settings settings) {
        startIf(wanted(settings));
    }

    /** Reads {@code exit-with-parent} (false). */
    public static boolean wanted(Settings settings) {
        return settings.yes("exit-with-parent", false);
    }

    public static void startIf(boolean wanted) {
        if (wanted) {
            start(System.in, () -> System.exit(0));
        }
    }

    /** Runs {@code onEnd} once, on a thread of its own, when the input ends or fails. What it carries is ignored. */
    static Thread start(InputStream input, Runnable onEnd) {
        return Thread.ofPlatform().name("parent-watch").daemon().start(() -> {
            readToEnd(input);
            onEnd.run();
        });
    }

    private static void readToEnd(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // A broken pipe says the same as its end.
        }
    }
}
