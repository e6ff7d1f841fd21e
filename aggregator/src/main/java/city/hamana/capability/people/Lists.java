package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The lists that the city can change: its divisions and its towns. */
final class Lists {
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setCommentMarker('#')
            .get();

    private final List<Department> departments;
    private final List<Town> towns;

    private Lists(List<Department> departments, List<Town> towns) {
        this.departments = departments;
        this.towns = towns;
    }

    /** Those that come with the program. */
    static Lists own() {
        return new Lists(own("departments.csv", Lists::department), own("towns.csv", Lists::town));
    }

    /** With the towns of a file: the columns {@code id,name,kana,latin}. */
    Lists withTowns(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Lists(departments, rows(reader, file.toString(), Lists::town));
        } catch (IOException e) {
            throw PeopleException.unreadable(file.toString(), e);
        }
    }

    List<Department> departments() {
        return departments;
    }

    List<Town> towns() {
        return towns;
    }

    Optional<Town> town(String id) {
        return towns.stream().filter(town -> town.id().equals(id)).findFirst();
    }

    /** The rows of a file beside this class. */
    static <T> List<T> own(String file, Function<CSVRecord, T> row) {
        try (Reader reader = new InputStreamReader(Lists.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            return rows(reader, file, row);
        } catch (IOException e) {
            throw PeopleException.unreadable(file, e);
        }
    }

    private static <T> List<T> rows(Reader reader, String file, Function<CSVRecord, T> row) throws IOException {
        try {
            return CSV.parse(reader).stream().map(row).toList();
        } catch (IllegalArgumentException e) {
            throw PeopleException.unreadable(file, e);
        }
    }

    private static Department department(CSVRecord row) {
        Map<Language, String> names = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            names.put(language, row.get(language.code()));
        }
        return new Department(row.get("code"), names, row.get("phone"));
    }

    private static Town town(CSVRecord row) {
        return new Town(row.get("id"), row.get("name"), row.get("kana"), row.get("latin"));
    }
}
