package city.hamana.aggregator;

import java.io.PrintWriter;

/** Says which rows of a file were left out: the first ones each, the rest as a number. */
final class Refusals {
    private static final int SHOWN = 20;

    private final PrintWriter out;
    private long count;

    Refusals(PrintWriter out) {
        this.out = out;
    }

    void add(String why) {
        count++;
        if (count <= SHOWN) {
            out.println(why);
            out.flush();
        }
    }

    void end() {
        if (count > 0) {
            out.println(count + (count == 1 ? " row was left out" : " rows were left out"));
            out.flush();
        }
    }
}
