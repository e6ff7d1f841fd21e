package city.hamana.service.watchover;

import city.hamana.platform.html.FieldError;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A resident's page of watch-over.
 *
 * @param meters of the reader
 * @param mine who watches over the reader, or is to
 * @param open what the reader is asked now
 * @param away of the reader, now or to come
 * @param watched over by the reader
 */
public record WatchPage(
        List<String> meters,
        List<Watch> mine,
        Optional<Alarm> open,
        Optional<Away> away,
        List<Watched> watched,
        LocalDate today,
        List<FieldError> errors) {
    /**
     * Somebody whom the reader watches over.
     *
     * @param open what is asked now
     */
    public record Watched(Watch watch, String name, boolean away, Optional<Alarm> open, List<Alarm> history) {}
}
