package io.luyun.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the server's packages apart: who may use whom, and which package owns which foreign library. */
final class ArchitectureTest {
    private static final String ROOT = "io.luyun.server";

    /** From each package the arrows to the others; the root and the tools may use everything. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("core", List.of("journal", "world", "site", "alert", "fanout", "monitor")),
            Map.entry("net", List.of("session", "mqtt", "payment", "datagram", "tls", "monitor")),
            Map.entry("mqtt", List.of("session", "payment", "monitor")),
            Map.entry("payment", List.of("monitor")),
            Map.entry("datagram", List.of("session", "monitor")),
            Map.entry("session", List.of("monitor")),
            Map.entry("journal", List.of("monitor")),
            Map.entry("research", List.of("journal")),
            Map.entry("privacy", List.of("research", "journal")),
            Map.entry("exchange", List.of("research", "journal")),
            Map.entry("query", List.of("exchange", "research", "journal")),
            Map.entry(
                    "redecide", List.of("core", "journal", "research", "world", "site", "alert", "fanout", "monitor")),
            Map.entry("evidence", List.of("audit", "exchange", "research", "journal", "monitor")),
            Map.entry("supervise", List.of("research", "journal", "monitor")),
            Map.entry("audit", List.of()),
            Map.entry("world", List.of("monitor")),
            Map.entry("site", List.of("world", "monitor")),
            Map.entry("alert", List.of("world", "site", "monitor")),
            Map.entry("fanout", List.of("monitor")),
            Map.entry("live", List.of("core", "journal", "research", "world", "site", "alert", "monitor")),
            Map.entry("ops", List.of("live", "evidence", "session", "journal", "research", "audit", "tls", "monitor")),
            Map.entry("tls", List.of()),
            Map.entry("zone", List.of()),
            Map.entry("page", List.of()),
            Map.entry("monitor", List.of()));

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @ParameterizedTest
    @MethodSource("rooms")
    void usesOnlyWhatAnArrowAllows(final String room) {
        final List<String> allowed = new ArrayList<>();
        allowed.add(ROOT + "." + room + "..");
        for (final String target : ARROWS.getOrDefault(room, List.of())) {
            allowed.add(ROOT + "." + target + "..");
        }
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed.toArray(new String[0])))))
                .because("the arrows between packages say so")
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void everyPackageHasItsArrows() {
        final Set<String> rooms = new TreeSet<>();
        for (final JavaClass type : SERVER) {
            if (!type.getPackageName().equals(ROOT)) {
                rooms.add(type.getPackageName().substring(ROOT.length() + 1).split("\\.", 2)[0]);
            }
        }
        rooms.remove("tools");
        assertThat(ARROWS.keySet()).containsAll(rooms);
    }

    /** Within {@code alert}: rules know what they share, never each other; what they share knows no rule. */
    @Test
    void applicationsDoNotKnowEachOther() {
        final String alert = ROOT + ".alert";
        final Set<String> rooms = new TreeSet<>();
        for (final JavaClass type : SERVER) {
            if (type.getPackageName().startsWith(alert + ".")) {
                rooms.add(type.getPackageName());
            }
        }
        assertThat(rooms).contains(alert + ".life", alert + ".geometry", alert + ".collision");
        for (final String room : rooms) {
            final List<String> allowed = new ArrayList<>(List.of(room));
            if (!room.equals(alert + ".life")) {
                allowed.add(alert + ".life");
                allowed.add(alert + ".geometry");
            }
            noClasses()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage(alert + "..").and(not(resideInAnyPackage(allowed.toArray(new String[0])))))
                    .check(SERVER);
        }
    }

    @Test
    void monitorKnowsNothingOfTheProject() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".monitor..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.luyun..").and(not(resideInAPackage(ROOT + ".monitor.."))))
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void foreignLibrariesHaveOneHomeEach() {
        only("io.netty..", ROOT + ".net..", ROOT + ".ops..", ROOT + ".tls..");
        only("net.openhft..", ROOT + ".journal..");
        only("io.micrometer..", ROOT + ".ops..", ROOT + ".monitor..");
        only("org.locationtech.proj4j..", ROOT + ".zone..");
        only("picocli..", ROOT + ".tools..", ROOT);
        classes()
                .that()
                .resideInAPackage(ROOT)
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("Main")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("picocli..")))
                .allowEmptyShould(true)
                .check(SERVER);
    }

    private static void only(final String library, final String... homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .check(SERVER);
    }

    private static Stream<String> rooms() {
        return ARROWS.keySet().stream().sorted();
    }
}
