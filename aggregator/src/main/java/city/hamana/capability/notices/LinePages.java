package city.hamana.capability.notices;

import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Words;
import com.linecorp.bot.parser.LineSignatureValidator;
import com.linecorp.bot.parser.WebhookParseException;
import com.linecorp.bot.parser.WebhookParser;
import com.linecorp.bot.webhook.model.CallbackRequest;
import com.linecorp.bot.webhook.model.Event;
import com.linecorp.bot.webhook.model.MessageEvent;
import com.linecorp.bot.webhook.model.Source;
import com.linecorp.bot.webhook.model.TextMessageContent;
import com.linecorp.bot.webhook.model.UnfollowEvent;
import com.linecorp.bot.webhook.model.UserSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a resident and LINE's user become known as one: the resident gets a code here and sends it to the city's account
 * there. LINE tells of it, signed with the channel's secret over the body's very bytes.
 */
final class LinePages {
    static final int LONGEST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LinePages.class);
    private static final Duration CODE_LIFE = Duration.ofMinutes(30);
    private static final int CODE_LETTERS = 10;

    /** Without what is taken for something else when it is copied by hand: fifty bits. */
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Supplier<Words> words;
    private final Optional<WebhookParser> parser;
    private final Optional<LineCarrier> carrier;
    private final InstantSource real;

    LinePages(
            Database database,
            Supplier<Words> words,
            Optional<String> secret,
            Optional<LineCarrier> carrier,
            InstantSource real) {
        this.database = database;
        this.words = words;
        this.parser =
                secret.map(s -> new WebhookParser(new LineSignatureValidator(s.getBytes(StandardCharsets.UTF_8))));
        this.carrier = carrier;
        this.real = real;
    }

    /** What LINE tells. Everything that is signed is answered with 200, or LINE tells it again. */
    Reply told(Call call) {
        if (parser.isEmpty()) {
            return Reply.notFound();
        }
        try {
            CallbackRequest told = parser.get()
                    .handle(call.header(WebhookParser.SIGNATURE_HEADER_NAME).orElse(""), call.body());
            told.events().forEach(this::take);
            return Reply.empty(200);
        } catch (WebhookParseException | IOException e) {
            LOG.warn("what came as from LINE was refused: {}", e.getMessage());
            return Reply.problem(401, "The signature is not LINE's, or the body cannot be read.");
        }
    }

    /** A code for this party, to be sent to the city's account within half an hour. */
    String offer(String party) {
        StringBuilder code = new StringBuilder();
        RANDOM.ints(CODE_LETTERS, 0, LETTERS.length()).forEach(i -> code.append(LETTERS.charAt(i)));
        database.inTransaction(tx -> {
            LineLinks.offer(
                    tx, party, Secret.hash(code.toString()), real.instant().plus(CODE_LIFE));
            return party;
        });
        return code.toString();
    }

    private void take(Event event) {
        switch (event) {
            case UnfollowEvent gone ->
                user(gone.source())
                        .ifPresent(user -> database.inTransaction(tx -> {
                            LineLinks.gone(tx, user);
                            return user;
                        }));
            case MessageEvent message
            when message.message() instanceof TextMessageContent text ->
                user(message.source()).ifPresent(user -> said(user, text.text(), message.replyToken()));
            default -> LOG.debug("LINE told of something that is nothing to us");
        }
    }

    private void said(String user, String text, String replyToken) {
        String code = text.strip().toUpperCase(Locale.ROOT);
        Optional<String> party = code.matches("[A-Z2-9]{10}")
                ? database.inTransaction(tx -> {
                    Optional<String> found = LineLinks.accept(tx, Secret.hash(code), real.instant());
                    found.ifPresent(p -> LineLinks.link(tx, p, user, real.instant()));
                    return found;
                })
                : Optional.empty();
        String answer =
                words.get().plain(Language.JA, party.isPresent() ? "notices.line.linked" : "notices.line.unknown");
        carrier.filter(c -> replyToken != null).ifPresent(c -> c.reply(replyToken, answer));
    }

    private static Optional<String> user(Source source) {
        return source instanceof UserSource user
                ? Optional.ofNullable(user.userId()).filter(id -> id.matches("U[0-9a-f]{32}"))
                : Optional.empty();
    }
}
