package io.levee.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The customers of the demo, and the programs they use. */
final class People {
  private static final int CUSTOMERS = 340;

  private static final List<String> FIRST_NAMES =
      List.of(
          "Anna", "Jonas", "Mira", "Felix", "Lena", "Paul", "Sofia", "Emil", "Clara", "Noah", "Ida",
          "Theo", "Marta", "Oskar", "Elif", "Jan", "Nora", "Milan", "Zofia", "Hugo", "Amelie",
          "Luca", "Freya", "Tom");

  private static final List<String> LAST_NAMES =
      List.of(
          "Berger",
          "Lindqvist",
          "Novak",
          "Haas",
          "Moreau",
          "Jansen",
          "Kowalska",
          "Brandt",
          "Rossi",
          "Weiss",
          "Larsen",
          "Yilmaz",
          "Fuchs",
          "Dubois",
          "Keller",
          "Horvat",
          "Meyer",
          "Sand");

  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
          "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
          "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");

  private static final List<String> BOTS =
      List.of(
          "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
          "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
          "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
          "python-requests/2.32.3",
          "zgrab/0.x");

  /** Somebody who shops. */
  record Person(String id, String name, String email, String ip, String agent) {}

  private final List<Person> persons = new ArrayList<>();

  People(Random random) {
    for (int i = 0; i < CUSTOMERS; i++) {
      String first = pick(FIRST_NAMES, random);
      String last = pick(LAST_NAMES, random);
      String email = (first + "." + last + (i % 3 == 0 ? i : "")).toLowerCase(Locale.ROOT);
      String ip = "203.0.113." + (1 + random.nextInt(254));
      persons.add(
          new Person(
              Integer.toString(40_000 + i * 7),
              first + " " + last,
              email + "@post.example",
              ip,
              pick(AGENTS, random)));
    }
  }

  /** Some shop far more than others. */
  Person any(Random random) {
    double share = random.nextDouble() * random.nextDouble();
    return persons.get((int) (share * persons.size()));
  }

  static String bot(Random random) {
    return pick(BOTS, random);
  }

  static <T> T pick(List<T> items, Random random) {
    return items.get(random.nextInt(items.size()));
  }
}
