package city.hamana.platform.http;

import java.util.List;

/** Headers that every answer carries: nothing from elsewhere is loaded, framed or guessed. */
final class Headers {
    static final List<Reply.Header> OF_EVERY_ANSWER = List.of(
            new Reply.Header(
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
                            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
            new Reply.Header("Strict-Transport-Security", "max-age=31536000"),
            new Reply.Header("X-Content-Type-Options", "nosniff"),
            new Reply.Header("Referrer-Policy", "same-origin"),
            new Reply.Header("Cross-Origin-Opener-Policy", "same-origin"),
            new Reply.Header("Cross-Origin-Resource-Policy", "same-origin"),
            new Reply.Header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"));

    private Headers() {}
}
