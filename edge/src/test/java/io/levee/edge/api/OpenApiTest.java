package io.levee.edge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document says what the routes do: neither more nor less. */
final class OpenApiTest {
  private static final Pattern ROUTE = Pattern.compile("\\.on\\(\\s*\"([A-Z]+)\",\\s*\"([^\"]+)\"");

  private static Json.Obj document() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ApiRoutes.class.getResourceAsStream("openapi.json"))) {
      JsonText.Parsed parsed = new JsonText(JsonLimits.DEFAULT).parse(in.readAllBytes());
      assertThat(parsed).isInstanceOf(JsonText.Value.class);
      return (Json.Obj) ((JsonText.Value) parsed).json();
    }
  }

  @Test
  void namesEveryRouteAndNoOther() throws IOException {
    Set<String> routes = new TreeSet<>();
    for (String source : List.of("ApiRoutes", "AdminRoutes", "GroupingRoutes", "WorkRoutes")) {
      Path file = Path.of("src/main/java/io/levee/edge/api/" + source + ".java");
      Matcher route = ROUTE.matcher(Files.readString(file));
      while (route.find()) {
        routes.add(route.group(1) + " " + route.group(2));
      }
    }
    Set<String> described = new TreeSet<>();
    document()
        .object("paths")
        .fields()
        .forEach((path, methods) ->
            ((Json.Obj) methods)
                .fields()
                .keySet()
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));

    assertThat(described).isEqualTo(routes).hasSizeGreaterThan(10);
  }

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    Json.Obj document = document();
    Matcher reference =
        Pattern.compile("#/components/schemas/(\\w+)").matcher(JsonText.write(document));
    Set<String> schemas = document.object("components").object("schemas").fields().keySet();

    while (reference.find()) {
      assertThat(schemas).contains(reference.group(1));
    }
  }
}
