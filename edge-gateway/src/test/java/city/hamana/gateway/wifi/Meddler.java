package city.hamana.gateway.wifi;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Stands in the line between gateway and agent and does something to each answer. */
final class Meddler implements AutoCloseable {
    private static final int LONGEST_MESSAGE = 65_535;

    private final DatagramSocket gatewaySide;
    private final DatagramSocket agentSide;
    private final DatagramSocket stranger;
    private final Function<byte[], List<byte[]>> answers;
    private final boolean fromAStranger;
    private volatile SocketAddress gateway;

    private Meddler(int agent, Function<byte[], List<byte[]>> answers, boolean fromAStranger) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        this.gatewaySide = new DatagramSocket(0, loopback);
        this.agentSide = new DatagramSocket(0, loopback);
        this.stranger = new DatagramSocket(0, loopback);
        this.agentSide.connect(new InetSocketAddress(loopback, agent));
        this.answers = answers;
        this.fromAStranger = fromAStranger;
        Thread.ofPlatform().daemon().start(() -> pass(gatewaySide, this::ask));
        Thread.ofPlatform().daemon().start(() -> pass(agentSide, this::answer));
    }

    /** Sends instead of each answer what is made of it. */
    static Meddler with(int agent, Function<byte[], List<byte[]>> answers) throws IOException {
        return new Meddler(agent, answers, false);
    }

    /** Sends each answer from another port than was asked. */
    static Meddler fromAStranger(int agent) throws IOException {
        return new Meddler(agent, List::of, true);
    }

    int port() {
        return gatewaySide.getLocalPort();
    }

    @Override
    public void close() {
        gatewaySide.close();
        agentSide.close();
        stranger.close();
    }

    private interface Passing {
        void pass(DatagramPacket packet) throws IOException;
    }

    private static void pass(DatagramSocket from, Passing to) {
        while (!from.isClosed()) {
            DatagramPacket packet = new DatagramPacket(new byte[LONGEST_MESSAGE], LONGEST_MESSAGE);
            try {
                from.receive(packet);
                to.pass(packet);
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void ask(DatagramPacket packet) throws IOException {
        gateway = packet.getSocketAddress();
        agentSide.send(new DatagramPacket(packet.getData(), packet.getLength()));
    }

    private void answer(DatagramPacket packet) throws IOException {
        DatagramSocket from = fromAStranger ? stranger : gatewaySide;
        for (byte[] bytes : answers.apply(Arrays.copyOf(packet.getData(), packet.getLength()))) {
            from.send(new DatagramPacket(bytes, bytes.length, gateway));
        }
    }
}
