package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import org.jdbi.v3.core.Handle;

/** Invented parties for a demonstration; some are in the care of the first resident who can sign in. */
final class Samples {
    private record Sample(NewParty facts, String care) {}

    private final Lists lists;
    private final Parties parties;
    private final Mandates mandates;

    Samples(Lists lists, Parties parties, Mandates mandates) {
        this.lists = lists;
        this.parties = parties;
        this.mandates = mandates;
    }

    /** Does nothing where they are already. */
    void add(Handle tx) {
        List<Sample> samples = Lists.own("sample-parties.csv", this::sample);
        String first = samples.getFirst().facts.names().written();
        if (parties.search(tx, first, 1).isEmpty()) {
            Optional<String> resident = firstResident(tx);
            samples.forEach(sample -> add(tx, sample, resident));
        }
    }

    private void add(Handle tx, Sample sample, Optional<String> resident) {
        String id = parties.add(tx, sample.facts);
        if (!sample.care.isEmpty()) {
            resident.ifPresent(agent -> {
                long made = mandates.add(tx, id, agent, Mandate.Kind.ofCode(sample.care), Optional.empty());
                mandates.told(tx, made, 1);
            });
        }
    }

    private static Optional<String> firstResident(Handle tx) {
        return tx.createQuery("SELECT MIN(id) FROM people_user WHERE roles = 'resident'")
                .mapTo(String.class)
                .findOne();
    }

    private Sample sample(CSVRecord row) {
        Names names = new Names(row.get("written"), row.get("kana"), row.get("latin"));
        Optional<Address> address = lists.towns().stream()
                .filter(town -> town.name().equals(row.get("town")))
                .map(town -> new Address(town.id(), town.name(), row.get("rest")))
                .findFirst();
        NewParty facts = new NewParty(
                Party.Kind.ofCode(row.get("kind")),
                names,
                Optional.of(LocalDate.parse(row.get("born"))),
                address,
                row.get("phone"),
                "",
                Language.ofCode(row.get("language")).orElseThrow());
        return new Sample(facts, row.get("care"));
    }
}
