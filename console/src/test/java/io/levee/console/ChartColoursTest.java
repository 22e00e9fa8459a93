package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Levels that lie on each other in a bar can be told apart by those who see few colours, too. */
final class ChartColoursTest {
  private static final List<String> LEVELS =
      List.of("fatal", "error", "warning", "info", "debug", "trace");

  private static final double[][] ALL_COLOURS = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

  /** Machado, Oliveira, Fernandes 2009, severity 1.0. */
  private static final double[][] NO_RED = {
    {0.152286, 1.052583, -0.204868},
    {0.114503, 0.786281, 0.099216},
    {-0.003882, -0.048116, 1.051998}
  };

  private static final double[][] NO_GREEN = {
    {0.367322, 0.860646, -0.227968},
    {0.280085, 0.672501, 0.047413},
    {-0.011820, 0.042940, 0.968881}
  };

  /** What a glance tells apart; 2 is what an eye can see at all. */
  private static final double CLEAR = 15;

  private static String css() throws IOException {
    try (InputStream in = ChartColoursTest.class.getResourceAsStream("assets/console.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The values of a colour, one a theme. */
  private static List<Integer> values(String css, String level) {
    return Pattern.compile("--c-" + level + ":\\s*#([0-9a-f]{6})")
        .matcher(css)
        .results()
        .map(found -> Integer.parseInt(found.group(1), 16))
        .toList();
  }

  private static double[] lab(int rgb, double[][] eye) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      double c = ((rgb >> (16 - 8 * i)) & 0xff) / 255.0;
      linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    double[] seen = times(eye, linear);
    double[][] xyz = {
      {0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047},
      {0.2126, 0.7152, 0.0722},
      {0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883}
    };
    double[] f = times(xyz, seen);
    for (int i = 0; i < 3; i++) {
      double t = Math.max(0, f[i]);
      f[i] = t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double difference(double[] one, double[] other) {
    return Math.hypot(Math.hypot(one[0] - other[0], one[1] - other[1]), one[2] - other[2]);
  }

  @Test
  void neighboursDifferForEveryEye() throws IOException {
    String css = css();
    List<String> alike = new ArrayList<>();
    for (double[][] eye : List.of(ALL_COLOURS, NO_RED, NO_GREEN)) {
      for (int i = 1; i < LEVELS.size(); i++) {
        List<Integer> above = values(css, LEVELS.get(i - 1));
        List<Integer> below = values(css, LEVELS.get(i));
        assertThat(above).as(LEVELS.get(i - 1)).hasSize(3).hasSameSizeAs(below);
        for (int theme = 0; theme < above.size(); theme++) {
          if (difference(lab(above.get(theme), eye), lab(below.get(theme), eye)) < CLEAR) {
            alike.add(LEVELS.get(i - 1) + " and " + LEVELS.get(i) + " in theme " + theme);
          }
        }
      }
    }

    assertThat(alike).isEmpty();
  }
}
