package city.hamana.service.roads;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The kinds of trouble, from {@code categories.json}. */
final class Categories {
    private final List<Category> all;

    Categories() {
        try (InputStream json = Categories.class.getResourceAsStream("categories.json")) {
            all = new ObjectMapper().readValue(json, new TypeReference<List<Category>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Category> all() {
        return all;
    }

    Optional<Category> of(String code) {
        return all.stream().filter(category -> category.code().equals(code)).findFirst();
    }

    /** Of a report, whose category is always one of them. */
    Category named(String code) {
        return of(code).orElseThrow();
    }

    /** How far the farthest of them may be from the same thing. */
    int farthestMetres() {
        return all.stream().mapToInt(Category::nearMetres).max().orElse(0);
    }
}
