package io.levee.bench;

import io.levee.bench.corpus.Corpus;
import io.levee.bench.corpus.EventText;
import io.levee.bench.corpus.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * OpenSearch's bulk API: an index a project with one shard, the fields that Levee can ask about
 * mapped as their kind wants it, the same JSON and the same ids.
 */
final class OpenSearchDoor implements CorpusLoader.Door {
  /** The index of the project that is asked about, then of its neighbours. */
  static final List<String> INDICES = List.of("events", "neighbours-1", "neighbours-2");

  private static final int OK = 200;
  private static final int THROTTLED = 429;
  private static final Duration AGAIN_AFTER = Duration.ofMillis(250);

  private static final String INDEX =
      """
      {
        "settings": {
          "number_of_shards": 1,
          "number_of_replicas": 0,
          "refresh_interval": "-1",
          "translog.durability": "async"
        },
        "mappings": {
          "dynamic": false,
          "properties": {
            "id": {"type": "keyword", "index": false, "doc_values": false},
            "kind": {"type": "keyword"},
            "time": {"type": "date"},
            "level": {"type": "keyword"},
            "title": {"type": "text", "norms": false},
            "message": {"type": "text", "norms": false},
            "logger": {"type": "keyword"},
            "platform": {"type": "keyword"},
            "host": {"type": "keyword"},
            "environment": {"type": "keyword"},
            "release": {"type": "keyword"},
            "culprit": {"type": "keyword"},
            "trace_id": {"type": "keyword"},
            "duration_ms": {"type": "double"},
            "exceptions": {
              "properties": {
                "type": {"type": "keyword"},
                "value": {"type": "text", "norms": false},
                "handled": {"type": "boolean"},
                "frames": {
                  "properties": {
                    "function": {"type": "keyword"},
                    "module": {"type": "keyword"},
                    "file": {"type": "keyword"}
                  }
                }
              }
            },
            "request": {
              "properties": {
                "method": {"type": "keyword"},
                "url": {"type": "keyword"},
                "status": {"type": "short"}
              }
            },
            "user": {"properties": {"id": {"type": "keyword"}}},
            "tags": {
              "properties": {"customer": {"type": "keyword"}, "region": {"type": "keyword"}}
            },
            "extra": {
              "properties": {"thread": {"type": "keyword"}, "bytes": {"type": "long"}}
            }
          }
        }
      }
      """;

  private final OpenSearchNode node;
  private final Corpus corpus;
  private final EventText events;

  OpenSearchDoor(OpenSearchNode node, Corpus corpus) {
    this.node = node;
    this.corpus = corpus;
    this.events = new EventText(corpus);
  }

  @Override
  public Conversation open() throws IOException {
    return node.open();
  }

  /** Makes the indices, empty. */
  void create() throws IOException {
    try (Conversation conversation = open()) {
      for (String index : INDICES) {
        expectOk(conversation.ask("PUT", "/" + index, INDEX.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  @Override
  public void send(Conversation to, long from, long end) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (long number = from; number < end; number++) {
      Facts event = corpus.facts(number);
      action(text, INDICES.getFirst(), corpus.id(number));
      events.append(text, event);
      text.append('\n');
      int neighbour = corpus.neighbour(number);
      if (neighbour != Facts.NONE) {
        action(text, INDICES.get(1 + neighbour), events.neighbourId(event));
        events.appendNeighbour(text, event);
        text.append('\n');
      }
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    Conversation.Reply reply = to.ask("POST", "/_bulk?filter_path=errors", body);
    while (reply.status() == THROTTLED) {
      Thread.sleep(AGAIN_AFTER);
      reply = to.ask("POST", "/_bulk?filter_path=errors", body);
    }
    expectOk(reply);
    if (!reply.text().contains("\"errors\":false")) {
      throw new IOException("bulk: " + reply.text());
    }
  }

  private static void action(StringBuilder text, String index, String id) {
    text.append("{\"index\":{\"_index\":\"").append(index);
    text.append("\",\"_id\":\"").append(id).append("\"}}\n");
  }

  /** Makes all visible and durable. */
  void finish() throws IOException {
    try (Conversation conversation = open()) {
      expectOk(conversation.ask("POST", "/_refresh", new byte[0]));
      expectOk(conversation.ask("POST", "/_flush?force=true&wait_if_ongoing=true", new byte[0]));
    }
  }

  private static void expectOk(Conversation.Reply reply) throws IOException {
    if (reply.status() != OK) {
      throw new IOException("OpenSearch: HTTP " + reply.status() + " " + reply.text());
    }
  }
}
