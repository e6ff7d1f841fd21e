package city.hamana.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * PEM text (RFC 7468) and the one way this program writes key material: a temporary file beside the target, forced to
 * the disk, then renamed, so that a power cut leaves the old file or the new one.
 */
public final class Pem {
    private static final int LONGEST_FILE_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> WORLD_READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private Pem() {}

    /** One PEM block. */
    public static String text(String type, byte[] der) {
        StringWriter out = new StringWriter();
        try (PemWriter writer = new PemWriter(out)) {
            writer.writeObject(new PemObject(type, der));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** Certificates as PEM blocks, in their order. */
    public static String text(List<X509Certificate> certificates) {
        StringBuilder out = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            out.append(text("CERTIFICATE", Certificates.der(certificate)));
        }
        return out.toString();
    }

    /**
     * The DER bytes of the one block of this type in a file.
     *
     * @throws IdentityException if it cannot be read or holds something else
     */
    public static byte[] block(Path file, String type) {
        try (PemReader reader = new PemReader(new StringReader(read(file)))) {
            PemObject found = reader.readPemObject();
            if (found == null || !found.getType().equals(type)) {
                throw IdentityException.of(file, "does not hold a PEM block of type " + type);
            }
            return found.getContent();
        } catch (IOException e) {
            throw IdentityException.of(file, "is not PEM", e);
        }
    }

    /**
     * All certificates of a file, at least one.
     *
     * @throws IdentityException if it cannot be read or holds none
     */
    public static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            byte[] bytes = read(file).getBytes(StandardCharsets.UTF_8);
            for (var each :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
                found.add((X509Certificate) each);
            }
        } catch (CertificateException e) {
            throw IdentityException.of(file, "does not hold certificates", e);
        }
        if (found.isEmpty()) {
            throw IdentityException.of(file, "does not hold a certificate");
        }
        return List.copyOf(found);
    }

    /** Replaces a file that anyone may read. */
    public static void replace(Path file, String text) {
        rename(prepare(file, text, WORLD_READABLE), file);
    }

    /** Replaces a file that only its owner may read, mode 0600 from its first byte on. */
    public static void replaceSecret(Path file, String text) {
        rename(prepare(file, text, OWNER_ONLY), file);
    }

    /** Refuses a secret that others than its owner can read, where the file system knows owners. */
    public static void requireSecret(Path file) {
        try {
            if (posix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw IdentityException.of(file, "is open to others; run chmod 600 on it");
            }
        } catch (IOException e) {
            throw IdentityException.of(file, "cannot be read", named(e));
        }
    }

    static Path prepareSecret(Path file, String text) {
        return prepare(file, text, OWNER_ONLY);
    }

    static Path prepareOpen(Path file, String text) {
        return prepare(file, text, WORLD_READABLE);
    }

    static Path pending(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    static void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw IdentityException.of(to, "cannot be written", named(e));
        }
    }

    private static Path prepare(Path file, String text, Set<PosixFilePermission> mode) {
        Path pending = pending(file);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(pending);
            Files.createFile(pending, attributes(file, mode));
            try (FileChannel out = FileChannel.open(pending, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
        } catch (IOException e) {
            throw IdentityException.of(file, "cannot be written", named(e));
        }
        return pending;
    }

    private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> mode) {
        return posix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE_BYTES) {
                throw IdentityException.of(file, "is longer than " + LONGEST_FILE_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw IdentityException.of(file, "cannot be read", named(e));
        }
    }

    /** File system exceptions often carry the path alone as their message; the class says what happened. */
    private static IOException named(IOException e) {
        return new IOException(e.getClass().getSimpleName().replace("Exception", ""), e);
    }
}
