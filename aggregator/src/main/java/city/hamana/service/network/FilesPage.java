package city.hamana.service.network;

import java.util.List;
import java.util.Map;

/**
 * The page on which the districts' files are taken.
 *
 * @param heads first line of each file, by its name
 * @param taken whether files were taken just now
 */
public record FilesPage(
        Map<String, String> heads, int districts, int inlets, int meters, List<Slip> slips, boolean taken) {}
