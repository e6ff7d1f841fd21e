package city.hamana.demo.trial;

import city.hamana.demo.city.Plan;
import city.hamana.link.DeviceIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Noise at the doors, from outside and from devices that the city knows. */
final class GarbageFaults {
    private static final int SOCKETS = 30;
    private static final int POSTS = 10;
    private static final int LONGEST = 20_000;
    private static final byte[] HELLO = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xFC, 0x03, 0x03};
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Plan plan;

    GarbageFaults(Plan plan) {
        this.plan = plan;
    }

    Fault.Healing atBroker(Step step) {
        return noise(plan.broker(), step.random());
    }

    /** Bytes that are no TLS, and requests of a node and of the gateway that are none. */
    Fault.Healing atDevicePort(Step step) throws InterruptedException {
        SplittableRandom random = step.random();
        Fault.Healing healing = noise(plan.devices(), random);
        for (String device : List.of(Plan.NODE_2, Plan.GATEWAY)) {
            post(DeviceIdentity.load(plan.home(device).resolve("identity")), random);
        }
        return healing;
    }

    private void post(DeviceIdentity device, SplittableRandom random) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(device.sslContext())
                .connectTimeout(PATIENCE)
                .build()) {
            for (int i = 0; i < POSTS; i++) {
                String path = i % 2 == 0 ? "/device/v1/batches" : "/device/v1/heartbeat";
                HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + plan.devices() + path))
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(random)))
                        .build();
                http.send(request, HttpResponse.BodyHandlers.discarding());
            }
        } catch (IOException e) {
            // Not answered, which is one way to treat noise.
            return;
        }
    }

    /** Half of the connections begin like TLS; all are left open until the fault is healed. */
    private static Fault.Healing noise(int port, SplittableRandom random) {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            connect(port, i % 2 == 0 ? HELLO : bytes(random), open);
        }
        return () -> {
            for (Socket socket : open) {
                socket.close();
            }
        };
    }

    private static void connect(int port, byte[] noise, List<Socket> open) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(socket);
            socket.getOutputStream().write(noise);
        } catch (IOException e) {
            // Refused or cut off: the door defends itself.
            return;
        }
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(1, LONGEST)];
        random.nextBytes(bytes);
        return bytes;
    }
}
