package city.hamana.capability.notices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Speaks SMTP (RFC 5321) as far as a sender needs it, keeps what it took, and refuses whom it is told to refuse. */
final class MailSink implements AutoCloseable {
    /** What it took, as it came over the line. */
    final Queue<String> taken = new ConcurrentLinkedQueue<>();

    /** Code with which a recipient is refused; 250 after one use for codes below 500. */
    final Map<String, Integer> refused = new ConcurrentHashMap<>();

    private final ServerSocket socket;

    MailSink() {
        try {
            socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    ChannelSettings.MailServer server() {
        return new ChannelSettings.MailServer(
                "127.0.0.1", socket.getLocalPort(), ChannelSettings.Security.NONE, "", "", "city@kosai.example");
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket line = socket.accept();
                Thread.ofVirtual().start(() -> serve(line));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket line) {
        try (line;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = line.getOutputStream()) {
            say(out, "220 sink ready");
            String said = in.readLine();
            while (said != null) {
                String verb = said.substring(0, Math.min(4, said.length()));
                switch (verb) {
                    case "EHLO", "HELO", "MAIL", "RSET", "NOOP" -> say(out, "250 OK");
                    case "RCPT" -> say(out, recipient(said));
                    case "DATA" -> {
                        say(out, "354 go on");
                        taken.add(data(in));
                        say(out, "250 taken");
                    }
                    case "QUIT" -> say(out, "221 bye");
                    default -> say(out, "502 not known");
                }
                said = in.readLine();
            }
        } catch (IOException e) {
            // The sender went away.
        }
    }

    private String recipient(String said) {
        String address = said.replaceAll(".*<(.*)>.*", "$1");
        int code = refused.getOrDefault(address, 250);
        if (code < 500) {
            refused.remove(address);
        }
        return code + (code == 250 ? " OK" : " refused");
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            data.append(line).append('\n');
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
            throw new UncheckedIOException(e);
        }
    }
}
