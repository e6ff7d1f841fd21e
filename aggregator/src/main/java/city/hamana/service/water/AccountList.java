package city.hamana.service.water;

import java.util.List;

/**
 * Where accounts are looked for.
 *
 * @param asked the meter that was asked for; empty where none was
 * @param elsewhere accounts in which that meter once was
 * @param newest meters that came last, in the whole city
 */
public record AccountList(String asked, List<String> elsewhere, List<Installation> newest) {}
