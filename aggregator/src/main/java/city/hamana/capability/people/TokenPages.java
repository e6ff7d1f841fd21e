package city.hamana.capability.people;

import city.hamana.platform.access.Role;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tokens of programs: the list, making one, revoking one. */
final class TokenPages {
    private static final String HERE = "city/hamana/capability/people/";

    private final Html html;
    private final InstantSource real;
    private final Tokens tokens;

    TokenPages(Html html, InstantSource real, Tokens tokens) {
        this.html = html;
        this.real = real;
        this.tokens = tokens;
    }

    void routes(Routes routes) {
        routes.get("/staff/tokens", Role.ADMIN, call -> list(call, "", ""))
                .post("/staff/tokens", Role.ADMIN, this::make)
                .post("/staff/tokens/{id}/revoke", Role.ADMIN, this::revoke);
    }

    private Reply make(Call call) {
        List<String> scopes = Tokens.SCOPES.stream()
                .filter(scope -> call.field("scope-" + scope).equals("yes"))
                .toList();
        if (!call.field("name").matches("[A-Za-z0-9._-]{1,64}") || scopes.isEmpty()) {
            return list(call, "", "people.token-wrong").withStatus(400);
        }
        String made = tokens.create(
                call.field("name"), String.join(",", scopes), call.caller().actor());
        return list(call, made, "");
    }

    private Reply revoke(Call call) {
        Optional<Long> id = call.number("id");
        if (id.isEmpty()) {
            return Reply.notFound();
        }
        tokens.revoke(id.get(), call.caller().actor());
        return Reply.seeOther("/staff/tokens");
    }

    private Reply list(Call call, String made, String wrong) {
        TokenList list = new TokenList(tokens.list(), Tokens.SCOPES, made, wrong, real.instant());
        return Reply.html(html.render(HERE + "tokens", call.page(), list));
    }
}
