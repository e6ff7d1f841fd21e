package city.hamana.demo.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a program of the system answered.
 *
 * @param said the last line of both its outputs
 */
record Command(int code, String said) {
    /** Runs it to its end; a program that is not there is code 127. */
    static Command run(String... words) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String last = said.strip().lines().reduce("", (first, line) -> line);
            return new Command(process.waitFor(), last);
        } catch (IOException e) {
            return new Command(127, words[0] + " cannot be run here: " + e.getMessage());
        }
    }

    boolean done() {
        return code == 0;
    }
}
