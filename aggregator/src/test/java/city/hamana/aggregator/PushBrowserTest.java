package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is new, in the head of every page and on the screen of a device: a real Chromium, over TLS. */
class PushBrowserTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /**
     * The push service of a browser's maker cannot be reached from a test. What stands here gives what it would give:
     * an address and real keys. All else is the browser's own: permission, worker, event, notification.
     */
    private static final String PUSH_SERVICE = """
            PushManager.prototype.getSubscription = async () =>
              localStorage.endpoint ? { endpoint: localStorage.endpoint, options: {} } : null;
            PushManager.prototype.subscribe = async options => {
              const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
              const key = await crypto.subtle.exportKey("raw", pair.publicKey);
              localStorage.endpoint = "https://push.example/send/" + crypto.randomUUID();
              localStorage.asked = options.applicationServerKey.length + " " + options.userVisibleOnly;
              return { endpoint: localStorage.endpoint,
                getKey: name => name === "p256dh" ? key : crypto.getRandomValues(new Uint8Array(16)).buffer };
            };
            """;

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @Test
    void aResidentSeesThatSomethingIsNewAndReadsItByKeyboardInJapaneseAndPortuguese() {
        read("ja", "jiro", "お知らせ", "湖西市のお知らせへようこそ");
        read("pt", "ichiro", "Avisos", "湖西市のお知らせへようこそ");
    }

    private static void read(String language, String name, String inbox, String subject) {
        String party = TestCity.party(chromium.city(), name);
        chromium.city()
                .database()
                .inTransaction(tx -> tx.execute("UPDATE notices_message SET read_ms = 1 WHERE party = ?", party));
        tell(new Recipient.Of(party));
        Page page = chromium.phone(language, true);
        chromium.signIn(page, name, "/");
        assertThat(page.locator(".news")).containsText(inbox);
        Chromium.assertAccessible(page);
        Chromium.tabTo(page, ".news");
        page.keyboard().press("Enter");
        assertThat(page.locator("li.new .subject").first()).hasText(subject);
        Chromium.assertAccessible(page);
        Chromium.picture(page, "notices-inbox-" + language);
        Chromium.tabTo(page, "li.new a");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText(subject);
        assertThat(page.locator(".news")).hasCount(0);
        Chromium.assertAccessible(page);
        page.goBack();
        page.reload();
        assertThat(page.locator("li.new")).hasCount(0);
    }

    @Test
    void aDeviceIsAddedShowsWhatIsPushedAndIsRemoved(@TempDir Path profile) {
        try (BrowserContext context = chromium.trusting(profile)) {
            context.grantPermissions(List.of("notifications"));
            context.addInitScript(PUSH_SERVICE);
            Page page = context.newPage();
            chromium.signIn(page, "hanako", "/me/notices/settings");
            Locator button = page.locator("[data-push] button");
            assertThat(button).isVisible();
            Chromium.assertAccessible(page);
            CDPSession devTools = context.newCDPSession(page);
            AtomicReference<String> worker = new AtomicReference<>("");
            devTools.on("ServiceWorker.workerRegistrationUpdated", told -> registered(told, worker));
            devTools.send("ServiceWorker.enable");
            Chromium.tabTo(page, "[data-push] button");
            page.keyboard().press("Enter");
            assertThat(page.locator(".push-devices li")).hasCount(1);
            assertThat(page.locator("[data-this]")).isVisible();
            assertThat(button).isHidden();
            assertEquals("65 true", page.evaluate("localStorage.asked"), "the city's key, and nothing in silence");
            Chromium.assertAccessible(page);
            Chromium.picture(page, "notices-device-desk");
            push(devTools, worker.get(), "断水のお知らせ");
            push(devTools, worker.get(), "断水のお知らせ（再）");
            assertEquals("断水のお知らせ（再） ja /n/abc", repeated(page), "a repeat takes the place of the first");
            page.locator(".push-devices button").click();
            assertThat(page.locator(".push-devices")).hasCount(0);
            assertThat(page.locator("[data-push] button")).isVisible();
        }
    }

    private static void registered(JsonObject told, AtomicReference<String> worker) {
        JsonArray registrations = told.getAsJsonArray("registrations");
        for (JsonElement registration : registrations) {
            worker.set(registration.getAsJsonObject().get("registrationId").getAsString());
        }
    }

    private static void push(CDPSession devTools, String worker, String title) {
        JsonObject message = new JsonObject();
        message.addProperty("title", title);
        message.addProperty("text", "12月1日 9時から");
        message.addProperty("lang", "ja");
        message.addProperty("tag", "7");
        message.addProperty("to", "/n/abc");
        JsonObject push = new JsonObject();
        push.addProperty("origin", chromium.address(""));
        push.addProperty("registrationId", worker);
        push.addProperty("data", message.toString());
        devTools.send("ServiceWorker.deliverPushMessage", push);
    }

    /** What the browser has on the screen once it is one thing only and a repeat: title, language, and where it leads. */
    private static Object repeated(Page page) {
        return page.waitForFunction("""
                async () => {
                  const at = await navigator.serviceWorker.getRegistration("/assets/notices/");
                  const all = (await at.getNotifications()).map(n => `${n.title} ${n.lang} ${n.data}`);
                  return all.length === 1 && all[0].includes("再") && all[0];
                }
                """).jsonValue();
    }

    @Test
    void whereABrowserCannotOrMayNotItIsSaidInPlainWords() {
        Page denied = chromium.phone("pt", true);
        chromium.signIn(denied, "ichiro", "/me/notices/settings");
        denied.evaluate("Notification.requestPermission = async () => 'denied'");
        denied.locator("[data-push] button").click();
        assertThat(denied.locator("[data-push] [role=status]")).containsText("não estão permitidas");
        Chromium.assertAccessible(denied);
        Page old = chromium.phone("ja", true);
        old.addInitScript("delete window.PushManager");
        chromium.signIn(old, "jiro", "/me/notices/settings");
        assertThat(old.locator("[data-push] [role=status]")).containsText("このブラウザでは通知を受け取れません");
        assertThat(old.locator("[data-push] button")).isHidden();
        Page plain = chromium.phone("ja", false);
        chromium.signIn(plain, "jiro", "/me/notices/settings");
        assertThat(plain.locator("[data-push] noscript p")).isVisible();
        assertThat(plain.locator("[data-push] button")).isHidden();
    }

    private static void tell(Recipient to) {
        City city = chromium.city();
        city.database().inTransaction(tx -> {
            TestCity.module(city, Notices.class)
                    .send(
                            tx,
                            new Notice(
                                    to,
                                    "notices.welcome",
                                    List.of(),
                                    "/accessibility",
                                    Urgency.ORDINARY,
                                    "browser:" + NUMBER.incrementAndGet()));
            return to;
        });
    }
}
