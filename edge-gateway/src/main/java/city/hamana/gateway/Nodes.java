package city.hamana.gateway;

import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.link.Trust.Peer;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Status;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the gateway knows of its nodes: their certificates, and how and when it last heard of them. Thread-safe. */
final class Nodes {
    /** Most nodes one gateway serves; more are not let in. */
    static final int MOST_NODES = 1_000;

    private record Node(Peer peer, X509Certificate certificate, boolean connected, Instant heard, Status status) {}

    private final Map<String, Node> nodes = new HashMap<>();
    private final InstantSource clock;

    /**
     * No nodes yet.
     *
     * @param clock the gateway's, by which nodes are heard; certificates are judged by real time
     */
    Nodes(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Notes a node's certificate.
     *
     * @throws city.hamana.link.TrustException if the city's CA does not vouch for it as this node's
     */
    synchronized void introduce(String id, X509Certificate certificate, Trust trust) {
        Peer peer = trust.verify(certificate, Clock.systemUTC().instant());
        boolean full = !nodes.containsKey(id) && nodes.size() >= MOST_NODES;
        if (full || !peer.id().equals(id) || peer.role() != Role.NODE) {
            return;
        }
        Node old = nodes.get(id);
        Status status = old == null ? Status.newBuilder().setDeviceId(id).build() : old.status();
        nodes.put(id, new Node(peer, certificate, true, clock.instant(), status));
    }

    /** The key that a node's blocks must be signed with; empty while its certificate has not come. */
    synchronized Optional<Peer> peer(String id) {
        return Optional.ofNullable(nodes.get(id)).map(Node::peer);
    }

    synchronized Optional<X509Certificate> certificate(String id) {
        return Optional.ofNullable(nodes.get(id)).map(Node::certificate);
    }

    /** Notes a sign of life; returns whether the node was thought gone. */
    synchronized boolean heard(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            return false;
        }
        nodes.put(id, new Node(node.peer(), node.certificate(), true, clock.instant(), node.status()));
        return !node.connected();
    }

    /** Notes a status; returns whether the node was thought gone. */
    synchronized boolean reported(String id, Status status) {
        boolean back = heard(id);
        nodes.computeIfPresent(
                id, (key, node) -> new Node(node.peer(), node.certificate(), true, node.heard(), status));
        return back;
    }

    /** Notes a node's last will; returns whether it was thought there. */
    synchronized boolean gone(String id) {
        Node node = nodes.get(id);
        if (node == null || !node.connected()) {
            return false;
        }
        nodes.put(id, new Node(node.peer(), node.certificate(), false, node.heard(), node.status()));
        return true;
    }

    synchronized List<NodePresence> presences() {
        return nodes.entrySet().stream()
                .map(entry -> NodePresence.newBuilder()
                        .setDeviceId(entry.getKey())
                        .setConnected(entry.getValue().connected())
                        .setHeardUnixMs(entry.getValue().heard().toEpochMilli())
                        .setStatus(entry.getValue().status())
                        .build())
                .toList();
    }
}
