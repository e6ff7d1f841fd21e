package city.hamana.capability.people;

import java.util.List;

/** A browser in words that its owner knows again: names only, so that they need no translation. */
final class Browser {
    private record Mark(String in, String name) {}

    /** The first that fits: many call themselves by several names. */
    private static final List<Mark> PROGRAMS = List.of(
            new Mark("Edg", "Edge"),
            new Mark("OPR/", "Opera"),
            new Mark("Line/", "LINE"),
            new Mark("SamsungBrowser", "Samsung Internet"),
            new Mark("Firefox", "Firefox"),
            new Mark("FxiOS", "Firefox"),
            new Mark("CriOS", "Chrome"),
            new Mark("Chrome", "Chrome"),
            new Mark("Safari", "Safari"));

    private static final List<Mark> SYSTEMS = List.of(
            new Mark("iPhone", "iPhone"),
            new Mark("iPad", "iPad"),
            new Mark("Android", "Android"),
            new Mark("Windows", "Windows"),
            new Mark("Macintosh", "Mac"),
            new Mark("CrOS", "Chromebook"),
            new Mark("Linux", "Linux"));

    private Browser() {}

    /** {@code Chrome, Android}; a question mark for what is not known. */
    static String of(String userAgent) {
        return first(PROGRAMS, userAgent) + ", " + first(SYSTEMS, userAgent);
    }

    private static String first(List<Mark> marks, String userAgent) {
        return marks.stream()
                .filter(mark -> userAgent.contains(mark.in))
                .map(Mark::name)
                .findFirst()
                .orElse("?");
    }
}
