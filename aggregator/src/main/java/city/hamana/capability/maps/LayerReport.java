package city.hamana.capability.maps;

import java.util.List;

/**
 * What became of a file of features.
 *
 * @param layers those that take files
 * @param chosen id of the layer; empty before a file was sent
 * @param right how many features can be taken
 * @param problems what is wrong, the first 50
 * @param published whether they were taken
 * @param map the right ones
 */
public record LayerReport(
        List<Layer> layers, String chosen, int right, List<Problem> problems, boolean published, MapView map) {
    /**
     * Something wrong.
     *
     * @param number of the feature or line, 1 for the first; 0 for the whole file
     */
    public record Problem(int number, String words) {}
}
