package city.hamana.capability.notices;

import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How a browser comes to be told, and ceases to be. */
final class PushPages {
    private static final Reply BACK = Reply.seeOther(InboxPages.SETTINGS + "?saved=yes");

    private final Database database;
    private final Events events;
    private final Optional<Vapid> vapid;
    private final boolean anywhere;
    private final Clock city;

    PushPages(Database database, Events events, Optional<Vapid> vapid, boolean anywhere, Clock city) {
        this.database = database;
        this.events = events;
        this.vapid = vapid;
        this.anywhere = anywhere;
        this.city = city;
    }

    /** What a browser asks its push service with; empty when the city does not push. */
    String publicKey() {
        return vapid.map(Vapid::publicKey).orElse("");
    }

    Reply begin(Call call) {
        Optional<Subscriptions.NewSubscription> given = given(call);
        if (vapid.isEmpty() || given.isEmpty()) {
            return Reply.badRequest("This is no subscription of a push service (RFC 8291).");
        }
        String party = call.person().id();
        String device = People.browser(call.header("User-Agent").orElse(""));
        database.inTransaction(tx -> {
            Subscriptions.add(tx, party, given.get(), device, city.instant());
            Outbox.preference(tx, party)
                    .filter(now -> !now.channels().contains(Channel.PUSH))
                    .ifPresent(now -> Outbox.prefer(tx, party, withPush(now)));
            tell(tx, call, "notices.device-added");
            return party;
        });
        return BACK;
    }

    Reply end(Call call) {
        Optional<Long> id = call.number("id");
        if (id.isEmpty()) {
            return Reply.notFound();
        }
        boolean ended = database.inTransaction(tx -> {
            boolean there = Subscriptions.end(tx, call.person().id(), id.get());
            if (there) {
                tell(tx, call, "notices.device-ended");
            }
            return there;
        });
        return ended ? BACK : Reply.notFound();
    }

    /** Whoever has just asked for it wants it first. */
    private static Preference withPush(Preference now) {
        List<Channel> channels = new ArrayList<>(now.channels());
        channels.addFirst(Channel.PUSH);
        return new Preference(channels, now.quietFrom(), now.quietTo());
    }

    private Optional<Subscriptions.NewSubscription> given(Call call) {
        String key = call.field("key");
        String secret = call.field("secret");
        boolean whole = bytes(key).flatMap(PushCipher::key).isPresent()
                && bytes(secret)
                        .filter(s -> s.length == PushCipher.SECRET_BYTES)
                        .isPresent();
        return Endpoint.of(call.field("endpoint"), anywhere)
                .filter(endpoint -> whole)
                .map(endpoint -> new Subscriptions.NewSubscription(endpoint, key, secret));
    }

    private static Optional<byte[]> bytes(String base64url) {
        return base64url.matches("[A-Za-z0-9_-]{2,100}") && base64url.length() % 4 != 1
                ? Optional.of(Base64.getUrlDecoder().decode(base64url))
                : Optional.empty();
    }

    private void tell(Handle tx, Call call, String kind) {
        String subject = Party.subject(call.person().id());
        events.append(tx, new Event(city.instant(), kind, call.caller().actor(), subject, Map.of()));
    }
}
