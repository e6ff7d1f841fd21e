package city.hamana.simulated.payments;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;

/** The provider's pages, every one of them labelled SIMULATED; they need no script. */
final class Screens {
    private static final String STYLE = """
            body { font: 1.125rem/1.7 sans-serif; color: #333; background: #fff; margin: 0 auto; max-width: 34rem; padding: 1rem; }
            .label { background: #1a1a1a; color: #fff; display: inline-block; font-weight: bold; margin: 0; padding: .25rem .75rem; }
            h1 { font-size: 1.5rem; line-height: 1.5; }
            .yen { font-size: 2rem; font-weight: bold; margin: 0; }
            label { display: block; font-weight: bold; margin-top: 1rem; }
            input { border: 1px solid #949494; border-radius: 8px; box-sizing: border-box; font: inherit; height: 56px; padding: 0 1rem; width: 100%; }
            button, a.button { background: #0017c1; border: 2px solid #0017c1; border-radius: 8px; box-sizing: border-box; color: #fff; cursor: pointer;
              display: block; font: inherit; font-weight: bold; margin: 1rem 0; min-height: 56px; padding: .5rem 1rem; text-align: center; width: 100%; }
            button.second { background: #fff; color: #0017c1; }
            :focus { outline: 4px solid #000; outline-offset: 2px; }
            .wrong { color: #ce0000; font-weight: bold; }
            svg { display: block; margin: 1rem auto; max-width: 16rem; }
            small { color: #666; }
            """;
    private static final String TRIAL = """
            <p><small>試すための番号: 4111 1111 1111 1111（支払い成功）、4000 0000 0000 0002（カード会社が断る）。本物のカードの番号は入れないでください。<br>
            <span lang="en">Numbers to try: 4111 1111 1111 1111 (goes through), 4000 0000 0000 0002 (declined). Never type a real card's number here.</span></small></p>
            """;

    private Screens() {}

    static String card(Sale sale, boolean wrong) {
        String error = wrong
                ? "<p class=\"wrong\" role=\"alert\">カードの番号と有効期限とコードを確かめてください。"
                        + " <span lang=\"en\">Please check number, expiry and code.</span></p>"
                : "";
        return page("カードで支払う", sale, error + """
                <form method="post" action="/pay/%1$s/card">
                <label for="number">カード番号 <span lang="en">Card number</span></label>
                <input id="number" name="number" inputmode="numeric" autocomplete="off" maxlength="23" required>
                <label for="expiry">有効期限 <span lang="en">Expiry</span> (MM/YY)</label>
                <input id="expiry" name="expiry" autocomplete="off" maxlength="5" required>
                <label for="code">セキュリティコード <span lang="en">Code</span></label>
                <input id="code" name="code" inputmode="numeric" autocomplete="off" maxlength="4" required>
                <button type="submit">次へ <span lang="en">Continue</span></button>
                </form>
                """.formatted(sale.id) + cancel(sale) + TRIAL);
    }

    static String secure(Sale sale) {
        return page("本人認証（3-Dセキュア）", sale, """
                <p>カード会社が、ご本人の支払いかどうかを確かめます。<br>
                <span lang="en">Your card's issuer asks whether it is really you who pays (3-D Secure).</span></p>
                <form method="post" action="/pay/%1$s/secure">
                <button type="submit" name="answer" value="accept">はい、私です <span lang="en">Yes, it is me</span></button>
                <button class="second" type="submit" name="answer" value="decline">認証しない <span lang="en">Decline</span></button>
                <button class="second" type="submit" name="answer" value="abandon">答えずに閉じる <span lang="en">Leave without an answer</span></button>
                </form>
                """.formatted(sale.id));
    }

    static String qr(Sale sale, String address) {
        return page("QRコードで支払う", sale, """
                <p>スマートフォンの決済アプリで読み取ってください。<br><span lang="en">Scan it with your payment app.</span></p>
                %2$s
                <form method="post" action="/pay/%1$s/secure">
                <button type="submit" name="answer" value="accept">見本のアプリで支払う <span lang="en">Pay with the simulated app</span></button>
                <button class="second" type="submit" name="answer" value="decline">アプリで断る <span lang="en">Refuse in the app</span></button>
                <button class="second" type="submit" name="answer" value="abandon">何もしない <span lang="en">Do nothing</span></button>
                </form>
                """.formatted(sale.id, squares(address)) + cancel(sale));
    }

    static String over(Sale sale) {
        return page("この支払いは終わっています", sale, """
                <p><a class="button" href="%s">お店に戻る <span lang="en">Back to the shop</span></a></p>
                """.formatted(escaped(sale.back)));
    }

    static String left(Sale sale) {
        return page("支払いの途中で閉じました", sale, """
                <p>この支払いはまだ終わっていません。<span lang="en">This payment is not finished.</span></p>
                <p><a class="button" href="/pay/%s">もう一度 <span lang="en">Try again</span></a></p>
                <p><a href="%s">お店に戻る <span lang="en">Back to the shop</span></a></p>
                """.formatted(sale.id, escaped(sale.back)));
    }

    /** How the provider shall behave from now on. */
    static String manners(Manners now, int taken, int refused) {
        return page("この見本の行儀", """
                <p>いま: %s。知らせた数 %d、断られた数 %d。</p>
                <form method="post" action="/manners">
                <button type="submit" name="how" value="good">行儀よく <span lang="en">well</span></button>
                <button class="second" type="submit" name="how" value="late">20秒遅れて知らせる <span lang="en">tell 20 s late</span></button>
                <button class="second" type="submit" name="how" value="doubled">二度知らせる <span lang="en">tell twice</span></button>
                <button class="second" type="submit" name="how" value="backwards">逆の順で知らせる <span lang="en">tell out of order</span></button>
                <button class="second" type="submit" name="how" value="forged">にせの署名で知らせる <span lang="en">wrong signature</span></button>
                <button class="second" type="submit" name="how" value="lost">知らせない <span lang="en">never tell</span></button>
                </form>
                """.formatted(escaped(now.toString()), taken, refused));
    }

    private static String cancel(Sale sale) {
        return """
                <form method="post" action="/pay/%s/secure">
                <button class="second" type="submit" name="answer" value="cancel">やめてお店に戻る <span lang="en">Cancel</span></button>
                </form>
                """.formatted(sale.id);
    }

    private static String page(String title, Sale sale, String content) {
        return page(
                title,
                "<p class=\"yen\">" + "%,d".formatted(sale.yen) + "円</p>\n<p><small>" + escaped(sale.reference)
                        + "</small></p>\n" + content);
    }

    private static String page(String title, String content) {
        return """
                <!DOCTYPE html>
                <html lang="ja">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>SIMULATED %1$s</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <main>
                <p class="label">SIMULATED 見本の決済会社</p>
                <h1>%1$s</h1>
                %3$s
                <p><small>これは見本です。お金は動きません。 <span lang="en">A simulation: no money moves.</span></small></p>
                </main>
                </body>
                </html>
                """.formatted(title, STYLE, content);
    }

    private static String squares(String address) {
        try {
            BitMatrix code = new QRCodeWriter().encode(address, BarcodeFormat.QR_CODE, 0, 0);
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < code.getHeight(); y++) {
                for (int x = 0; x < code.getWidth(); x++) {
                    if (code.get(x, y)) {
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return "<svg role=\"img\" aria-label=\"QR\" viewBox=\"0 0 %1$d %1$d\"><path d=\"%2$s\"/></svg>"
                    .formatted(code.getWidth(), path);
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
