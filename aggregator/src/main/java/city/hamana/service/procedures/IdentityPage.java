package city.hamana.service.procedures;

import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.FormPage;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page that asks for a picture of an identity document, where the session does not prove who it is. */
final class IdentityPage {
    static final String FIELD = "identity-document";

    private static final Texts TITLE = new Texts(Map.of(
            Language.JA, "本人確認",
            Language.EASY_JA, "[本人|ほんにん]の [確認|かくにん]",
            Language.PT, "Confirmação de identidade",
            Language.EN, "Proof of identity"));
    private static final Texts LEAD = new Texts(Map.of(
            Language.JA, "デジタル認証アプリでログインしたときは、この写真は要りません。",
            Language.EASY_JA, "デジタル[認証|にんしょう]アプリで ログインした [人|ひと]は、この [写真|しゃしん]は いりません。",
            Language.PT, "Se entrar pelo aplicativo de autenticação digital, esta foto não é necessária.",
            Language.EN, "If you sign in with the digital authentication app, this photo is not needed."));
    private static final Texts LABEL = new Texts(Map.of(
            Language.JA, "本人確認書類の写真",
            Language.EASY_JA, "[本人|ほんにん]が わかる ものの [写真|しゃしん]",
            Language.PT, "Foto do documento de identidade",
            Language.EN, "Photo of an identity document"));
    private static final Texts HELP = new Texts(Map.of(
            Language.JA,
            "運転免許証、在留カード、パスポートなど、顔写真のあるもの。マイナンバーカードは表だけを撮り、番号のある裏は送らないでください。",
            Language.EASY_JA,
            "[運転免許証|うんてんめんきょしょう]、[在留|ざいりゅう]カード、パスポート など、[顔|かお]の [写真|しゃしん]が ある もの。"
                    + "マイナンバーカードは おもてだけ [撮|と]って ください。うら([番号|ばんごう])は [送|おく]らないで ください。",
            Language.PT,
            "Carteira de motorista, Zairyu Card, passaporte ou outro com foto. Do My Number Card, só a frente: não envie o"
                    + " verso, que tem o número.",
            Language.EN,
            "Driving licence, residence card, passport or another one with a photo. Of the My Number card only the front: do"
                    + " not send the back, which has the number."));

    static final FormPage PAGE = new FormPage(
            "identity-page",
            TITLE,
            Optional.of(LEAD),
            Optional.empty(),
            List.of(new Field(
                    FIELD,
                    Field.Type.FILE,
                    LABEL,
                    Optional.of(HELP),
                    true,
                    List.of(),
                    Optional.empty(),
                    0,
                    0,
                    2,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    "",
                    List.of(),
                    "")),
            List.of());

    private IdentityPage() {}
}
