package io.levee.bench.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The values of events. */
public final class Words {
  public static final List<String> HOSTS = numbered("web-%02d", 24);
  public static final List<String> ENVIRONMENTS = List.of("production", "staging", "test");
  public static final List<String> RELEASES = numbered("shop@4.%d.0", 10);
  public static final List<String> LOGGERS =
      List.of(
          "shop.checkout",
          "shop.cart",
          "shop.payment",
          "shop.shipping",
          "shop.search",
          "shop.mail",
          "shop.stock",
          "shop.session",
          "shop.price",
          "shop.report");

  /** What messages begin with, the most frequent first; no word is in two of them. */
  public static final List<String> PHRASES =
      List.of(
          "connection reset by peer",
          "payment was accepted",
          "cache miss on read",
          "signed in again",
          "stock level updated",
          "retrying after timeout",
          "request still pending",
          "parcel sent out",
          "session has expired",
          "query plan changed",
          "mail bounced back",
          "disk running low");

  /** Each in one of 200,000 events. */
  public static final List<String> RARE = rare();

  static final List<String> TYPES =
      List.of(
          "java.net.SocketException",
          "shop.payment.PaymentException",
          "shop.cache.CacheException",
          "shop.session.LoginException",
          "shop.stock.StockException",
          "java.util.concurrent.TimeoutException",
          "java.lang.IllegalStateException",
          "shop.shipping.CourierException",
          "shop.session.ExpiredException",
          "java.sql.SQLException",
          "jakarta.mail.SendFailedException",
          "java.io.IOException");

  static final List<String> REGIONS = List.of("eu-west", "eu-north", "us-east", "us-west", "asia");

  private Words() {}

  private static List<String> numbered(String format, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(String.format(Locale.ROOT, format, i));
    }
    return List.copyOf(words);
  }

  private static List<String> rare() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      words.add("quetzal" + (char) ('a' + i / 8) + (char) ('k' + i % 8));
    }
    return List.copyOf(words);
  }

  /** A customer's tag: {@code c} and six digits. */
  public static String customer(int customer) {
    return "c" + Integer.toString(1_000_000 + customer).substring(1);
  }

  /** Whose tag it is; {@link Facts#NONE} when it is none. */
  public static int customer(String tag) {
    return tag.matches("c[0-9]{6}") ? Integer.parseInt(tag.substring(1)) : Facts.NONE;
  }
}
