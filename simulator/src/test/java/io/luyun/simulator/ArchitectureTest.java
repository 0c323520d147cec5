package io.luyun.simulator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.luyun.server.exchange.intake.ImportAccount;
import io.luyun.server.tools.CommandRun;
import io.luyun.server.tools.JournalCommand;
import io.luyun.server.tools.SelectionOptions;
import io.luyun.server.zone.ImportException;
import io.luyun.server.zone.ImportOptions;
import io.luyun.server.zone.SumoGround;
import org.junit.jupiter.api.Test;

/** What of the server the simulator may use: it drives servers from outside, and reads their journals. */
final class ArchitectureTest {
    private static final String ROOT = "io.luyun.simulator";
    private static final String SERVER = "io.luyun.server";
    /** Feeds and imports read captures by the same code. */
    private static final String CAPTURES = SERVER + ".exchange.pcap";
    /** Loads and imports read SUMO's floating car data by the same code, with what it tells of the file and the ground it is on. */
    private static final DescribedPredicate<JavaClass> FCD = resideInAPackage(SERVER + ".exchange.place")
            .or(DescribedPredicate.describe(
                    "the account of a file and the ground of a SUMO network",
                    type -> type.isEquivalentTo(ImportAccount.class)
                            || type.isEquivalentTo(SumoGround.class)
                            || type.isEquivalentTo(ImportException.class)
                            || type.isEquivalentTo(ImportOptions.Reference.class)));

    private static final JavaClasses SIMULATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final DescribedPredicate<JavaClass> READERS = resideInAnyPackage(
                    SERVER + ".journal", SERVER + ".research", CAPTURES)
            .or(FCD)
            .or(DescribedPredicate.describe(
                    "the journal's command, the choice of its records and the way commands are run",
                    type -> type.isEquivalentTo(JournalCommand.class)
                            || type.isEquivalentTo(SelectionOptions.class)
                            || type.isEquivalentTo(CommandRun.class)));

    @Test
    void usesOnlyTheReadersOfJournalsOfTheServer() {
        assertThat(SIMULATOR).isNotEmpty();
        classes()
                .should(onlyDependOnClassesThat(
                        not(resideInAPackage(SERVER + "..")).or(READERS)))
                .because("a load or a replay against a server goes through its ports")
                .check(SIMULATOR);
    }

    @Test
    void filesOfTheServerAreReadByReplaysSourcesAndCommandsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".replay", ROOT + ".report", ROOT + ".source")
                .should()
                .dependOnClassesThat(resideInAPackage(SERVER + "..").and(not(resideInAPackage(CAPTURES))))
                .check(SIMULATOR);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".recording", ROOT + ".replay")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CAPTURES)
                .check(SIMULATOR);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".source")
                .should()
                .dependOnClassesThat(FCD)
                .check(SIMULATOR);
    }

    @Test
    void picturesKnowNothingOfWhatTheyShow() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".picture")
                .should(onlyDependOnClassesThat(
                        resideInAPackage(ROOT + ".picture").or(not(resideInAnyPackage(ROOT + "..", SERVER + "..")))))
                .check(SIMULATOR);
    }

    @Test
    void commandsAloneKnowTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(SIMULATOR);
    }
}
