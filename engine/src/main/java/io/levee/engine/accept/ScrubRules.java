package io.levee.engine.accept;

import java.util.HashSet;
import java.util.Set;

/**
 * What counts as a secret. Keys are compared by their words, however they are spelt: {@code
 * apiKey}, {@code API-KEY} and {@code x_api_key} hold the words {@code api} and {@code key} and,
 * joined, {@code apikey}.
 *
 * @param parts found anywhere in the joined words, they make a key secret: {@code password}
 * @param words standing alone as a word, they make a key secret: {@code pwd}
 * @param lastWords as the last word, they make a key secret when its value is plain: {@code token}
 * @param lineKeys joined, the whole key: in text its value reaches to the end of the line
 * @param harmlessEndings a last word that makes it a fact about the secret: {@code token_count}
 * @param harmlessWords words that only look alike: {@code secretary}
 * @param shapes what is taken for a secret by its own look
 */
public record ScrubRules(
    Set<String> parts,
    Set<String> words,
    Set<String> lastWords,
    Set<String> lineKeys,
    Set<String> harmlessEndings,
    Set<String> harmlessWords,
    Set<Shape> shapes) {
  /** Secrets that show in a value, whatever its key. */
  public enum Shape {
    /** A payment card's number: known issuer, right length, right check digit. */
    CARD,
    /** {@code Bearer …} and {@code Basic …}. */
    AUTHORIZATION,
    /** A JSON web token. */
    JWT,
    /** A PEM block with a private key. */
    PRIVATE_KEY,
    /** Keys with a maker's prefix: AWS, GitHub, GitLab, Slack, Stripe, Google … */
    VENDOR_KEY,
    /** The password in {@code scheme://user:password@host}. */
    URL_PASSWORD
  }

  /** Changes nothing. */
  public static final ScrubRules NONE =
      new ScrubRules(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  /** The rules of a fresh installation. */
  public static final ScrubRules DEFAULT =
      new ScrubRules(
          Set.of(
              "password",
              "passwd",
              "passphrase",
              "passwort",
              "secret",
              "apikey",
              "privatekey",
              "accesskey",
              "accountkey",
              "encryptionkey",
              "signingkey",
              "sharedkey",
              "masterkey",
              "accesstoken",
              "refreshtoken",
              "authtoken",
              "idtoken",
              "csrf",
              "xsrf",
              "credential",
              "creditcard",
              "cardnumber",
              "sessionid",
              "sessid",
              "sessionkey",
              "setcookie",
              "amzsignature",
              "connectionstring",
              "dbpass",
              "userpass",
              "smtppass"),
          Set.of(
              "pwd",
              "pw",
              "auth",
              "authorization",
              "bearer",
              "jwt",
              "cookie",
              "ssn",
              "cvv",
              "cvc",
              "cvv2",
              "creds",
              "otp",
              "totp"),
          Set.of("token", "session", "card", "sid", "pass", "cookies", "iban"),
          Set.of("authorization", "proxyauthorization", "cookie", "setcookie", "cookies"),
          Set.of(
              "count",
              "counts",
              "total",
              "type",
              "kind",
              "method",
              "methods",
              "status",
              "provider",
              "scheme",
              "length",
              "len",
              "size",
              "limit",
              "usage",
              "used",
              "expires",
              "expiry",
              "expiration",
              "expired",
              "ttl",
              "lifetime",
              "at",
              "age",
              "enabled",
              "disabled",
              "required",
              "valid",
              "invalid",
              "url",
              "uri",
              "endpoint",
              "policy",
              "version",
              "strength",
              "attempts",
              "consent",
              "domain",
              "brand",
              "user",
              "time",
              "date",
              "index",
              "position",
              "error",
              "errors",
              "failed",
              "timeout",
              "service"),
          Set.of("secretary", "secretariat"),
          Set.of(Shape.values()));

  public ScrubRules {
    parts = Set.copyOf(parts);
    words = Set.copyOf(words);
    lastWords = Set.copyOf(lastWords);
    lineKeys = Set.copyOf(lineKeys);
    harmlessEndings = Set.copyOf(harmlessEndings);
    harmlessWords = Set.copyOf(harmlessWords);
    shapes = Set.copyOf(shapes);
  }

  /**
   * These rules and an operator's own parts.
   *
   * @param more lower case letters and digits, found anywhere in a key's joined words
   */
  public ScrubRules withParts(Set<String> more) {
    Set<String> all = new HashSet<>(parts);
    all.addAll(more);
    return new ScrubRules(all, words, lastWords, lineKeys, harmlessEndings, harmlessWords, shapes);
  }

  /** Whether there is nothing to look for. */
  boolean isEmpty() {
    return parts.isEmpty()
        && words.isEmpty()
        && lastWords.isEmpty()
        && lineKeys.isEmpty()
        && shapes.isEmpty();
  }
}
