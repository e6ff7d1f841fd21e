package city.hamana.aggregator;

import city.hamana.capability.maps.Tiles;
import city.hamana.capability.notices.ChannelSettings;
import city.hamana.capability.payments.Collector;
import city.hamana.capability.payments.PaymentSettings;
import city.hamana.capability.payments.ProviderSettings;
import city.hamana.capability.people.SignInSettings;
import city.hamana.capability.people.TestPeople;
import city.hamana.link.CertificateAuthority;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SequenceRange;
import city.hamana.messages.v1.SettingsState;
import city.hamana.messages.v1.Status;
import city.hamana.messages.v1.Storage;
import city.hamana.messages.v1.StorageState;
import city.hamana.platform.http.TrustedProxies;
import city.hamana.sensing.devices.Devices;
import city.hamana.sensing.readings.Readings;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Valid defaults for a city in memory, its people, and readings of one home with the faults that real ones have. */
final class TestCity {
    /** Noon in Japan. */
    static final Instant NOW = Instant.parse("2017-01-05T03:00:00Z");

    static final String METER = "els-12345678";
    static final String TOKEN = "a-token-for-tests-0123456789abcdef";
    static final Duration SILENT_AFTER = Duration.ofMillis(2_500);

    private static final String USERS = """
            hanako:resident:blue water:%s:袴田 花子/ハカマタ ハナコ/HAKAMATA HANAKO
            ichiro:resident:blue water::疋田 一郎/ヒキタ イチロウ/HIKITA ICHIRO
            jiro:resident:blue water:els-00000000:内藤 二郎/ナイトウ ジロウ/NAITO JIRO
            suzuki:staff+admin+auditor:blue water:suido.manager:鈴木 健
            yamada:staff:blue water:doboku.officer:山田 徹
            mori:staff:blue water:doboku.manager:森 久美子
            kato:staff:blue water:shimin.officer:加藤 遥
            abe:staff:blue water:shimin.manager:阿部 隆
            ono:staff:blue water:sangyo.officer:小野 咲
            ueda:staff:blue water:sangyo.manager:上田 誠
            hara:staff:blue water:somu.manager:原 直樹
            ishii:staff:blue water:zeimu.officer:石井 幸
            hoshi:staff:blue water:kaikei.officer:星 進
            sano:staff:blue water:fukushi.officer:佐野 恵
            goto:staff:blue water:kiki.officer:後藤 学
            noda:staff:blue water:kiki.manager:野田 恵
            bench:api:%s:readings,metrics,open311
            """.formatted(METER, TOKEN);
    private static final int[] LITRES_BY_HOUR = {
        0, 0, 0, 0, 2, 6, 34, 41, 22, 9, 7, 12, 18, 6, 4, 5, 9, 21, 38, 52, 47, 63, 25, 3
    };
    /** Nobody listens there. */
    private static final ProviderSettings NOWHERE =
            new ProviderSettings(URI.create("http://127.0.0.1:9"), "a-key", "a-secret-for-tests");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Certificates run on real time; a test run is shorter than their life. */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final CertificateAuthority CA = CertificateAuthority.root("Testville", Instant.now());

    private static final Path KEYS = folder();

    private TestCity() {}

    static City open() {
        return new City(settings(), identity());
    }

    static Settings settings() {
        return settings("jdbc:derby:memory:city" + NUMBER.incrementAndGet() + ";create=true");
    }

    static Settings settings(String databaseUrl) {
        return settings(databaseUrl, signIn(), TrustedProxies.NONE);
    }

    static Settings settings(TrustedProxies proxies) {
        return settings("jdbc:derby:memory:city" + NUMBER.incrementAndGet() + ";create=true", signIn(), proxies);
    }

    private static SignInSettings signIn() {
        return new SignInSettings(
                URI.create("https://localhost:8443"),
                SignInSettings.SecondFactor.OFFERED,
                Optional.empty(),
                TestPeople.keysFile(),
                Optional.empty());
    }

    static Settings settings(SignInSettings signIn) {
        return settings(
                "jdbc:derby:memory:city" + NUMBER.incrementAndGet() + ";create=true", signIn, TrustedProxies.NONE);
    }

    /** A city at the port and address that its way to sign in says. */
    static Settings at(SignInSettings signIn) {
        return settings(
                "jdbc:derby:memory:city" + NUMBER.incrementAndGet() + ";create=true",
                signIn,
                TrustedProxies.NONE,
                signIn.publicAddress().getPort());
    }

    private static Settings settings(String databaseUrl, SignInSettings signIn, TrustedProxies proxies) {
        return settings(databaseUrl, signIn, proxies, 0);
    }

    private static Settings settings(String databaseUrl, SignInSettings signIn, TrustedProxies proxies, int port) {
        return settings(databaseUrl, signIn, proxies, port, payments(NOWHERE));
    }

    /** A city at a port whose payment provider is asked there. */
    static Settings paying(int port, ProviderSettings provider) {
        return settings(
                "jdbc:derby:memory:city" + NUMBER.incrementAndGet() + ";create=true",
                new SignInSettings(
                        URI.create("https://localhost:" + port),
                        SignInSettings.SecondFactor.OFFERED,
                        Optional.empty(),
                        TestPeople.keysFile(),
                        Optional.empty()),
                TrustedProxies.NONE,
                port,
                payments(provider));
    }

    private static PaymentSettings payments(ProviderSettings provider) {
        return new PaymentSettings(
                Optional.of(provider),
                Optional.of(new Collector(
                        "1234567890", "ｺｻｲｼ", "0149", "ｼｽﾞｵｶ", "123", "ｺｻｲ", "0001234", true, "912345", "222216")));
    }

    private static Settings settings(
            String databaseUrl, SignInSettings signIn, TrustedProxies proxies, int port, PaymentSettings payments) {
        return new Settings(
                "127.0.0.1",
                port,
                0,
                signIn.publicAddress(),
                databaseUrl,
                Path.of("identity"),
                Optional.empty(),
                Clock.fixed(NOW, ZoneId.of("Asia/Tokyo")),
                true,
                "Contains data from \"DAIAD Trial Data\" (DAIAD project, www.daiad.eu), licensed under CC BY-SA 4.0"
                        + " (https://creativecommons.org/licenses/by-sa/4.0/).",
                "053-000-0000",
                channels(),
                payments,
                Tiles.NONE,
                List.of(),
                List.of(),
                SILENT_AFTER,
                Duration.ofDays(400),
                Optional.of(users()),
                proxies,
                signIn);
    }

    /** No mail and no LINE; notifications, which go to nobody who has not asked for them. */
    private static ChannelSettings channels() {
        Path key = KEYS.resolve("push-key.json");
        key.toFile().deleteOnExit();
        return new ChannelSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ChannelSettings.PushSender(key, "mailto:city@kosai.example", true)));
    }

    static DeviceIdentity identity() {
        return CA.identity("hall", Role.AGGREGATOR, List.of("localhost", "127.0.0.1"), Instant.now());
    }

    static DeviceIdentity gateway(String id) {
        return CA.identity(id, Role.GATEWAY, List.of("localhost"), Instant.now());
    }

    static DeviceIdentity node(String id) {
        return CA.identity(id, Role.NODE, List.of(), Instant.now());
    }

    /** Seven weeks of readings at odd minutes: with a gap, a register that goes down, a guess and a conflict. */
    static void fillReadings(City city) {
        List<Sample> samples = new ArrayList<>();
        Instant at = Instant.parse("2016-11-16T15:19:43Z");
        long litres = 260_575;
        while (at.isBefore(NOW)) {
            int hour = at.atZone(ZoneId.of("Asia/Tokyo")).getHour();
            int day = at.atZone(ZoneId.of("Asia/Tokyo")).getDayOfYear();
            litres += Math.max(0, LITRES_BY_HOUR[hour] - (hour * day) % 11);
            boolean gap = at.isAfter(Instant.parse("2017-01-02T17:00:00Z"))
                    && at.isBefore(Instant.parse("2017-01-02T23:00:00Z"));
            boolean guess = at.toString().startsWith("2017-01-04T08");
            if (at.toString().startsWith("2017-01-03T04")) {
                litres -= 3_000;
            }
            if (!gap) {
                samples.add(new Sample(METER, Quantity.VOLUME, at, litres, -3, guess ? Quality.ESTIMATED : 0));
            }
            at = at.plus(Duration.ofHours(1)).plusSeconds(hour % 3);
        }
        Sample last = samples.getLast();
        Sample other = new Sample(METER, Quantity.VOLUME, last.at(), last.value() + 1, -3, 0);
        Readings readings = module(city, Readings.class);
        city.database().inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
        city.database().inTransaction(tx -> readings.merge(tx, List.of(other), "device:gw-0002"));
    }

    /** Two gateways with nodes and what they sent; the second was last heard ten minutes ago. */
    static void fillDevices(City city) {
        TestBlocks.fill(city);
        beat(city, "gw-0002", Instant.now().minusSeconds(600), node("node-0021", true, 2), node("node-0022", true, 1));
        beat(city, "gw-0001", Instant.now(), node("node-0011", true, 0), node("node-0012", false, 47));
    }

    static void beat(City city, String gateway, Instant at, NodePresence... nodes) {
        Heartbeat heartbeat = Heartbeat.newBuilder()
                .setGateway(status(gateway, 3))
                .addAllNodes(List.of(nodes))
                .build();
        module(city, Devices.class).heartbeat(heartbeat, gateway, at);
    }

    static NodePresence node(String id, boolean connected, long waiting) {
        return NodePresence.newBuilder()
                .setDeviceId(id)
                .setConnected(connected)
                .setHeardUnixMs(NOW.minusSeconds(connected ? 1 : 4_000).toEpochMilli())
                .setStatus(status(id, waiting))
                .build();
    }

    /** Id of a person by the sign-in name. */
    static String party(City city, String name) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT id FROM people_user WHERE name = ?")
                        .bind(0, name)
                        .mapTo(String.class)
                        .one());
    }

    static <T> T module(City city, Class<T> type) {
        return city.modules().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Status status(String id, long waiting) {
        return Status.newBuilder()
                .setDeviceId(id)
                .setSoftware("0.1.0")
                .setClock(ClockState.newBuilder()
                        .setUnixMs(NOW.toEpochMilli() + 120)
                        .setSynchronised(!id.endsWith("12")))
                .setWaitingBlocks(waiting)
                .setWaitingBytes(waiting * 1_843)
                .setQuotaBytes(64 << 20)
                .setBootId(id.equals("node-0022") ? TestBlocks.BOOT : ByteString.EMPTY)
                .setNextSequence(15)
                .addAllPending(id.equals("node-0022") ? List.of(pending(id)) : List.of())
                .setStorage(storage(id))
                .setSettings(SettingsState.newBuilder()
                        .setVersion(3)
                        .setOnTrial(id.equals("node-0011"))
                        .setRefusedVersion(id.equals("gw-0001") ? 2 : 0)
                        .setReason(id.equals("gw-0001") ? "heartbeat-ms is out of range" : ""))
                .setCertificateNotAfterUnixMs(Instant.now()
                        .plus(Duration.ofDays(id.endsWith("22") ? 9 : 340))
                        .toEpochMilli())
                .putCounters("telegram.checksum", 3)
                .putCounters("telegram.read", 18_204)
                .build();
    }

    private static BlockSet pending(String id) {
        return BlockSet.newBuilder()
                .setDeviceId(id)
                .setBootId(TestBlocks.BOOT)
                .addBlocks(SequenceRange.newBuilder().setFirst(11).setLast(11))
                .build();
    }

    private static Storage storage(String id) {
        Storage.Builder storage = Storage.newBuilder()
                .setState(id.equals("node-0022") ? StorageState.STORAGE_STATE_SALVAGED : StorageState.STORAGE_STATE_OK)
                .setDetail(id.equals("node-0022") ? "2 pages could not be read" : "")
                .setWrittenBytes(3_400_000)
                .setDailyBudgetBytes(id.equals("node-0022") ? 2_000_000 : 50_000_000)
                .setSamples(48_000)
                .setRetainedBytes(1_200_000);
        return (id.equals("gw-0001") ? storage : storage.setDaysLeft(id.equals("node-0022") ? 4 : 212)).build();
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("keys");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path users() {
        try {
            Path file = Files.createTempFile(
                    "users",
                    ".txt",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, USERS);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
