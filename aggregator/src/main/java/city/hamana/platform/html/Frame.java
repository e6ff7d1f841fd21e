package city.hamana.platform.html;

import city.hamana.platform.text.Words;
import java.time.Clock;
import java.util.List;

/**
 * What is the same on every page of one city.
 *
 * @param clock the city's clock, in the city's time zone
 * @param demo whether the data are a demonstration's, which every page then says
 * @param notice line of attribution that the data's licence asks for; empty when there is none
 * @param helpPhone number and hours that a reader in need can call; empty when the city has set none
 * @param version of the program
 */
public record Frame(
        Words words, Clock clock, List<Door> doors, boolean demo, String notice, String helpPhone, String version) {
    public Frame {
        doors = List.copyOf(doors);
    }
}
