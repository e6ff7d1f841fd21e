package city.hamana.demo.city;

import city.hamana.link.Pem;
import city.hamana.link.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The sign-ins of one demonstration city, made at random when it is founded and kept in {@code sign-ins.properties},
 * mode 0600; {@code token} is that of the demonstration itself, which looks whether readings arrive.
 */
public record Passwords(String staff, String resident, String token) {
    public static final String STAFF_NAME = "staff";
    public static final String RESIDENT_NAME = "resident";

    private static final String LETTERS = "abcdefghjkmnpqrstvwxyz23456789";
    private static final int PASSWORD_LENGTH = 12;
    private static final int TOKEN_LENGTH = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Reads the file, or makes it. */
    static Passwords of(Path file) {
        if (!Files.exists(file)) {
            Pem.replaceSecret(
                    file,
                    STAFF_NAME + "=" + random(PASSWORD_LENGTH) + "\n" + RESIDENT_NAME + "=" + random(PASSWORD_LENGTH)
                            + "\ntoken=" + random(TOKEN_LENGTH) + "\n");
        }
        Settings settings = Settings.read(file);
        return new Passwords(settings.text(STAFF_NAME), settings.text(RESIDENT_NAME), settings.text("token"));
    }

    /**
     * As the aggregator reads its first users. All of the staff have one password, so that a visitor can be the officer
     * who writes and the manager who agrees; so have the residents.
     */
    String initialUsers(String meter) {
        return """
                staff:staff+admin+auditor:%1$s:suido.manager:鈴木 健
                water:staff:%1$s:suido.officer:水野 翼
                road:staff:%1$s:doboku.officer:山田 太一
                road-manager:staff:%1$s:doboku.manager:森 恵
                citizens:staff:%1$s:shimin.officer:加藤 あゆみ
                citizens-manager:staff:%1$s:shimin.manager:阿部 誠
                industry:staff:%1$s:sangyo.officer:小野 里奈
                industry-manager:staff:%1$s:sangyo.manager:上田 勇
                tax:staff:%1$s:zeimu.officer:石井 幸
                budget-manager:staff:%1$s:somu.manager:大石 守
                treasury:staff:%1$s:kaikei.officer:星 進
                crisis:staff:%1$s:kiki.officer:原 直樹
                crisis-manager:staff:%1$s:kiki.manager:石川 悟
                resident:resident:%2$s:%4$s:湖西 花子/コサイ ハナコ/KOSAI HANAKO
                maria:resident:%2$s::Maria Aparecida da Silva Souza/マリア アパレシーダ ダ シルバ ソウザ/MARIA APARECIDA DA SILVA SOUZA
                demonstration:api:%3$s:readings,metrics
                """.formatted(staff, resident, token, meter);
    }

    @Override
    public String toString() {
        return "Passwords[]";
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder();
        RANDOM.ints(length, 0, LETTERS.length()).forEach(i -> text.append(LETTERS.charAt(i)));
        return text.toString();
    }
}
