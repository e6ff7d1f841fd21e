package city.hamana.capability.people;

import city.hamana.platform.access.Post;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.commons.csv.CSVFormat;
import org.jdbi.v3.core.Handle;

/** Accounts of staff, for administrators: posts, rights, lost second factors, sessions, passwords. */
final class StaffAccountPages {
    private static final String HERE = "city/hamana/capability/people/";
    private static final Set<String> SAID = Set.of("account-changed", "factor-reset", "sessions-ended");

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Lists lists;
    private final Accounts accounts;
    private final StaffAccounts staff;
    private final Sessions sessions;
    private final SecondFactors factors;
    private final PasskeyStore passkeys;
    private final KnownDevices devices;

    StaffAccountPages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            Lists lists,
            Accounts accounts,
            StaffAccounts staff,
            Sessions sessions,
            SecondFactors factors,
            PasskeyStore passkeys,
            KnownDevices devices) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.lists = lists;
        this.accounts = accounts;
        this.staff = staff;
        this.sessions = sessions;
        this.factors = factors;
        this.passkeys = passkeys;
        this.devices = devices;
    }

    void routes(Routes routes) {
        routes.get("/staff/accounts", Role.ADMIN, this::list)
                .get("/staff/accounts.csv", Role.ADMIN, this::csv)
                .get("/staff/accounts/new", Role.ADMIN, call -> newPage(call, Typed.empty("")))
                .post("/staff/accounts/new", Role.ADMIN, this::add)
                .get("/staff/accounts/{id}", Role.ADMIN, this::show)
                .post("/staff/accounts/{id}", Role.ADMIN, this::change)
                .post("/staff/accounts/{id}/reset-factor", Role.ADMIN, this::resetFactor)
                .post("/staff/accounts/{id}/end-sessions", Role.ADMIN, this::endSessions)
                .post("/staff/accounts/{id}/password", Role.ADMIN, this::newPassword);
    }

    private Reply list(Call call) {
        String q = call.query("q").orElse("");
        List<StaffAccount> found = database.inTransaction(tx -> staff.list(tx, q));
        return page(call, "accounts", new StaffPage(found, lists.departments(), q, Typed.empty(""), "", ""));
    }

    private Reply csv(Call call) {
        List<StaffAccount> found =
                database.inTransaction(tx -> staff.list(tx, call.query("q").orElse("")));
        StringBuilder text = new StringBuilder("name,shown,department,rank,roles,second factor,sessions\r\n");
        for (StaffAccount a : found) {
            text.append(CSVFormat.DEFAULT.format(
                            a.name(),
                            a.shown(),
                            a.post().map(Post::department).orElse(""),
                            a.post().map(post -> post.rank().code()).orElse(""),
                            StaffAccounts.roles(a.admin(), a.auditor()),
                            a.factor(),
                            a.sessions()))
                    .append("\r\n");
        }
        return Reply.text("text/csv", text.toString()).download("staff-accounts.csv");
    }

    private Reply show(Call call) {
        return one(call)
                .map(account -> onePage(call, account, typed(account), List.of(), ""))
                .orElseGet(Reply::notFound);
    }

    private Reply add(Call call) {
        Map<String, String> typed = typed(call);
        typed.put("name", call.field("name"));
        List<FieldError> errors = new ArrayList<>(errors(typed));
        if (!typed.get("name").matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            errors.add(FieldError.of("name", "people.staff.name-wrong"));
        } else if (database.inTransaction(tx -> staff.taken(tx, typed.get("name")))) {
            errors.add(FieldError.of("name", "people.staff.name-taken"));
        }
        if (!errors.isEmpty()) {
            return newPage(call, new Typed("", typed, errors)).withStatus(400);
        }
        String password = Secret.random().substring(0, 16);
        String hash = Passwords.hash(password);
        long id = database.inTransaction(tx -> {
            long made = staff.add(tx, typed.get("name"), typed.get("shown"), hash);
            staff.change(tx, made, typed.get("shown"), post(typed), yes(typed, "admin"), yes(typed, "auditor"));
            tell(tx, call, made, "people.account-made");
            return made;
        });
        return secretPage(call, id, password);
    }

    private Reply change(Call call) {
        Optional<StaffAccount> account = one(call);
        if (account.isEmpty()) {
            return Reply.notFound();
        }
        Map<String, String> typed = typed(call);
        List<FieldError> errors = new ArrayList<>(errors(typed));
        boolean self = call.person().id().equals(call.part("id"));
        if (self && !yes(typed, "admin")) {
            // Else a city may be left without anybody who can give the right back.
            errors.add(FieldError.of("admin", "people.staff.own-right"));
        }
        if (!errors.isEmpty()) {
            return onePage(call, account.get(), typed, errors, "").withStatus(400);
        }
        return done(
                call,
                "account-changed",
                "people.account-changed",
                (tx, id) -> staff.change(
                        tx, id, typed.get("shown"), post(typed), yes(typed, "admin"), yes(typed, "auditor")));
    }

    private Reply resetFactor(Call call) {
        return done(call, "factor-reset", "people.second-factor-reset", (tx, id) -> {
            factors.remove(tx, id);
            passkeys.removeAll(tx, id);
            devices.forget(tx, id);
            sessions.endAll(tx, id, call.caller().actor());
        });
    }

    private Reply endSessions(Call call) {
        return done(
                call,
                "sessions-ended",
                "people.sessions-ended-by-admin",
                (tx, id) -> sessions.endAll(tx, id, call.caller().actor()));
    }

    private Reply newPassword(Call call) {
        Optional<StaffAccount> account = one(call);
        if (account.isEmpty()) {
            return Reply.notFound();
        }
        String password = Secret.random().substring(0, 16);
        String hash = Passwords.hash(password);
        database.inTransaction(tx -> {
            accounts.password(tx, account.get().id(), hash, true);
            sessions.endAll(tx, account.get().id(), call.caller().actor());
            tell(tx, call, account.get().id(), "people.password-made");
            return true;
        });
        return secretPage(call, account.get().id(), password);
    }

    private Reply done(Call call, String said, String kind, BiConsumer<Handle, Long> deed) {
        Optional<StaffAccount> account = one(call);
        if (account.isEmpty()) {
            return Reply.notFound();
        }
        long id = account.get().id();
        database.inTransaction(tx -> {
            deed.accept(tx, id);
            tell(tx, call, id, kind);
            return true;
        });
        return Reply.seeOther("/staff/accounts/" + id + "?said=" + said);
    }

    private Optional<StaffAccount> one(Call call) {
        return database.inTransaction(tx -> staff.account(tx, Parties.number(call.part("id"))));
    }

    private List<FieldError> errors(Map<String, String> typed) {
        List<FieldError> errors = new ArrayList<>();
        if (typed.get("shown").isEmpty()) {
            errors.add(FieldError.of("shown", "people.names.missing"));
        }
        Names.complaint(typed.get("shown")).ifPresent(words -> errors.add(FieldError.of("shown", words)));
        boolean known = lists.departments().stream().anyMatch(d -> d.code().equals(typed.get("department")));
        if (!known) {
            errors.add(FieldError.of("department", "people.staff.department-missing"));
        }
        if (Rank.ofCode(typed.get("rank")).isEmpty()) {
            errors.add(FieldError.of("rank", "people.staff.rank-missing"));
        }
        return errors;
    }

    private static Map<String, String> typed(Call call) {
        Map<String, String> typed = new HashMap<>();
        for (String field : List.of("shown", "department", "rank", "admin", "auditor")) {
            typed.put(field, call.field(field));
        }
        return typed;
    }

    private static Map<String, String> typed(StaffAccount account) {
        Map<String, String> typed = new HashMap<>();
        typed.put("shown", account.shown());
        typed.put("department", account.post().map(Post::department).orElse(""));
        typed.put("rank", account.post().map(post -> post.rank().code()).orElse(""));
        typed.put("admin", account.admin() ? "yes" : "");
        typed.put("auditor", account.auditor() ? "yes" : "");
        return typed;
    }

    private static Post post(Map<String, String> typed) {
        return new Post(
                typed.get("department"),
                Rank.ofCode(typed.get("rank").toLowerCase(Locale.ROOT)).orElseThrow());
    }

    private static boolean yes(Map<String, String> typed, String field) {
        return "yes".equals(typed.get(field));
    }

    private void tell(Handle tx, Call call, long user, String kind) {
        events.append(tx, new Event(real.instant(), kind, call.caller().actor(), "person:" + user, Map.of()));
    }

    private Reply newPage(Call call, Typed typed) {
        return page(call, "account-new", new StaffPage(List.of(), lists.departments(), "", typed, "", ""));
    }

    private Reply secretPage(Call call, long id, String password) {
        StaffAccount account =
                database.inTransaction(tx -> staff.account(tx, id)).orElseThrow();
        return onePage(call, account, typed(account), List.of(), password);
    }

    private Reply onePage(
            Call call, StaffAccount account, Map<String, String> typed, List<FieldError> errors, String secret) {
        String said = call.query("said").filter(SAID::contains).orElse("");
        return page(
                call,
                "staff-account",
                new StaffPage(List.of(account), lists.departments(), "", new Typed("", typed, errors), secret, said));
    }

    private Reply page(Call call, String template, StaffPage page) {
        return Reply.html(html.render(HERE + template, call.page(), page));
    }
}
