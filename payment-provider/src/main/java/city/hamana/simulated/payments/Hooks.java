package city.hamana.simulated.payments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells the shop what happened, as badly mannered as wished; what the shop does not take is told again. */
final class Hooks {
    private static final int TRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_HELD = 100;

    private final Supplier<HttpClient> client;
    private final URI shop;
    private final String secret;
    private final Deque<Event> held = new ArrayDeque<>();
    private volatile Manners manners = Manners.GOOD;

    /** Something that happened to a payment, as it is told. */
    record Event(Sale sale, String body) {}

    Hooks(Supplier<HttpClient> client, URI shop, String secret) {
        this.client = client;
        this.shop = shop;
        this.secret = secret;
    }

    void manners(Manners next) {
        manners = next;
    }

    Manners manners() {
        return manners;
    }

    /** Tells it, in time. Out of order, what happened is held back until the next thing has been told. */
    synchronized void tell(Event event, boolean last) {
        Manners now = manners;
        if (now.backwards() && !last && held.size() < MOST_HELD) {
            held.addLast(event);
            return;
        }
        Deque<Event> row = new ArrayDeque<>(held);
        held.clear();
        row.addFirst(event);
        Thread.ofVirtual().name("hook").start(() -> tellAll(row, now));
    }

    private void tellAll(Deque<Event> events, Manners how) {
        try {
            Thread.sleep(how.late());
            for (Event event : events) {
                for (int copy = 0; copy < how.copies(); copy++) {
                    tell(event, how);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Event event, Manners how) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            boolean taken = send(event.body(), how.forged() ? secret + "?" : secret);
            event.sale().told(taken);
            if (taken || how.forged()) {
                return;
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private boolean send(String body, String key) throws InterruptedException {
        long seconds = Instant.now().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(shop)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Payment-Signature", "t=" + seconds + ",v1=" + signature(seconds + "." + body, key))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.get().send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            return false;
        }
    }

    private static String signature(String text, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
