package io.levee.engine.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterisedTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          Order 1017 not found | Order <int> not found
          user ada@example.org has no role admin | user <email> has no role admin
          GET https://shop.example/cart?id=17 failed: 503 | GET <url> failed: <int>
          connect ECONNREFUSED 127.0.0.1:5432 | connect ECONNREFUSED <ip>:<int>
          getaddrinfo ENOTFOUND db.prod.internal | getaddrinfo ENOTFOUND <hostname>
          Read timed out after 30000 ms | Read timed out after <duration>
          Timeout of 30000ms exceeded | Timeout of <duration> exceeded
          took 1.5s | took <duration>
          job ran 1h30m | job ran <duration>
          HikariPool-1 - Connection is not available, request timed out after 30001ms. | HikariPool-<int> - Connection is not available, request timed out after <duration>.
          No row with id 3f2504e0-4f89-11d3-9a0c-0305e82c3301 | No row with id <uuid>
          trace 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | trace <traceparent>
          commit da39a3ee5e6b4b0d3255bfef95601890afd80709 missing | commit <sha1> missing
          etag d41d8cd98f00b204e9800998ecf8427e | etag <md5>
          segfault at 0x7ffe2c1b3a10 | segfault at <hex>
          span 00f067aa0ba902b7 unknown | span <hex> unknown
          at 2024-01-31T23:59:59.123Z stopped | at <date> stopped
          at 2024-01-31 23:59:59,123 stopped | at <date> stopped
          due 2024-01-31 | due <date>
          due 31.01.2024 | due <date>
          due 1/31/2024 | due <date>
          Wed, 31 Jan 2024 23:59:59 GMT expired | <date> expired
          Wed Jan 31 23:59:59 2024 rotated | <date> rotated
          Jan 31 23:59:59 host sshd | <date> host sshd
          31/Jan/2024:23:59:59 +0100 GET | <date> GET
          January 31, 2024 is a holiday | <date> is a holiday
          backup 20240131T235959Z done | backup <date> done
          at 23:59:59 | at <date>
          2024-01-31T23:59:59+02:00 late | <date> late
          price 12.95 below 13.10 | price <float> below <float>
          ratio 1e-7 | ratio <float>
          offset -5 | offset <int>
          balance is -12.50 EUR | balance is <float> EUR
          value=-3 | value=<int>
          name='Ada Lovelace' missing | name='<quoted_str>' missing
          field="total" is wrong | field="<quoted_str>" is wrong
          retry=true given | retry=<bool> given
          retry=False given | retry=<bool> given
          fe80::1ff:fe23:4567:890a unreachable | <ip> unreachable
          2001:0db8:85a3:0000:0000:8a2e:0370:7334 refused | <ip> refused
          localhost:8080 refused | <hostname>:<int> refused
          Payload of 12MB over limit | Payload of <int>MB over limit
          width 404px | width <int>px
          worker_17 died | worker_<int> died
          shard-3 is full | shard-<int> is full
          #1017 is closed | #<int> is closed
          article 4711 (of 12) | article <int> (of <int>)
          java.lang.String cannot be cast to com.shop.Money | java.lang.String cannot be cast to com.shop.Money
          Cannot read properties of undefined (reading 'lines') | Cannot read properties of undefined (reading 'lines')
          list index out of range | list index out of range
          Index 5 out of bounds for length 5 | Index <int> out of bounds for length <int>
          duplicate key value violates unique constraint "users_email_key" | duplicate key value violates unique constraint "users_email_key"
          utf8 is not utf16 | utf8 is not utf16
          index.php on line 12 | index.php on line <int>
          amqp://guest@rabbit:5672/shop, closing | <url>, closing
          [kafka-0.kafka.svc.cluster.local:9092] down | [<hostname>:<int>] down
          HTTP/1.1 502 Bad Gateway | HTTP/<float> <int> Bad Gateway
          Grüße an 12 Gäste | Grüße an <int> Gäste
          no parameters at all | no parameters at all
          deadbeef facade defaced | deadbeef facade defaced
          version 4.2.1 is gone | version <float>.<int> is gone
          p99 of 812.25 ms over 500 ms | p99 of <duration> over <duration>
          """)
  void replacesWhatDiffersFromEventToEvent(String message, String expected) {
    assertThat(ParameterisedText.of(message)).isEqualTo(expected);
  }

  @Test
  void givesBackTheSameInstanceWithoutParameters() {
    String message = "no parameters at all";

    assertThat(ParameterisedText.of(message)).isSameAs(message);
  }

  @Test
  void isIdempotent() {
    String once = ParameterisedText.of("user ada@example.org at 10.0.0.1 took 12ms for 17 rows");

    assertThat(ParameterisedText.of(once)).isEqualTo(once);
  }

  @Test
  void staysLinearOnHostileText() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (String piece :
        new String[] {"1", "a.", "a@", "=' ", "1.1.", "0x", ":", "a-", "1:", "12h", "http://"}) {
      String hostile = piece.repeat(32_768 / piece.length());

      // The thread's own time: the machine has other things to do.
      long started = threads.getCurrentThreadCpuTime();
      ParameterisedText.of(hostile);
      Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - started);

      assertThat(took).as("pieces of %s", piece).isLessThan(Duration.ofSeconds(1));
    }
  }
}
