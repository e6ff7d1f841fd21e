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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading what the city says, choosing how to be told, and posting letters: a real Chromium, over TLS. */
class NoticesBrowserTest {
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

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.open();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void closeWindows() {
        chromium.closeWindows();
    }

    @Test
    void aResidentSeesThatSomethingIsNewAndReadsItByKeyboardInJapaneseAndPortuguese() {
        read("ja", "jiro", "お知らせ", "湖西市のお知らせへようこそ");
        read("pt", "ichiro", "Avisos", "湖西市のお知らせへようこそ");
    }

    private static void read(String language, String name, String inbox, String subject) {
        tell(new Recipient.Of(TestCity.party(chromium.city(), name)));
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
    void aResidentChoosesWaysAndQuietHoursAndIsToldWhatIsWrong() {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "jiro", "/me/notices/settings");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "notices-settings-phone");
        page.evaluate("document.querySelector('main form').noValidate = true");
        page.locator("#quiet-from").fill("");
        page.locator("input[value=LETTER]").check();
        page.locator("main form.card-form button").click();
        assertThat(page.locator("#errors")).isFocused();
        assertThat(page.locator("input[value=LETTER]")).isChecked();
        Chromium.assertAccessible(page);
        page.locator("#quiet-from").fill("20:00");
        page.locator("#first").selectOption("LETTER");
        page.locator("main form.card-form button").click();
        assertThat(page.locator(".notice.ok")).containsText("保存しました");
        assertThat(page.locator("#quiet-from")).hasValue("20:00");
        assertThat(page.locator("#first")).hasValue("LETTER");
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
            assertEquals(List.of("断水のお知らせ（再） ja /n/abc"), shown(page), "a repeat takes the place of the first");
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

    /** What the browser has on the screen: title, language, and where it leads. */
    private static Object shown(Page page) {
        page.waitForFunction("""
                async () => (await (await navigator.serviceWorker.getRegistration("/assets/notices/"))
                  .getNotifications()).some(n => n.title.includes("再"))
                """);
        return page.evaluate("""
                async () => (await (await navigator.serviceWorker.getRegistration("/assets/notices/"))
                  .getNotifications()).map(n => `${n.title} ${n.lang} ${n.data}`)
                """);
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
        assertThat(plain.getByText("このブラウザではスクリプトが使えない")).isVisible();
        assertThat(plain.locator("[data-push] button")).isHidden();
    }

    @Test
    void staffPostLettersAndTakeAMistakeBackInJapaneseAndEnglish() {
        post("ja", "出した", "1 通を「出した」にしました");
        post("en", "Posted", "Letters marked as posted: 1");
    }

    private static void post(String language, String posted, String done) {
        Page page = chromium.desk(language, true);
        chromium.signIn(page, "suzuki", "/staff/letters");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "notices-letters-" + language);
        int waiting = page.locator("input[name=letter]").count();
        for (int i = 1; i < waiting; i++) {
            page.locator("input[name=letter]").nth(i).uncheck();
        }
        Chromium.tabTo(page, "button[form=posting]");
        page.keyboard().press("Enter");
        assertThat(page.locator(".notice.ok")).containsText(done);
        assertThat(page.locator(".tabs a[aria-current]")).hasText(posted);
        Chromium.assertAccessible(page);
        page.locator("form[action$=unpost] button").click();
        page.navigate(chromium.address("/staff/letters"));
        assertThat(page.locator("input[name=letter]")).hasCount(waiting);
    }

    @Test
    void theDivisionsInboxIsReadByItsStaff() {
        tell(new Recipient.Division("suido"));
        Page page = chromium.desk("en", true);
        chromium.signIn(page, "suzuki", "/staff/inbox");
        Chromium.assertAccessible(page);
        page.locator("li.new a").first().click();
        assertThat(page.locator("h1")).hasText("湖西市のお知らせへようこそ");
        Chromium.assertAccessible(page);
    }

    @Test
    void everyPageFitsIntoTheSmallestTelephoneAndWorksWithoutScript() {
        tell(new Recipient.Of(TestCity.party(chromium.city(), "hanako")));
        Page resident = chromium.page(320, 640, "ja", false);
        chromium.signIn(resident, "hanako", "/me/notices");
        chromium.assertFitsWithoutScript(resident, "/me/notices");
        resident.locator(".inbox a").first().click();
        assertThat(resident.locator("h1")).hasText("湖西市のお知らせへようこそ");
        chromium.assertFitsWithoutScript(resident, "/me/notices/settings");
        resident.locator("#quiet-from").fill("22:00");
        resident.locator("main form.card-form button").click();
        assertThat(resident.locator("#quiet-from")).hasValue("22:00");
        Page staff = chromium.page(320, 640, "pt", false);
        chromium.signIn(staff, "suzuki", "/staff/letters");
        chromium.assertFitsWithoutScript(staff, "/staff/letters");
        chromium.assertFitsWithoutScript(staff, "/staff/letters?state=posted");
        chromium.assertFitsWithoutScript(staff, "/staff/inbox");
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
