package city.hamana.capability.notices;

import city.hamana.capability.people.Party;
import city.hamana.platform.db.Database;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;

/**
 * Web push (RFC 8030): to every browser in which the party wants to be told, through the push service that the browser's
 * maker runs. What one has taken is noted at once, so that a repeat goes to the others only; should the program die
 * between its answer and the note, the repeat replaces the first by its topic, or on the screen by its tag.
 */
final class PushCarrier implements Carrier {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration BUSY = Duration.ofMinutes(15);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final int LONGEST_ANSWER_BYTES = 64 << 10;
    private static final int LONGEST_TITLE = 150;

    /** All that a telephone shows; even as {@code \\u001b} each, it fits into one record. */
    private static final int LONGEST_TEXT = 400;

    private final Database database;
    private final Vapid vapid;
    private final boolean anywhere;
    private final InstantSource real;

    /** Follows no redirect, which could lead inside. */
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    PushCarrier(Database database, Vapid vapid, boolean anywhere, InstantSource real) {
        this.database = database;
        this.vapid = vapid;
        this.anywhere = anywhere;
        this.real = real;
    }

    /** The party itself: it may have several browsers, and which ones may change until they are told. */
    @Override
    public Optional<String> address(Handle tx, Message message, Optional<Party> party) {
        return party.map(Party::id).filter(id -> Subscriptions.any(tx, id));
    }

    @Override
    public Outcome carry(Message message, String party, String key, URI site) {
        Set<Long> taken = database.inTransaction(tx -> Subscriptions.taken(tx, key));
        Map<Subscription, CompletableFuture<HttpResponse<Void>>> asked = new LinkedHashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Subscription browser : database.inTransaction(tx -> Subscriptions.of(tx, party))) {
            if (taken.contains(browser.id())) {
                outcomes.add(new Outcome.Taken(""));
            } else {
                asked.put(browser, ask(browser, message, key));
            }
        }
        asked.forEach((browser, answer) -> outcomes.add(settled(browser, key, answer)));
        return joined(outcomes);
    }

    /** Who has not got it is tried again; else one who has got it is enough. */
    private static Outcome joined(List<Outcome> outcomes) {
        return first(outcomes, Outcome.Later.class)
                .or(() -> first(outcomes, Outcome.Taken.class))
                .or(() -> first(outcomes, Outcome.Never.class))
                .orElseGet(() -> new Outcome.Never("no device any more"));
    }

    private static Optional<Outcome> first(List<Outcome> outcomes, Class<? extends Outcome> kind) {
        return outcomes.stream().filter(kind::isInstance).findFirst();
    }

    private CompletableFuture<HttpResponse<Void>> ask(Subscription browser, Message message, String key) {
        try {
            if (!anywhere && !browser.endpoint().isPublic()) {
                return CompletableFuture.failedFuture(new NotPublic());
            }
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
        byte[] body = PushCipher.encrypt(payload(message), browser.key(), browser.secret());
        HttpRequest request = HttpRequest.newBuilder(browser.endpoint().address())
                .timeout(PATIENCE)
                .header("Authorization", vapid.authorization(browser.endpoint(), real.instant()))
                .header("Content-Encoding", "aes128gcm")
                .header("Content-Type", "application/octet-stream")
                .header("TTL", Long.toString(life(message.urgency()).toSeconds()))
                .header("Urgency", message.urgency() == Urgency.ORDINARY ? "normal" : "high")
                .header("Topic", key.replace("-", ""))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.discarding(), LONGEST_ANSWER_BYTES));
    }

    /** For so long a push service keeps it for a telephone that is off. Then it is too late, or another channel has it. */
    private static Duration life(Urgency urgency) {
        return switch (urgency) {
            case ORDINARY -> Duration.ofDays(3);
            case PROMPT -> Courier.UNREAD_FOR;
            case EMERGENCY -> Duration.ofHours(1);
            case CODE -> Duration.ofMinutes(10);
        };
    }

    private static byte[] payload(Message message) {
        ObjectNode node = JSON.createObjectNode()
                .put("title", cut(message.subject(), LONGEST_TITLE))
                .put("text", cut(message.text(), LONGEST_TEXT))
                .put("lang", message.language().tag())
                .put("tag", Long.toString(message.id()))
                .put("to", message.path());
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Not through the middle of a letter that takes two signs. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }

    private Outcome settled(Subscription browser, String key, CompletableFuture<HttpResponse<Void>> answer) {
        Outcome outcome = outcome(answer);
        database.inTransaction(tx -> {
            if (outcome instanceof Outcome.Taken) {
                Subscriptions.took(tx, browser.id(), key, real.instant());
            } else if (outcome instanceof Outcome.Never(var reason) && reason.equals(GONE)) {
                Subscriptions.end(tx, browser.id());
            }
            return key;
        });
        return outcome;
    }

    private Outcome outcome(CompletableFuture<HttpResponse<Void>> answer) {
        try {
            return outcome(answer.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause() instanceof NotPublic
                    ? new Outcome.Never(GONE)
                    : new Outcome.Later(
                            SOON, "no answer: " + e.getCause().getClass().getSimpleName());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Outcome.Later(SOON, "no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Later(SOON, "interrupted");
        }
    }

    /** RFC 8030 §5 to §8; a subscription that ended is answered with 404 or 410. */
    private Outcome outcome(HttpResponse<Void> answer) {
        int code = answer.statusCode();
        return switch (code) {
            case 200, 201, 202, 204 -> new Outcome.Taken("");
            case 404, 410 -> new Outcome.Never(GONE);
            case 400, 413 -> new Outcome.Never("push " + code);
            default -> new Outcome.Later(pause(answer), "push " + code);
        };
    }

    /** The push service says when (RFC 9110 §10.2.3), in seconds or as a date; within a day. */
    private Duration pause(HttpResponse<Void> answer) {
        Duration asked = answer.headers()
                .firstValue("Retry-After")
                .flatMap(this::pause)
                .orElse(answer.statusCode() == 429 ? BUSY : SOON);
        Duration least = asked.compareTo(SOON) < 0 ? SOON : asked;
        return least.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : least;
    }

    private Optional<Duration> pause(String retryAfter) {
        if (retryAfter.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            Instant at = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(real.instant(), at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static final String GONE = "the device has left";

    /** The address leads into the city's own network. */
    private static final class NotPublic extends Exception {
        private static final long serialVersionUID = 1;
    }
}
