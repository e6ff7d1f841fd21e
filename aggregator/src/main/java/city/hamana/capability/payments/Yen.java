package city.hamana.capability.payments;

import city.hamana.platform.html.Page;

/** Yen as the reader of a page writes them: 「5,500円」, "¥5,500". */
final class Yen {
    private Yen() {}

    static String of(Page page, long yen) {
        return page.plain("payments.yen", page.number((double) yen, 0));
    }
}
