package io.levee.app.demo;

import io.levee.app.demo.People.Person;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The circumstances of one event: who, where, which order. What is asked twice is answered the same
 * way. Not thread-safe.
 */
final class Scene {
  private static final List<String> PROBES =
      List.of(
          "wp-login.php",
          ".env",
          "phpmyadmin/index.php",
          ".git/config",
          "xmlrpc.php",
          "actuator/env",
          "admin/config.php",
          "vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php");

  private static final List<String> VOUCHERS =
      List.of("WELCOME_TEN", "SPRING_SALE", "FRIENDS", "BLACK_WEEK");

  final Random random;
  final Instant time;
  final Person person;
  final boolean bot;
  final String release;
  final String environment;
  final String eventId;
  final String traceId;
  final String spanId;
  final int hostNumber;
  private final Map<String, String> answers = new HashMap<>();

  Scene(Random random, Instant time, Person person, String release, boolean bot) {
    this.random = random;
    this.time = time;
    this.person = person;
    this.bot = bot;
    this.release = release;
    this.environment = random.nextInt(14) == 0 ? "staging" : "production";
    this.eventId = hex(16);
    this.traceId = hex(16);
    this.spanId = hex(8);
    this.hostNumber = 1 + random.nextInt(3);
  }

  String hex(int bytes) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < bytes * 2; i++) {
      digits.append(Character.forDigit(random.nextInt(16), 16));
    }
    return digits.toString();
  }

  int between(int from, int to) {
    return from + random.nextInt(to - from);
  }

  /** The template with its placeholders filled; braces around anything unknown stay. */
  String fill(String template) {
    StringBuilder filled = new StringBuilder();
    int copied = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
      int close = template.indexOf('}', open);
      String name = close < 0 ? "" : template.substring(open + 1, close);
      String answer = answer(name);
      if (!answer.isEmpty()) {
        filled.append(template, copied, open).append(answer);
        copied = close + 1;
      }
    }
    return filled.append(template, copied, template.length()).toString();
  }

  /** What the placeholder stands for; empty when there is none of this name. */
  String answer(String name) {
    return answers.computeIfAbsent(name, this::invent);
  }

  private String invent(String name) {
    return switch (name) {
      case "order" -> Integer.toString(between(2_040_000, 2_069_999));
      case "customer" -> person.id();
      case "email" -> person.email();
      case "sku" -> "FW-" + between(1000, 1400) + "-" + People.pick(List.of("S", "M", "L"), random);
      case "parcel" -> "PH" + between(10_000_000, 99_999_999);
      case "amount" -> between(19, 480) + "." + between(10, 99);
      case "ip" -> "198.51.100." + between(2, 250);
      case "uuid" ->
          hex(4)
              + "-"
              + hex(2)
              + "-4"
              + hex(2).substring(1)
              + "-a"
              + hex(2).substring(1)
              + "-"
              + hex(6);
      case "hash" -> hex(4);
      case "n" -> Integer.toString(between(2, 48));
      case "ms" -> Integer.toString(between(801, 4_900));
      case "timeout" -> Integer.toString(between(30_000, 30_060));
      case "status" -> People.pick(List.of("502", "503", "504"), random);
      case "locale" -> People.pick(List.of("de_DE", "en_GB", "fr_FR", "pl_PL"), random);
      case "voucher" -> People.pick(VOUCHERS, random);
      case "probe" -> People.pick(PROBES, random);
      case "host" -> "hooks." + People.pick(List.of("parcelhub", "paygate"), random) + ".example";
      default -> "";
    };
  }

  /** The machine that a project runs on. */
  String host(DemoProject project) {
    return String.format(Locale.ROOT, "%s-%d.fra1.fernweh.example", project.slug(), hostNumber);
  }
}
