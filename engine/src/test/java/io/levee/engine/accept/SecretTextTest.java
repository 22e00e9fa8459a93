package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {
  private final SecretText texts =
      new SecretText(ScrubRules.DEFAULT, new SecretKeys(ScrubRules.DEFAULT));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          card 4111111111111111 declined | card [Filtered] declined
          card 4111 1111 1111 1111 declined | card [Filtered] declined
          card 5500-0000-0000-0004 declined | card [Filtered] declined
          amex 378282246310005 | amex [Filtered]
          Authorization: Bearer abc123def456 | Authorization: [Filtered]
          sent Bearer abc123def456 along | sent Bearer [Filtered] along
          sent Basic YWRhOmxvdmVsYWNl along | sent Basic [Filtered] along
          got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxNyJ9.c2lnbmF0dXJl here | got [Filtered] here
          uses AKIAIOSFODNN7EXAMPLE now | uses [Filtered] now
          uses ghp_abcdefghijklmnopqrstuvwxyz0123456789 now | uses [Filtered] now
          xoxb-123456789012-abcdefABCDEF | [Filtered]
          sk_live_4eC39HqLyjWDarjtT1zdp7dc | [Filtered]
          postgres://shop:hunter2@db:5432/shop | postgres://shop:[Filtered]@db:5432/shop
          login with password=hunter2 failed | login with password=[Filtered] failed
          login with password: hunter2 failed | login with password: [Filtered] failed
          {"user":"ada","password":"hunter2","x":1} | {"user":"ada","password":"[Filtered]","x":1}
          {"user":"ada","password":"hun\\"ter2","x":1} | {"user":"ada","password":"[Filtered]","x":1}
          {"credentials":{"a":"x}","b":[1]},"x":1} | {"credentials":[Filtered],"x":1}
          {\\"password\\":\\"hunter2\\",\\"x\\":1} | {\\"password\\":\\"[Filtered]\\",\\"x\\":1}
          {"pin":1,"cvv":123} | {"pin":1,"cvv":[Filtered]}
          user=ada&password=hunter2&step=2 | user=ada&password=[Filtered]&step=2
          user%5Bpassword%5D=hunter2&step=2 | user%5Bpassword%5D=[Filtered]&step=2
          https://shop.example/pay?token=abc&step=2 | https://shop.example/pay?token=[Filtered]&step=2
          jdbc:mysql://db/shop?user=a&password=hunter2 | jdbc:mysql://db/shop?user=a&password=[Filtered]
          Server=db;Password=hun,ter2;User=sa | Server=db;Password=[Filtered];User=sa
          User{name=ada, password=hunter2, age=36} | User{name=ada, password=[Filtered], age=36}
          password = "hunter2" | password = "[Filtered]"
          {'api_key': 'abc', 'n': 1} | {'api_key': '[Filtered]', 'n': 1}
          Cookie: a=b; session=xyz | Cookie: [Filtered]
          """)
  void takesSecretsOut(String text, String expected) {
    assertThat(texts.scrub(text, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order 4111111111111112 not found",
        "at 1795304051015 ms",
        "span 4bf92f3577b34da6a3ce929d0e0e4736",
        "id 41111111-1111-1111-1111-111111111111",
        "SyntaxError: Unexpected token: end of input",
        "session: closed by peer",
        "Basic authentication is required",
        "bearer authentication is required",
        "password=null",
        "\"password\":null,\"token\":true",
        "auth == null",
        "token => value",
        "https://shop.example/cart?step=2&author=ada",
        "mailto:ada@example.org",
        "http://[::1]:8080/a@b",
        "where password=?",
        "password=[Filtered]&step=2",
        "task-force-one-two-three-four-five",
        "the password is wrong"
      })
  void leavesTheRestAlone(String text) {
    assertThat(texts.scrub(text, false)).isSameAs(text);
  }

  @Test
  void takesOnlyLiteralsOutOfSource() {
    String code = "const token = request.headers.authorization;";

    assertThat(texts.scrub(code, true)).isSameAs(code);
    assertThat(texts.scrub("login(user, password = \"hunter2\")", true))
        .isEqualTo("login(user, password = \"[Filtered]\")");
  }

  @Test
  void takesPrivateKeysOutEvenWhenTheirEndWasCutOff() {
    String pem =
        "key: -----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----\nok";

    assertThat(texts.scrub(pem, false)).isEqualTo("key: [Filtered]\nok");
    assertThat(texts.scrub(pem.substring(0, 50), false)).isEqualTo("key: [Filtered]");
  }

  @Test
  void staysLinearOnHostileText() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (String piece :
        new String[] {
          "eyJ-",
          "password",
          "a=",
          "\\\"",
          "://",
          "-----BEGIN ",
          "4 ",
          "Bearer ",
          "token:",
          "[",
          "sk-",
          "\"auth\":{",
          "=\\\\"
        }) {
      String hostile = piece.repeat(32_768 / piece.length());

      // The thread's own time: the machine has other things to do.
      long started = threads.getCurrentThreadCpuTime();
      texts.scrub(hostile, false);
      Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - started);

      assertThat(took).as("pieces of %s", piece).isLessThan(Duration.ofSeconds(1));
    }
  }
}
