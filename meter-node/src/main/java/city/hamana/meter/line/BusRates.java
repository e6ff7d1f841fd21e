package city.hamana.meter.line;

import java.util.List;

/** The rates that a wired meter can be told to talk at (EN 13757-2), in the order of their CI fields. */
public final class BusRates {
    /** In baud. */
    public static final List<Integer> ALL = List.of(300, 600, 1_200, 2_400, 4_800, 9_600);

    private static final int FIRST = 0xB8;

    private BusRates() {}

    public static boolean known(int baud) {
        return ALL.contains(baud);
    }

    /** The CI field of the command, B8h to BDh. */
    public static int command(int baud) {
        return FIRST + ALL.indexOf(baud);
    }
}
