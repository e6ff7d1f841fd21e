package city.hamana.demo.city;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIMULATED mail server of the demonstration: it speaks SMTP (RFC 5321) on the loopback address, sends nothing anywhere,
 * and keeps the newest 500 mails as files {@code mail/0001.eml}.
 */
final class SimulatedMail implements AutoCloseable {
    private static final int MOST_KEPT = 500;
    private static final int MOST_BYTES = 1 << 20;
    private static final int PATIENCE_MS = 30_000;

    private final Path folder;
    private final ServerSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Deque<Path> kept = new ArrayDeque<>();

    private SimulatedMail(Path folder, ServerSocket socket) {
        this.folder = folder;
        this.socket = socket;
    }

    /** Listens at once. */
    static SimulatedMail at(int port, Path folder) {
        try {
            ServerSocket socket = new ServerSocket(port, 20, InetAddress.getLoopbackAddress());
            SimulatedMail mail = new SimulatedMail(Files.createDirectories(folder), socket);
            Thread.ofVirtual().name("mail").start(mail::accept);
            return mail;
        } catch (IOException e) {
            throw DemoException.of("the simulated mail server cannot listen", e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket line = socket.accept();
                line.setSoTimeout(PATIENCE_MS);
                Thread.ofVirtual().start(() -> serve(line));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket line) {
        try (line;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(line.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = line.getOutputStream()) {
            say(out, "220 simulated mail");
            for (String said = in.readLine(); said != null; said = in.readLine()) {
                String verb = said.substring(0, Math.min(4, said.length()));
                switch (verb) {
                    case "EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP" -> say(out, "250 OK");
                    case "DATA" -> {
                        say(out, "354 go on");
                        say(out, keep(data(in)) ? "250 kept" : "552 too long");
                    }
                    case "QUIT" -> say(out, "221 bye");
                    default -> say(out, "502 not known");
                }
            }
        } catch (IOException e) {
            // The sender went away; what it had sent is kept or not, as it was told.
            return;
        }
    }

    private synchronized boolean keep(String mail) throws IOException {
        if (mail.length() > MOST_BYTES) {
            return false;
        }
        Path file = folder.resolve("%04d.eml".formatted(number.incrementAndGet()));
        Files.writeString(file, mail, StandardCharsets.ISO_8859_1);
        kept.add(file);
        if (kept.size() > MOST_KEPT) {
            Files.deleteIfExists(kept.remove());
        }
        return true;
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            if (data.length() <= MOST_BYTES) {
                data.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
            }
        }
        return data.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw DemoException.of("the simulated mail server cannot be closed", e);
        }
    }
}
