package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
  private final SecretKeys keys = new SecretKeys(ScrubRules.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password",
        "PASSWD",
        "pwd",
        "user_password",
        "userPassword",
        "userpassword",
        "newPassword1",
        "db-password",
        "DB_PASS",
        "passphrase",
        "secret",
        "client_secret",
        "clientSecret",
        "SECRET_KEY",
        "token",
        "access_token",
        "accessToken",
        "refresh-token",
        "authToken",
        "api_key",
        "apikey",
        "apiKey",
        "X-Api-Key",
        "x-apikey",
        "Authorization",
        "authorization",
        "Proxy-Authorization",
        "auth",
        "X-Auth",
        "Cookie",
        "cookie",
        "Set-Cookie",
        "session_id",
        "sessionId",
        "JSESSIONID",
        "PHPSESSID",
        "connect.sid",
        "csrf",
        "csrf_token",
        "X-CSRF-Token",
        "_xsrf",
        "XSRF-TOKEN",
        "credentials",
        "awsCredentials",
        "private_key",
        "privateKey",
        "bearer",
        "bearerToken",
        "jwt",
        "ssn",
        "card",
        "card_number",
        "creditCard",
        "cvv",
        "cvc",
        "user[password]",
        "user%5Bpassword%5D",
        "form.password",
        "PHP_AUTH_PW",
        "AWS_SECRET_ACCESS_KEY",
        "id_token",
        "usertoken",
        "otp"
      })
  void knowsSecretKeysHoweverSpelt(String key) {
    assertThat(keys.judge(key)).isNotEqualTo(SecretKeys.Verdict.HARMLESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "author",
        "authors",
        "authority",
        "authored_by",
        "token_count",
        "tokenCount",
        "max_tokens",
        "prompt_tokens",
        "token_type",
        "passenger",
        "passengers",
        "compass",
        "bypass",
        "passed",
        "secretary",
        "password_changed_at",
        "passwordLength",
        "auth_method",
        "authType",
        "session_duration_time",
        "session_count",
        "cookie_consent",
        "cookiesEnabled",
        "card_type",
        "cardBrand",
        "discard",
        "dashboard",
        "cardinality",
        "postcard_size",
        "tokenizer",
        "tokenize",
        "PWD",
        "OLDPWD",
        "key",
        "keyboard",
        "primary_key",
        "monkey",
        "class",
        "classname",
        "user",
        "email",
        "possession",
        "sessions",
        "obsession",
        "inside",
        "residence",
        "side",
        "authorization_endpoint",
        "hospital",
        "spin",
        "shipping",
        "opinion",
        "description",
        "assignee",
        "sid_count",
        "pan",
        "company",
        "expiry",
        "api_version",
        "public_id",
        "",
        "_",
        "%"
      })
  void leavesFalseFriendsAlone(String key) {
    assertThat(keys.judge(key)).isEqualTo(SecretKeys.Verdict.HARMLESS);
  }

  @Test
  void splitsWordsAtHumpsAndSeparators() {
    assertThat(SecretKeys.words("x-APIKey_v2.userName%5Bid%5D"))
        .containsExactly("x", "api", "key", "v2", "user", "name", "id");
  }

  @Test
  void obeysAnOperatorsOwnPart() {
    SecretKeys own = new SecretKeys(ScrubRules.DEFAULT.withParts(java.util.Set.of("kontonummer")));

    assertThat(own.judge("kundenKontonummer")).isEqualTo(SecretKeys.Verdict.ALL);
    assertThat(keys.judge("kundenKontonummer")).isEqualTo(SecretKeys.Verdict.HARMLESS);
  }
}
