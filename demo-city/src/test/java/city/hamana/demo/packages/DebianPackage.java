package city.hamana.demo.packages;

import city.hamana.demo.city.Checkout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A Debian package as it was built beside this module: an ar archive of two tar archives.
 *
 * @param control by name: control, conffiles, maintainer scripts
 * @param files by absolute path, folders without a slash at the end
 */
record DebianPackage(Path file, Map<String, Entry> control, Map<String, Entry> files) {
    /** One file or folder in the package. */
    record Entry(TarArchiveEntry head, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        /** Such as {@code root:root 755}. */
        String rights() {
            return head.getUserName() + ":" + head.getGroupName() + " " + Integer.toOctalString(head.getMode() & 07777);
        }
    }

    /** Reads the package of a module that was built last. */
    static DebianPackage of(String module) throws IOException {
        Path target = Checkout.installation().home().resolve(module).resolve("target");
        try (Stream<Path> found = Files.list(target)) {
            return read(found.filter(file -> file.toString().endsWith(".deb"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new NoSuchElementException("no .deb in " + target)));
        }
    }

    private static DebianPackage read(Path file) throws IOException {
        Map<String, byte[]> parts = new TreeMap<>();
        try (ArArchiveInputStream archive = new ArArchiveInputStream(Files.newInputStream(file))) {
            for (ArArchiveEntry part = archive.getNextEntry(); part != null; part = archive.getNextEntry()) {
                parts.put(part.getName(), archive.readAllBytes());
            }
        }
        return new DebianPackage(
                file, unpacked(parts.get("control.tar.gz"), ""), unpacked(parts.get("data.tar.gz"), "/"));
    }

    private static Map<String, Entry> unpacked(byte[] tarball, String root) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(tarball));
                TarArchiveInputStream archive = new TarArchiveInputStream(unzipped)) {
            for (TarArchiveEntry head = archive.getNextEntry(); head != null; head = archive.getNextEntry()) {
                String name = head.getName().replaceFirst("^\\./", "").replaceFirst("/$", "");
                entries.put(root + name, new Entry(head, archive.readAllBytes()));
            }
        }
        return entries;
    }

    /** A field of the control file. */
    String field(String name) {
        return control.get("control")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name));
    }

    /** A file that must be in the package. */
    Entry at(String path) {
        if (!files.containsKey(path)) {
            throw new NoSuchElementException(path + " is not in " + file);
        }
        return files.get(path);
    }
}
