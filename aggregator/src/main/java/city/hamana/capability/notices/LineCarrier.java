package city.hamana.capability.notices;

import city.hamana.capability.people.Party;
import com.linecorp.bot.messaging.client.MessagingApiClient;
import com.linecorp.bot.messaging.client.MessagingApiClientException;
import com.linecorp.bot.messaging.model.PushMessageRequest;
import com.linecorp.bot.messaging.model.ReplyMessageRequest;
import com.linecorp.bot.messaging.model.TextMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;

/**
 * LINE's Messaging API. A repeat carries the same retry key, which LINE answers with 409 and does not send again
 * (developers.line.biz, "Retrying API requests").
 */
final class LineCarrier implements Carrier {
    private static final int LONGEST_TEXT = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration BUSY = Duration.ofMinutes(15);

    private final MessagingApiClient client;

    LineCarrier(ChannelSettings.LineAccount account) {
        client = MessagingApiClient.builder(account.token())
                .apiEndPoint(account.api())
                .connectTimeout(PATIENCE)
                .readTimeout(PATIENCE)
                .build();
    }

    @Override
    public Optional<String> address(Handle tx, Message message, Optional<Party> party) {
        return party.flatMap(p -> LineLinks.user(tx, p.id()));
    }

    @Override
    public Outcome carry(Message message, String user, String key, URI site) {
        String text = message.subject() + "\n\n" + message.text()
                + (message.link().isEmpty() ? "" : "\n\n" + message.address(site));
        List<com.linecorp.bot.messaging.model.Message> messages =
                List.of(new TextMessage(text.substring(0, Math.min(LONGEST_TEXT, text.length()))));
        return outcome(
                client.pushMessage(UUID.fromString(key), new PushMessageRequest(user, messages, false, List.of())));
    }

    /** Answers somebody who wrote to the account; that it did not arrive does no harm. */
    void reply(String token, String text) {
        outcome(client.replyMessage(new ReplyMessageRequest(token, List.of(new TextMessage(text)), false)));
    }

    private static Outcome outcome(Future<?> answer) {
        try {
            answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Outcome.Taken("");
        } catch (ExecutionException e) {
            return e.getCause() instanceof MessagingApiClientException refused
                    ? refused(refused.getCode())
                    : new Outcome.Later(SOON, "no answer");
        } catch (TimeoutException e) {
            return new Outcome.Later(SOON, "no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Later(SOON, "interrupted");
        }
    }

    private static Outcome refused(int code) {
        return switch (code) {
            case 409 -> new Outcome.Taken("");
            case 429 -> new Outcome.Later(BUSY, "LINE 429: limit or quota reached");
            case 400, 404 -> new Outcome.Never("LINE " + code);
            default -> new Outcome.Later(BUSY, "LINE " + code);
        };
    }
}
