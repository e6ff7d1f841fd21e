package city.hamana.capability.people;

import city.hamana.platform.html.Page;
import java.util.List;
import java.util.Optional;

/**
 * What the city knows of a resident.
 *
 * @param said word of what was just done, empty otherwise
 */
public record MePage(
        Party party,
        List<ConsentPurpose> purposes,
        List<Consent> consents,
        List<Reading> readings,
        List<Department> departments,
        boolean erasureAsked,
        String said) {
    /** The consent that is running for a purpose. */
    public Optional<Consent> running(ConsentPurpose purpose, Page page) {
        return consents.stream()
                .filter(consent -> consent.purpose().equals(purpose.code()) && consent.valid(page.now()))
                .findFirst();
    }

    /** The name of a purpose of consent. */
    public String name(Consent consent, Page page) {
        return purposes.stream()
                .filter(purpose -> purpose.code().equals(consent.purpose()))
                .map(purpose -> page.plain(purpose.words() + ".name"))
                .findFirst()
                .orElse(consent.purpose());
    }

    /** Who it was, as a division. */
    public String reader(Reading reading, Page page) {
        return departments.stream()
                .filter(department -> department.code().equals(reading.department()))
                .map(department -> department.name(page.language()))
                .findFirst()
                .orElseGet(() -> page.plain("people.reading.other"));
    }

    /** What for; the bare code where a module has no words for it. */
    public String why(Reading reading, Page page) {
        String key = Purpose.words(reading.purpose());
        return page.frame().words().keys().contains(key) ? page.plain(key) : reading.purpose();
    }
}
