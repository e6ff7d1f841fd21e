package city.hamana.gateway;

import city.hamana.gateway.Broker.Right;
import city.hamana.link.Role;
import city.hamana.link.Trust.Peer;
import city.hamana.messages.Topics;
import city.hamana.messages.Topics.Kind;

/** Who may publish and subscribe what: the one rule behind both brokers. */
final class Access {
    private Access() {}

    /**
     * Whether the broker lets it happen.
     *
     * @param topic a topic, or a filter such as {@code hamana/v1/+/block}
     */
    static boolean allows(Peer peer, String gatewayId, Right right, String topic) {
        for (Kind kind : Kind.values()) {
            boolean own = topic.equals(Topics.of(peer.id(), kind));
            if (own && peer.role() == Role.NODE && right == nodesRight(kind)) {
                return true;
            }
        }
        return peer.role() == Role.GATEWAY && peer.id().equals(gatewayId) && gatewayMay(right, topic);
    }

    private static boolean gatewayMay(Right right, String topic) {
        return switch (right) {
            case SUBSCRIBE ->
                topic.equals(Topics.every(Kind.BLOCK))
                        || topic.equals(Topics.every(Kind.STATUS))
                        || topic.equals(Topics.every(Kind.CERTIFICATE));
            case PUBLISH ->
                Topics.parse(topic)
                        .filter(t -> nodesRight(t.kind()) == Right.SUBSCRIBE)
                        .isPresent();
        };
    }

    static Right nodesRight(Kind kind) {
        return switch (kind) {
            case BLOCK, STATUS, CERTIFICATE -> Right.PUBLISH;
            case RECEIPT, WANTED, SETTINGS, COMMAND -> Right.SUBSCRIBE;
        };
    }
}
