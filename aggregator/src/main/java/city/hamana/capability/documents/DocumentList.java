package city.hamana.capability.documents;

import java.util.List;

/**
 * One page of the staff's list.
 *
 * @param query the filter as it stands in the address, without the page
 * @param over whether only those are shown whose time to be kept is over
 * @param more whether there is a further page
 */
public record DocumentList(
        List<Issued> documents, String text, boolean over, int page, boolean more, String query, String wrong) {}
