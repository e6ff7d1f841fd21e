package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.capability.people.Mandate;
import city.hamana.capability.people.Names;
import city.hamana.capability.people.NewParty;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.http.Caller;
import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What counters do for those who come: who may act for whom. The city's day is 5 January 2017. */
class CounterTest {
    private static City city;

    @BeforeAll
    static void open() {
        city = TestCity.open();
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void aGuardianIsEnteredForWhatTheCounterSawAndBothSidesKnow() {
        String child = person("袴田 みお", "2010-03-01");
        Guest kato = counter("kato");
        String found =
                kato.get("/staff/people/" + child + "/mandates?q=hakamata").body();
        assertTrue(found.contains("袴田 花子"), found);
        Answer done = grant(kato, child, guardian("hanako"));
        assertEquals(
                "/staff/people/" + child + "?purpose=people.mandate&said=mandate-entered",
                done.location(),
                done.body());
        String page = kato.get(done.location()).body();
        assertTrue(page.contains("戸籍全部事項証明書") && page.contains("2028年2月29日"), page);
        assertTrue(mayAct("hanako", child));
        String mine = Guest.signedIn(city, "hanako")
                .speaking("ja")
                .get("/me/mandates")
                .body();
        assertTrue(mine.contains("袴田 みお") && mine.contains("戸籍全部事項証明書"), mine);
        assertEquals(1, notices(TestCity.party(city, "hanako"), "袴田 花子 さんが 袴田 みお さんの代わりに手続きできます"));
        assertEquals(1, notices(child, "袴田 花子 さんが 袴田 みお さんの代わりに手続きできます"));
        assertTrue(page.contains("/end\""), "and the counter can end it");
        String end = page.replaceFirst("(?s).*action=\"(/staff/people/\\d+/mandates/\\d+/end)\".*", "$1");
        assertEquals(403, counter("yamada").post(end, Map.of()).status(), "another division's");
        assertEquals(303, kato.post(end, Map.of()).status());
        assertEquals(404, kato.post(end, Map.of()).status(), "once");
        assertFalse(mayAct("hanako", child));
        assertEquals(1, notices(child, "袴田 花子 さんは 袴田 みお さんの代わりではなくなりました"));
    }

    @Test
    void whenAChildComesOfAgeIsARuleWithItsDayInLaw() {
        Guest kato = counter("kato");
        String born2001 = person("成年 一", "2001-12-31");
        String born2003 = person("成年 二", "2003-06-15");
        String leap = person("成年 三", "2012-02-29");
        grant(kato, born2001, guardian("hanako"));
        grant(kato, born2003, guardian("hanako"));
        grant(kato, leap, guardian("hanako"));
        assertTrue(page(kato, born2001).contains("2021年12月30日"), "of age at twenty, before the reform");
        assertTrue(page(kato, born2003).contains("2022年3月31日"), "of age on the day of the reform");
        assertTrue(page(kato, leap).contains("2030年2月28日"), "of age on 1 March");
    }

    @Test
    void whatDoesNotHoldIsRefusedWithItsReason() {
        Guest kato = counter("kato");
        String child = person("断り 一", "2010-03-01");
        assertRefused(kato, child, with(guardian("hanako"), "agent", child), "代わりに手続きする人を選んでください");
        assertRefused(kato, child, with(guardian("hanako"), "evidence", "company-register"), "確認した書類を選んでください");
        assertRefused(kato, child, with(guardian("hanako"), "from", "2017-01-04"), "今日から1年後までの日");
        assertRefused(kato, child, with(guardian("hanako"), "until", "2028-03-01"), "2028年3月1日(水) に成年に達します");
        assertRefused(kato, child, with(guardian("hanako"), "note", "\uE000"), "200字まで");
        Map<String, String> representative = with(guardian("hanako"), "kind", "representative");
        assertRefused(kato, child, with(representative, "evidence", "company-register"), "この立場は登録できません");
        assertRefused(kato, person("断り 二", "1990-01-01"), guardian("hanako"), "2010年1月1日");
        assertRefused(kato, person("断り 三", ""), guardian("hanako"), "生年月日が登録されていません");
        Map<String, String> proxy = with(with(guardian("hanako"), "kind", "proxy"), "evidence", "letter-of-attorney");
        assertRefused(kato, child, proxy, "代理人は1年まで");
        assertRefused(kato, child, with(proxy, "until", "2018-06-01"), "代理人は1年まで");
        Map<String, String> forEver = with(guardian("hanako"), "until", "+999999999-12-31");
        assertRefused(kato, child, with(forEver, "evidence", "guardianship-register"), "代理人は1年まで");
        assertEquals(303, grant(kato, child, with(proxy, "until", "2017-12-31")).status());
    }

    @Test
    void oneRightIsNotEnteredTwiceForTheSameDaysNorBothWays() {
        Guest kato = counter("kato");
        String child = person("重なり 一", "2010-03-01");
        assertEquals(
                303,
                grant(kato, child, with(guardian("jiro"), "until", "2017-03-31"))
                        .status());
        assertRefused(kato, child, guardian("jiro"), "期間が重なります");
        assertEquals(
                303,
                grant(kato, child, with(guardian("jiro"), "from", "2017-04-01")).status(),
                "afterwards it may");
        Map<String, String> back = with(with(guardian("jiro"), "agent", child), "evidence", "guardianship-register");
        assertRefused(kato, TestCity.party(city, "jiro"), back, "互いに保護者になることはできません");
        assertEquals(303, grant(kato, child, guardian("ichiro")).status(), "two parents may");
    }

    @Test
    void aCounterEntersWhatItsDivisionIsFor() {
        String child = person("窓口 一", "2010-03-01");
        assertEquals(
                403,
                counter("yamada").get("/staff/people/" + child + "/mandates").status());
        assertEquals(403, grant(counter("yamada"), child, guardian("hanako")).status());
        assertFalse(page(counter("yamada"), child).contains("/mandates\""));
        assertRefused(counter("ono"), child, guardian("hanako"), "確認した書類を選んでください");
        String business = add(Party.Kind.BUSINESS, "みなと商店", "");
        Map<String, String> representative =
                with(with(guardian("jiro"), "kind", "representative"), "evidence", "company-register");
        assertEquals(303, grant(counter("ono"), business, representative).status());
        assertTrue(mayAct("jiro", business));
    }

    @Test
    void aRightThatBeginsLaterIsToldWhenItBegins() {
        Guest kato = counter("kato");
        String child = person("後日 一", "2010-03-01");
        assertEquals(
                303,
                grant(kato, child, with(guardian("hanako"), "from", "2017-02-01"))
                        .status());
        assertFalse(mayAct("hanako", child));
        assertTrue(page(kato, child).contains("これから"));
        assertEquals(0, notices(child, "袴田 花子 さんが 後日 一 さんの代わりに手続きできます"));
    }

    @Test
    void aProxyEnteredAtTheCounterIsEndedByThePrincipalAtHome() {
        String hanako = TestCity.party(city, "hanako");
        Map<String, String> proxy = with(with(guardian("ichiro"), "kind", "proxy"), "evidence", "letter-of-attorney");
        assertEquals(
                303,
                grant(counter("kato"), hanako, with(proxy, "until", "2017-12-31"))
                        .status());
        assertTrue(mayAct("ichiro", hanako));
        Guest guest = Guest.signedIn(city, "hanako").speaking("ja");
        String end = guest.get("/me/mandates").body().replaceFirst("(?s).*?action=\"(/me/mandates/\\d+/end)\".*", "$1");
        assertEquals(303, guest.post(end, Map.of()).status());
        assertFalse(mayAct("ichiro", hanako));
        assertEquals(1, notices(TestCity.party(city, "ichiro"), "疋田 一郎 さんは 袴田 花子 さんの代わりではなくなりました"));
    }

    private static Map<String, String> guardian(String agent) {
        Map<String, String> fields = new HashMap<>();
        fields.put("agent", TestCity.party(city, agent));
        fields.put("kind", Mandate.Kind.GUARDIAN.code());
        fields.put("evidence", "family-register");
        fields.put("note", "湖西市 平成29年1月4日");
        fields.put("q", "x");
        return fields;
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> changed = new HashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private static Answer grant(Guest staff, String party, Map<String, String> fields) {
        return staff.post("/staff/people/" + party + "/mandates", fields);
    }

    private static void assertRefused(Guest staff, String party, Map<String, String> fields, String why) {
        Answer answer = grant(staff, party, fields);
        assertEquals(400, answer.status(), answer.location());
        assertTrue(answer.body().contains(why), why + answer.body().replaceFirst("(?s).*<main", ""));
    }

    private static String page(Guest staff, String party) {
        return staff.get("/staff/people/" + party + "?purpose=people.counter").body();
    }

    private static Guest counter(String name) {
        Guest guest = Guest.signedIn(city, name).speaking("ja");
        guest.get("/staff/people");
        return guest;
    }

    private static String person(String name, String born) {
        return add(Party.Kind.PERSON, name, born);
    }

    private static String add(Party.Kind kind, String name, String born) {
        NewParty facts = new NewParty(
                kind,
                new Names(name, "", ""),
                born.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(born)),
                Optional.empty(),
                "",
                "",
                Language.JA);
        Caller.Person staff = new Caller.Person("1", "", Set.of(Role.STAFF), Optional.empty(), Proof.TWO_FACTORS);
        return city.database()
                .inTransaction(tx -> TestCity.module(city, People.class).add(tx, staff, facts));
    }

    private static boolean mayAct(String name, String principal) {
        String id = TestCity.party(city, name);
        Caller.Person person = new Caller.Person(id, name, Set.of(Role.RESIDENT), Optional.empty(), Proof.ONE_FACTOR);
        return city.database()
                .inTransaction(tx -> TestCity.module(city, People.class).mayActFor(tx, person, principal));
    }

    private static int notices(String party, String subject) {
        return city.database()
                .inTransaction(
                        tx -> tx.createQuery("SELECT COUNT(*) FROM notices_message WHERE party = ? AND subject = ?")
                                .bind(0, party)
                                .bind(1, subject)
                                .mapTo(Integer.class)
                                .one());
    }
}
