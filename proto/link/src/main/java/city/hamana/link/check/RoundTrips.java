package city.hamana.link.check;

import java.io.IOException;
import java.util.Arrays;

/**
 * Small requests, one after the other.
 *
 * @param medianMs of those answered; 0 if none was
 * @param fault the last failure; empty if there was none
 */
record RoundTrips(int tried, int answered, double medianMs, double worstMs, String fault) {
    private static final int TIMES = 20;
    /** Where nothing answers, twenty time limits would take minutes. */
    private static final int FAILURES_TO_END = 3;

    /** One request; its answer counts, whatever it says. */
    interface Trip {
        void make() throws IOException, InterruptedException;
    }

    int failed() {
        return tried - answered;
    }

    /** Makes 20, or fewer where three in a row fail. */
    static RoundTrips measure(Trip trip) throws InterruptedException {
        double[] millis = new double[TIMES];
        int answered = 0;
        int tried = 0;
        int inARow = 0;
        String fault = "";
        while (tried < TIMES && inARow < FAILURES_TO_END) {
            long begin = System.nanoTime();
            tried++;
            try {
                trip.make();
                millis[answered++] = (System.nanoTime() - begin) / 1e6;
                inARow = 0;
            } catch (IOException e) {
                inARow++;
                fault = reason(e);
            }
        }
        double[] sorted = Arrays.copyOf(millis, answered);
        Arrays.sort(sorted);
        return answered == 0
                ? new RoundTrips(tried, 0, 0, 0, fault)
                : new RoundTrips(tried, answered, Figures.median(sorted), sorted[answered - 1], fault);
    }

    /** A fault in one line; the JDK's connection faults often say nothing but their class. */
    static String reason(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
