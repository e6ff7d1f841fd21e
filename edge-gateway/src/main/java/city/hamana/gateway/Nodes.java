package city.hamana.gateway;

import city.hamana.link.CertificateTime;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.link.Trust.Peer;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Status;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the gateway knows of its nodes: their certificates, and how and when it last heard of them. Thread-safe. */
final class Nodes {
    /** Most nodes one gateway serves; more are not let in. */
    static final int MOST_NODES = 1_000;

    /** Most certificates of one node: the one in use, and former ones of blocks that still wait with it. */
    private static final int MOST_CERTIFICATES = 16;

    /** A certificate and whom it speaks for. */
    record Signer(Peer peer, X509Certificate certificate) {}

    private record Node(Map<String, Signer> signers, boolean connected, Instant heard, Status status) {}

    private final Map<String, Node> nodes = new HashMap<>();
    private final InstantSource clock;

    /**
     * No nodes yet.
     *
     * @param clock the gateway's, by which nodes are heard
     */
    Nodes(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Notes a node's certificates: the one in use first, then former ones.
     *
     * @throws city.hamana.link.TrustException if the city's CA does not vouch for the first as this node's
     */
    synchronized void introduce(String id, List<X509Certificate> certificates, CertificateTime time, Trust trust) {
        boolean full = !nodes.containsKey(id) && nodes.size() >= MOST_NODES;
        if (full || certificates.isEmpty()) {
            return;
        }
        Instant now = time.now();
        Map<String, Signer> signers = new LinkedHashMap<>();
        add(signers, id, time.verify(certificates.getFirst(), trust), certificates.getFirst());
        for (X509Certificate former : certificates.subList(1, Math.min(certificates.size(), MOST_CERTIFICATES))) {
            // What it signed was signed while the node was alone; that it has expired since takes nothing back.
            Instant end = former.getNotAfter().toInstant();
            add(signers, id, trust.verify(former, end.isBefore(now) ? end : now), former);
        }
        if (!signers.isEmpty()) {
            Node old = nodes.get(id);
            Status status = old == null ? Status.newBuilder().setDeviceId(id).build() : old.status();
            nodes.put(id, new Node(signers, true, clock.instant(), status));
        }
    }

    private static void add(Map<String, Signer> signers, String id, Peer peer, X509Certificate certificate) {
        if (peer.id().equals(id) && peer.role() == Role.NODE) {
            signers.put(peer.keyid(), new Signer(peer, certificate));
        }
    }

    /** Whom a key of a node belongs to; empty while its certificate has not come. */
    synchronized Optional<Signer> signer(String id, String keyid) {
        return Optional.ofNullable(nodes.get(id)).map(node -> node.signers().get(keyid));
    }

    synchronized boolean knows(String id) {
        return nodes.containsKey(id);
    }

    /** Notes a sign of life; returns whether the node was thought gone. */
    synchronized boolean heard(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            return false;
        }
        nodes.put(id, new Node(node.signers(), true, clock.instant(), node.status()));
        return !node.connected();
    }

    /** Notes a status; returns whether the node was thought gone. */
    synchronized boolean reported(String id, Status status) {
        boolean back = heard(id);
        nodes.computeIfPresent(id, (key, node) -> new Node(node.signers(), true, node.heard(), status));
        return back;
    }

    /** Notes a node's last will; returns whether it was thought there. */
    synchronized boolean gone(String id) {
        Node node = nodes.get(id);
        if (node == null || !node.connected()) {
            return false;
        }
        nodes.put(id, new Node(node.signers(), false, node.heard(), node.status()));
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
