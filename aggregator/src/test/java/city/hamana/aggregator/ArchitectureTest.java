package city.hamana.aggregator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The house's rules about who may see whom. */
class ArchitectureTest {
    private static final Pattern POOR_NAMES =
            Pattern.compile(".*(Manager|Helper|Util|Utils|Impl|Base|Common|DTO|Dto|Constants)");
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "city.hamana.aggregator",
                    "city.hamana.service",
                    "city.hamana.sensing",
                    "city.hamana.capability",
                    "city.hamana.platform");

    @Test
    void arrowsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("aggregator")
                .definedBy("city.hamana.aggregator..")
                .layer("service")
                .definedBy("city.hamana.service..")
                .layer("sensing")
                .definedBy("city.hamana.sensing..")
                .layer("capability")
                .definedBy("city.hamana.capability..")
                .layer("platform")
                .definedBy("city.hamana.platform..")
                .whereLayer("aggregator")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("service")
                .mayOnlyBeAccessedByLayers("aggregator")
                .whereLayer("sensing")
                .mayOnlyBeAccessedByLayers("aggregator", "service")
                .whereLayer("capability")
                .mayOnlyBeAccessedByLayers("aggregator", "service", "sensing")
                .check(HOUSE);
    }

    @Test
    void aServiceNeverSeesAnotherService() {
        slices().matching("city.hamana.service.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void thereIsNoCycleAmongPackages() {
        slices().matching("city.hamana.(*).(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void aPackageHasOnePublicClassBesidesItsRecordsEnumsInterfacesAndExceptions() {
        Map<String, List<String>> byPackage = HOUSE.stream()
                .filter(c -> c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(c -> !c.isRecord() && !c.isEnum() && !c.isInterface() && !c.isAssignableTo(Throwable.class))
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));
        byPackage.remove("city.hamana.aggregator");
        byPackage.values().removeIf(names -> names.size() == 1);
        assertEquals(Map.of(), byPackage);
    }

    @Test
    void nobodyUsesTheOldDates() {
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "java.util.Date or Calendar",
                        c -> c.getName().matches("java\\.util\\.(Date|Calendar)|java\\.text\\.SimpleDateFormat")))
                .check(HOUSE);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes().should().haveNameNotMatching(POOR_NAMES.pattern()).check(HOUSE);
    }
}
