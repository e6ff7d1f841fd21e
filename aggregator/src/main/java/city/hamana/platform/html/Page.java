package city.hamana.platform.html;

import city.hamana.platform.access.Role;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.Interval;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Texts;
import gg.jte.Content;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * One page for one reader: in which language, how large, who is signed in.
 *
 * @param path the page's own address with its query, for the language switch
 * @param csrf what every form sends back, see {@code csrf.jte}
 */
public record Page(Frame frame, Language language, TextSize size, Optional<Reader> reader, String path, String csrf) {

    /**
     * Who is signed in.
     *
     * @param news how much that is new waits for this reader behind the door at a path
     */
    public record Reader(String name, Set<Role> roles, ToIntFunction<String> news) {}

    /**
     * Something new behind a door.
     *
     * @param count at least 1
     */
    public record News(Door door, int count) {}

    /** A word as HTML, with its readings in easy Japanese; days among the arguments as the reader writes them. */
    public Content word(String key, Object... arguments) {
        Object[] shown = Arrays.stream(arguments)
                .map(value -> value instanceof LocalDate day ? fullDay(day) : value)
                .toArray();
        String markup = frame.words().markup(language, key, shown);
        return output -> output.writeContent(markup);
    }

    /** A word for an attribute or a title. */
    public String plain(String key, Object... arguments) {
        return frame.words().plain(language, key, arguments);
    }

    /** A text as HTML, with its readings in easy Japanese. */
    public Content text(Texts texts) {
        String markup = texts.markup(language);
        return output -> output.writeContent(markup);
    }

    /** A text for an attribute or a title. */
    public String plain(Texts texts) {
        return texts.plain(language);
    }

    public boolean japanese() {
        return language == Language.JA || language == Language.EASY_JA;
    }

    public ZoneId zone() {
        return frame.clock().getZone();
    }

    public Instant now() {
        return frame.clock().instant();
    }

    /** Whether the reader is signed in with this role. */
    public boolean may(Role role) {
        return reader.map(r -> role == Role.PERSON || r.roles().contains(role)).orElse(false);
    }

    /** What waits for this reader, for the head of every page. */
    public List<News> news() {
        return reader.stream()
                .flatMap(r -> frame.doors().stream()
                        .filter(door -> may(door.role()))
                        .map(door -> new News(door, r.news().applyAsInt(door.path()))))
                .filter(news -> news.count() > 0)
                .toList();
    }

    /** The groups of doors in this reader's order: staff come to work first. */
    public List<Door.Group> groups() {
        return may(Role.STAFF)
                ? List.of(Door.Group.WORK, Door.Group.SENSING, Door.Group.HOUSE, Door.Group.SERVICES, Door.Group.MINE)
                : List.of(Door.Group.values());
    }

    /** The doors open to this reader; those of everyone and of residents for who is not signed in. */
    public List<Door> doors(Door.Group group) {
        return frame.doors().stream()
                .filter(door -> door.group() == group)
                .filter(door -> door.role() == Role.ANYONE
                        || may(door.role())
                        || (door.role() == Role.RESIDENT && reader.isEmpty()))
                .toList();
    }

    /** 「7月3日(金)」, "sex., 3 de jul.", "Fri 3 Jul". */
    public String day(LocalDate date) {
        return format(date.atStartOfDay(zone()), japanese() ? "M月d日(E)" : portugueseOr("EEE, d 'de' MMM", "EEE d MMM"));
    }

    public String fullDay(LocalDate date) {
        return format(
                date.atStartOfDay(zone()),
                japanese() ? "uuuu年M月d日(E)" : portugueseOr("EEE, d 'de' MMM 'de' uuuu", "EEE d MMM uuuu"));
    }

    /** 「2026年9月1日〜2026年10月31日」 of a stored {@link Interval}; any other text as it is. */
    public String period(String text) {
        String pattern = japanese() ? "uuuu年M月d日" : portugueseOr("d 'de' MMM 'de' uuuu", "d MMM uuuu");
        return Interval.of(text)
                .map(days -> format(days.first().atStartOfDay(zone()), pattern)
                        + (japanese() ? "〜" : " – ")
                        + format(days.last().atStartOfDay(zone()), pattern))
                .orElse(text);
    }

    /** 「令和8年7月3日」 in Japanese, for what law or habit dates by era; else as {@link #fullDay}. */
    public String era(LocalDate date) {
        return japanese() ? Era.of(date) : fullDay(date);
    }

    /** 「金」, "sex.", "Fri". */
    public String weekday(LocalDate date) {
        return format(date.atStartOfDay(zone()), "EEE");
    }

    public String month(LocalDate date) {
        return format(date.atStartOfDay(zone()), japanese() ? "uuuu年M月" : portugueseOr("MMMM 'de' uuuu", "MMMM uuuu"));
    }

    /** Hour and minute, 24 hours. */
    public String time(Instant at) {
        return format(at.atZone(zone()), "HH:mm");
    }

    public String timeWithSeconds(Instant at) {
        return format(at.atZone(zone()), "HH:mm:ss");
    }

    /** 「7月3日 14:20」. */
    public String moment(Instant at) {
        return format(at.atZone(zone()), japanese() ? "M月d日 HH:mm" : portugueseOr("d 'de' MMM, HH:mm", "d MMM, HH:mm"));
    }

    /** 「2026年7月3日 14:20」: for what may be of another year. */
    public String fullMoment(Instant at) {
        String pattern =
                japanese() ? "uuuu年M月d日 HH:mm" : portugueseOr("d 'de' MMM 'de' uuuu, HH:mm", "d MMM uuuu, HH:mm");
        return format(at.atZone(zone()), pattern);
    }

    /** Today the time with seconds, otherwise day and time. */
    public String timeOrMoment(Instant at, Instant now) {
        boolean today =
                at.atZone(zone()).toLocalDate().equals(now.atZone(zone()).toLocalDate());
        return today ? timeWithSeconds(at) : moment(at);
    }

    /** 「10分前」, the largest unit that fits. */
    public String ago(Instant at, Instant now) {
        Duration past = Duration.between(at, now);
        if (past.toSeconds() < 60) {
            return plain("page.ago.seconds", Math.max(0, past.toSeconds()));
        }
        if (past.toMinutes() < 60) {
            return plain("page.ago.minutes", past.toMinutes());
        }
        return past.toHours() < 48 ? plain("page.ago.hours", past.toHours()) : plain("page.ago.days", past.toDays());
    }

    /** With separators, at most this many decimals. */
    public String number(double value, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(language.locale());
        format.setMaximumFractionDigits(decimals);
        format.setMinimumFractionDigits(0);
        double scale = Math.pow(10, decimals);
        // Adding nothing makes a small negative number, rounded, a plain 0 and no -0.
        return format.format(Math.round(value * scale) / scale + 0.0);
    }

    /** 「1,234円」, "1.234 ienes", "¥1,234". */
    public String yen(long yen) {
        String number = number((double) yen, 0);
        if (japanese()) {
            return number + "円";
        }
        return language == Language.PT ? number + " ienes" : (yen < 0 ? "-¥" + number.substring(1) : "¥" + number);
    }

    /** Litres, or cubic metres from 10,000 L on, with the unit. */
    public String volume(long millilitres) {
        double litres = millilitres / 1e3;
        if (Math.abs(litres) >= 10_000) {
            return number(litres / 1e3, 2) + " m³";
        }
        return number(litres, Math.abs(litres) < 10 ? 1 : 0) + " L";
    }

    /** Octets as B, KB or MB. */
    public String bytes(long octets) {
        if (octets < 1_000) {
            return octets + " B";
        }
        return octets < 1_000_000 ? number(octets / 1e3, 1) + " KB" : number(octets / 1e6, 1) + " MB";
    }

    /** The address that switches the reader's language or size and comes back here. */
    public String display(String what, String code) {
        return "/display?" + what + "=" + code + "&to=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    private String portugueseOr(String portuguese, String english) {
        return language == Language.PT ? portuguese : english;
    }

    private String format(ZonedDateTime at, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, language.locale()).format(at);
    }
}
