package io.levee.edge.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The framing, with the examples of Sentry's document "Envelopes" and their opposites. */
class EnvelopeDecoderTest {
  private static final EnvelopeLimits SMALL =
      new EnvelopeLimits(100, 3, 1000, 1000, 1000, JsonLimits.DEFAULT);

  private static Envelope.Framed decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new EnvelopeDecoder(EnvelopeLimits.DEFAULT).decode(bytes);
  }

  private static List<String> payloads(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Envelope.Framed framed = new EnvelopeDecoder(EnvelopeLimits.DEFAULT).decode(bytes);
    assertThat(framed).isInstanceOf(Envelope.Parsed.class);
    return ((Envelope.Parsed) framed)
        .envelope().items().stream()
            .map(item ->
                item.type()
                    + "="
                    + new String(bytes, item.offset(), item.length(), StandardCharsets.UTF_8))
            .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{}\n", "{\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"}\n\n"})
  void takesAnEmptyEnvelope(String text) {
    assertThat(payloads(text)).isEmpty();
  }

  @Test
  void takesLengthsByBytesAndKeepsCarriageReturns() {
    assertThat(
            payloads(
                """
                {}
                {"type":"attachment","length":10}
                \u00fc
                Hello\r

                {"type":"event","length":41}
                {"message":"hello world","level":"error"}
                """))
        .containsExactly(
            "attachment=\u00fc\nHello\r\n",
            "event={\"message\":\"hello world\",\"level\":\"error\"}");
  }

  @Test
  void takesImplicitLengths() {
    assertThat(payloads("{}\n{\"type\":\"attachment\"}\nhelloworld\r\n{\"type\":\"event\"}\n{}"))
        .containsExactly("attachment=helloworld\r", "event={}");
    assertThat(payloads("{}\n{\"type\":\"attachment\"}\n")).containsExactly("attachment=");
    assertThat(payloads("{}\n{\"type\":\"attachment\"}")).containsExactly("attachment=");
    assertThat(payloads("{}\n{\"type\":\"attachment\"}\n\n{\"type\":\"attachment\"}\n\n"))
        .containsExactly("attachment=", "attachment=");
  }

  @Test
  void takesEmptyPayloadsWithLength() {
    assertThat(
            payloads(
                """
                {}
                {"type":"attachment","length":0}

                {"type":"attachment","length":0}
                """))
        .containsExactly("attachment=", "attachment=");
    assertThat(payloads("{}\n{\"type\":\"attachment\",\"length\":0}"))
        .containsExactly("attachment=");
  }

  @Test
  void keepsUnknownTypesForTheCaller() {
    assertThat(payloads("{}\n{\"type\":\"zork\",\"length\":3}\n{{{\n{\"type\":\"event\"}\n{}\n"))
        .containsExactly("zork={{{", "event={}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | header, byte 0",
        "[] | header, byte 0",
        "zork | header, byte 0",
        "{}N{\"type\":\"event\",\"length\":4}N{} | item 1, byte 31",
        "{}N{\"type\":\"event\",\"length\":1}N{} | item 1, byte 32",
        "{}N{\"type\":\"event\",\"length\":-1}N{} | item 1, byte 3",
        "{}N{\"type\":\"event\",\"length\":1.5}N{} | item 1, byte 3",
        "{}N{\"type\":\"event\",\"length\":\"2\"}N{} | item 1, byte 3",
        "{}N{\"type\":\"event\",\"length\":99999999999999999999}N{} | item 1, byte 3",
        "{}N{\"type\":\"event\",\"length\":9999999999}N{} | item 1, byte 40",
        "{}N{\"type\":5}N{} | item 1, byte 3",
        "{}N{}N{} | item 1, byte 3",
        "{}N{\"type\":\"event\"}N{}NzorkN | item 2, byte ",
        "{}N{\"type\":\"event\"}N{}NN{\"type\":\"event\"}N{} | item 2, byte 23"
      })
  void saysWhatIsMalformedAndWhere(String text, String where) {
    Envelope.Framed framed = decode(text.replace('N', '\n'));

    assertThat(framed).isInstanceOf(Envelope.Malformed.class);
    assertThat(((Envelope.Malformed) framed).where()).startsWith(where);
  }

  @Test
  void stopsAtItsLimits() {
    EnvelopeDecoder decoder = new EnvelopeDecoder(SMALL);
    String item = "{\"type\":\"event\"}\n{}\n";
    String wide = "{\"x\":\"" + "y".repeat(100) + "\"}";

    assertThat(decoder.decode(bytes("{}\n" + item.repeat(3)))).isInstanceOf(Envelope.Parsed.class);
    assertThat(decoder.decode(bytes("{}\n" + item.repeat(4))))
        .isEqualTo(new Envelope.TooLarge("envelope: more than 3 items"));
    assertThat(decoder.decode(bytes(wide))).isInstanceOf(Envelope.TooLarge.class);
    assertThat(decoder.decode(bytes("{}\n" + wide))).isInstanceOf(Envelope.TooLarge.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
