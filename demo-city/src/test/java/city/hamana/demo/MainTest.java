package city.hamana.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.demo.city.CityLock;
import city.hamana.demo.city.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path folder;

    private static void failsInOneLine(String what, Object... arguments) {
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(List.of(arguments).stream().map(String::valueOf).toArray(String[]::new));
        assertEquals(1, exit);
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(what), err.toString());
    }

    private Path installed() throws Exception {
        Path target = Files.createDirectories(folder.resolve("home/provisioning/target"));
        Files.writeString(target.resolve("hamana-provisioning.jar"), "");
        return folder.resolve("home");
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            failsInOneLine("cannot be used", "up", "--dir", folder, "--port", taken.getLocalPort());
        }
    }

    @Test
    void aPortThatIsNoneIsSaidInOneLine() {
        failsInOneLine("outside 1 to 65535", "up", "--dir", folder, "--port", 99_999);
    }

    @Test
    void programsThatWereNotBuiltAreSaidInOneLine() {
        failsInOneLine("build it first", "up", "--dir", folder, "--port", Ports.free(), "--home", folder);
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        failsInOneLine(
                "cannot be written",
                "up",
                "--dir",
                file.resolve("city"),
                "--port",
                Ports.free(),
                "--home",
                installed());
    }

    @Test
    void aSecondRunOnTheSameFolderIsSaidInOneLine() throws Exception {
        try (CityLock held = CityLock.take(folder.resolve("city"))) {
            assertTrue(held != null);
            failsInOneLine(
                    "is running already",
                    "up",
                    "--dir",
                    folder.resolve("city"),
                    "--port",
                    Ports.free(),
                    "--home",
                    installed());
        }
    }
}
