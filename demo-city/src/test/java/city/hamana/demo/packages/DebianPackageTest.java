package city.hamana.demo.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.demo.city.Checkout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a technician installs, as the build made it. */
class DebianPackageTest {
    private static final String SETTINGS_FOLDER = "/etc/hamana";

    @TempDir
    Path dir;

    /** Every module that has what a Debian package is made of. */
    static List<String> edgePrograms() throws IOException {
        try (Stream<Path> modules = Files.list(Checkout.installation().home())) {
            return modules.filter(module -> Files.exists(module.resolve("src/main/dist/java-options")))
                    .map(module -> module.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theGatewayAndTheNodesAreEdgePrograms() throws IOException {
        assertTrue(edgePrograms().containsAll(List.of("edge-gateway", "meter-node")));
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void itsServiceIsWatchedOverRunsAsHamanaAndMayDoNothingElse(String module) throws IOException {
        List<String> unit = DebianPackage.of(module)
                .at("/usr/lib/systemd/system/hamana-" + module + ".service")
                .text()
                .lines()
                .toList();
        assertTrue(unit.stream().anyMatch(line -> line.matches("WatchdogSec=[0-9]+")), "it has a watchdog");
        for (String line : List.of(
                "Restart=always",
                "User=hamana",
                "NoNewPrivileges=yes",
                "CapabilityBoundingSet=",
                "ProtectSystem=strict",
                "ProtectHome=yes",
                "PrivateTmp=yes",
                "DevicePolicy=closed",
                "RestrictNamespaces=yes",
                "SystemCallFilter=@system-service",
                "StateDirectory=hamana/" + module)) {
            assertTrue(unit.contains(line), line);
        }
        assertTrue(unit.stream().noneMatch(line -> line.startsWith("SupplementaryGroups=") && line.contains("root")));
    }

    /** A group alone does not open a device that the service's list leaves out. */
    @ParameterizedTest
    @MethodSource("edgePrograms")
    void theServiceMayUseTheDevicesOfItsGroups(String module) throws IOException {
        String unit = DebianPackage.of(module)
                .at("/usr/lib/systemd/system/hamana-" + module + ".service")
                .text();
        for (String[] pair : new String[][] {{"dialout", "char-tty"}, {"gpio", "char-gpiochip"}, {"i2c", "char-i2c"}}) {
            boolean group = unit.matches("(?s).*\nSupplementaryGroups=[^\n]*\\b" + pair[0] + "\\b.*");
            assertTrue(!group || unit.contains("\nDeviceAllow=" + pair[1]), pair[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void itHoldsTheProgramItsServiceAndItsSettingsAndNothingElse(String module) throws IOException {
        Set<String> paths = new TreeSet<>(DebianPackage.of(module).files().keySet());
        paths.removeIf(path -> path.startsWith("/usr/share/hamana/" + module + "/lib/"));
        Set<String> folders = Set.of("/etc", "/usr", "/usr/bin", "/usr/lib", "/usr/lib/systemd", "/usr/share");
        paths.removeAll(folders);
        assertEquals(
                new TreeSet<>(Set.of(
                        "/etc/hamana",
                        "/etc/hamana/" + module + ".properties",
                        "/usr/bin/hamana-" + module,
                        "/usr/lib/systemd/system",
                        "/usr/lib/systemd/system/hamana-" + module + ".service",
                        "/usr/share/doc",
                        "/usr/share/doc/hamana-" + module,
                        "/usr/share/doc/hamana-" + module + "/README.md",
                        "/usr/share/doc/hamana-" + module + "/copyright",
                        "/usr/share/hamana",
                        "/usr/share/hamana/" + module,
                        "/usr/share/hamana/" + module + "/hamana-" + module + ".jar",
                        "/usr/share/hamana/" + module + "/java-options",
                        "/usr/share/hamana/" + module + "/lib")),
                paths);
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void everythingIsRootsAndOnlyTheProgramCanBeRun(String module) throws IOException {
        DebianPackage built = DebianPackage.of(module);
        built.files().forEach((path, entry) -> {
            boolean runs = entry.head().isDirectory() || path.startsWith("/usr/bin/");
            assertEquals(runs ? "root:root 755" : "root:root 644", entry.rights(), path);
        });
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void anUpdateAsksBeforeItReplacesTheSettings(String module) throws IOException {
        assertEquals(
                SETTINGS_FOLDER + "/" + module + ".properties",
                DebianPackage.of(module).control().get("conffiles").text().strip());
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void itsVersionIsOlderThanTheReleaseItIsASnapshotOf(String module) throws IOException {
        DebianPackage built = DebianPackage.of(module);
        assertEquals("hamana-" + module, built.field("Package"));
        assertEquals("all", built.field("Architecture"));
        assertTrue(built.field("Version").matches("[0-9.]+(~[0-9]{14})?"), built.field("Version"));
        assertEquals(
                built.field("Package") + "_" + built.field("Version") + "_all.deb",
                built.file().getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void whatTheServiceStartsIsInThePackage(String module) throws IOException {
        DebianPackage built = DebianPackage.of(module);
        String unit = built.at("/usr/lib/systemd/system/hamana-" + module + ".service")
                .text();
        List<String> start = Arrays.asList(unit.lines()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring("ExecStart=".length())
                .split(" "));
        assertEquals(List.of("run", "--config"), start.subList(1, 3));
        assertTrue(built.at(start.getFirst()).text().startsWith("#!/bin/sh\n"));
        assertTrue(built.at(start.getLast()).text().contains("\nidentity-dir=/var/lib/hamana/" + module + "/"));
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void everyLibraryOfTheProgramIsInThePackage(String module) throws IOException {
        DebianPackage built = DebianPackage.of(module);
        String home = "/usr/share/hamana/" + module + "/";
        byte[] jar = built.at(home + "hamana-" + module + ".jar").content();
        try (JarInputStream program = new JarInputStream(new ByteArrayInputStream(jar))) {
            Manifest manifest = program.getManifest();
            String[] libraries =
                    manifest.getMainAttributes().getValue("Class-Path").split(" ");
            assertTrue(libraries.length > 5, Arrays.toString(libraries));
            for (String library : libraries) {
                assertTrue(built.at(home + library).content().length > 0, library);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void itsOptionsAreKnownToJava21Already(String module) throws IOException {
        String options = DebianPackage.of(module)
                .at("/usr/share/hamana/" + module + "/java-options")
                .text();
        assertTrue(options.contains("-Xmx"), options);
        // From 23 on; before that Java does not start with it.
        assertFalse(options.contains("--sun-misc-unsafe-memory-access"), options);
    }

    @ParameterizedTest
    @MethodSource("edgePrograms")
    void itsScriptsAreFilledInAndTheShellCanReadThem(String module) throws Exception {
        DebianPackage built = DebianPackage.of(module);
        for (String script : List.of("postinst", "prerm", "postrm")) {
            DebianPackage.Entry entry = built.control().get(script);
            assertFalse(entry.text().contains("[["), script);
            assertTrue(entry.text().contains(module), script);
            assertEquals("", complaints(entry.text()), script);
        }
        assertEquals("", complaints(built.at("/usr/bin/hamana-" + module).text()));
    }

    /** What the shell finds wrong with a script that it only reads. */
    private String complaints(String script) throws Exception {
        Path file = Files.writeString(dir.resolve("script"), script);
        Process shell = new ProcessBuilder("sh", "-n", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return shell.waitFor() == 0 ? said : "refused: " + said;
    }
}
