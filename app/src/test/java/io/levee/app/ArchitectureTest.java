package io.levee.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * What Maven's module graph can't keep: the direction between packages, and which libraries may be
 * seen where.
 */
final class ArchitectureTest {
  private static final JavaClasses LEVEE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.levee");

  @Test
  void featuresOfTheEngineHaveNoCycles() {
    slices().matching("io.levee.engine.(*)..").should().beFreeOfCycles().check(LEVEE);
  }

  @Test
  void packagesOfTheDoorsHaveNoCycles() {
    slices().matching("io.levee.edge.(*)..").should().beFreeOfCycles().check(LEVEE);
  }

  @Test
  void runDependsOnNoFeature() {
    noClasses()
        .that()
        .resideInAPackage("io.levee.engine.run..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.levee.engine.accept..",
            "io.levee.engine.bus..",
            "io.levee.engine.archive..",
            "io.levee.engine.index..",
            "io.levee.engine.issue..",
            "io.levee.engine.measure..",
            "io.levee.engine.registry..",
            "io.levee.engine.pipeline..")
        .check(LEVEE);
  }

  @Test
  void storesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.levee.local.index..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.levee.local.archive..",
            "io.levee.local.bus..",
            "io.levee.local.accept..",
            "io.levee.sql..")
        .check(LEVEE);
    noClasses()
        .that()
        .resideInAPackage("io.levee.local.archive..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.levee.local.index..",
            "io.levee.local.bus..",
            "io.levee.local.accept..",
            "io.levee.sql..")
        .check(LEVEE);
  }

  @Test
  void protocolsDoNotKnowEachOther() {
    slices()
        .matching("io.levee.edge.(sentry|elmah|api)..")
        .should()
        .notDependOnEachOther()
        .check(LEVEE);
  }

  @Test
  void decodersDoNoInputOrOutput() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Decoder")
        .and()
        .resideInAPackage("io.levee.edge..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..", "java.net..", "org.eclipse.jetty..", "java.util.concurrent..")
        .check(LEVEE);
  }

  @Test
  void onlyItsAdapterSeesALibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.levee.local.index..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.lucene..")
        .check(LEVEE);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.levee.edge.net..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(LEVEE);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.levee.sql..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.jdbi..", "org.sqlite..")
        .check(LEVEE);
  }

  @Test
  void theDurableLogStandsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("io.levee.spool..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.levee.spool..", "org.jspecify..")
        .check(LEVEE);
  }
}
