package city.hamana.platform.http;

import java.util.List;

/** Headers that every answer carries: nothing from elsewhere is loaded, framed or guessed. */
final class Headers {
    static final List<Reply.Header> OF_EVERY_ANSWER = List.of(
            new Reply.Header("Content-Security-Policy", policy("")),
            new Reply.Header("Strict-Transport-Security", "max-age=31536000"),
            new Reply.Header("X-Content-Type-Options", "nosniff"),
            new Reply.Header("Referrer-Policy", "same-origin"),
            new Reply.Header("Cross-Origin-Opener-Policy", "same-origin"),
            new Reply.Header("Cross-Origin-Resource-Policy", "same-origin"),
            new Reply.Header("Permissions-Policy", "camera=(), geolocation=(self), microphone=(), payment=()"));

    private Headers() {}

    /**
     * A content security policy.
     *
     * @param images further sources of images, each with a space before it; empty for none but the city's own
     */
    static String policy(String images) {
        return "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; manifest-src 'self'; "
                + "img-src 'self' data: blob:" + images + "; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }
}
