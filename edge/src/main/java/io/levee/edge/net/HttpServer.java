package io.levee.edge.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for HTTP. One thread reads all connections and asks a {@link Turnstile} about each call;
 * whoever is let in gets an {@link Endpoint} on a virtual thread of its own. A bug in either
 * answers 500 and is logged; nothing of it reaches the client.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final HttpConfig config;
  private final Server server;
  private final ServerConnector connector;
  private final SlowHeaders slowHeaders;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-sweeper").factory());

  /** One that lets everybody in. */
  public HttpServer(HttpConfig config, Endpoint endpoint) {
    this(config, openTo(endpoint));
  }

  /** One that asks a turnstile about each call. */
  public static HttpServer behind(HttpConfig config, Turnstile turnstile) {
    return new HttpServer(config, turnstile);
  }

  private HttpServer(HttpConfig config, Turnstile turnstile) {
    this.config = config;
    Executor calls = VirtualThreads.getNamedVirtualThreadsExecutor("http-");
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(calls);
    this.server = new Server(threads);
    this.connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(config)));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(config.connectionsMax(), connector));
    this.slowHeaders = new SlowHeaders(config.headerTimeout(), System::nanoTime);
    server.setStopTimeout(config.drainTimeout().toMillis());
    server.setHandler(new GracefulHandler(new Entrance(turnstile, calls)));
  }

  private static Turnstile openTo(Endpoint endpoint) {
    Turnstile.In in = new Turnstile.In(endpoint);
    return head -> in;
  }

  private static HttpConfiguration configuration(HttpConfig config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(config.headerBytesMax());
    return http;
  }

  /**
   * Compresses pages and JSON for those who can read gzip; request bodies are our own {@link
   * BodyReader}'s work.
   */
  private static Handler compressed(Handler handler) {
    CompressionHandler compression = new CompressionHandler();
    compression.putCompression(new GzipCompression());
    CompressionConfig answers =
        CompressionConfig.builder()
            .compressIncludeMimeType("text/html")
            .compressIncludeMimeType("text/css")
            .compressIncludeMimeType("text/javascript")
            .compressIncludeMimeType("image/svg+xml")
            .compressIncludeMimeType("application/json")
            .decompressExcludePath("/*")
            .build();
    compression.putConfiguration("/*", answers);
    compression.setHandler(handler);
    return compression;
  }

  /**
   * Begins to listen.
   *
   * @throws UncheckedIOException when the address can't be bound; its message says which and what
   *     to do
   */
  public void start() {
    try {
      server.start();
      var _ = sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(cannotListen(e), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("HTTP server did not start", e);
    }
  }

  private void sweep() {
    try {
      slowHeaders.sweep(connector.getConnectedEndPoints());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("cannot look after slow connections; trying again");
    }
  }

  private String cannotListen(IOException e) {
    String address = config.host() + ":" + config.port();
    Throwable cause = e instanceof BindException ? e : e.getCause();
    if (cause instanceof BindException) {
      return "cannot listen on "
          + address
          + ": the port is taken or not ours (expected: a free port; choose one with --port)";
    }
    return "cannot listen on " + address + ": " + e.getMessage();
  }

  /** The port that it listens on; after start. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Open connections. */
  public int connections() {
    return connector.getConnectedEndPoints().size();
  }

  /** How many connections may be open. */
  public int connectionsMax() {
    return config.connectionsMax();
  }

  /** How many connections were closed because their headers did not end in time. */
  public long slowHeaders() {
    return slowHeaders.closed();
  }

  /**
   * Stops listening, lets requests that are under way finish, and closes what is left. Idempotent.
   */
  @Override
  public void close() {
    sweeper.shutdownNow();
    try {
      server.stop();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("HTTP server did not stop", e);
    }
  }

  /**
   * Asks the turnstile, on the thread that reads all connections. It says that it doesn't block, so
   * Jetty hands nothing to another thread before it has been asked.
   */
  private static final class Entrance extends Handler.Wrapper {
    private final Turnstile turnstile;
    private final Executor calls;

    Entrance(Turnstile turnstile, Executor calls) {
      super(compressed(new Adapter()));
      this.turnstile = turnstile;
      this.calls = calls;
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      switch (way(request)) {
        case Turnstile.Away(ReadyReply reply) -> reply.write(response, callback);
        case Turnstile.In(Endpoint endpoint) -> {
          request.setAttribute(Adapter.ENDPOINT, endpoint);
          calls.execute(() -> letIn(request, response, callback));
        }
      }
      return true;
    }

    private Turnstile.Way way(Request request) {
      try {
        return turnstile.way(
            new Turnstile.Head(
                request.getMethod(),
                Request.getPathInContext(request),
                request.getHttpURI().getQuery(),
                name -> request.getHeaders().get(name)));
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("the turnstile failed; answering 500");
        return new Turnstile.Away(ReadyReply.of(Adapter.INTERNAL_ERROR));
      }
    }

    /** Whatever is thrown here, the client must not wait for an answer for ever. */
    private void letIn(Request request, Response response, Callback callback) {
      try {
        boolean handled = super.handle(request, response, callback);
        if (!handled) {
          callback.failed(new IllegalStateException("nobody answered"));
        }
      } catch (Throwable e) {
        callback.failed(e);
      }
    }
  }

  /** Between Jetty's types and ours. */
  private static final class Adapter extends Handler.Abstract {
    static final String ENDPOINT = Adapter.class.getName();
    static final HttpReply INTERNAL_ERROR =
        HttpReply.text(500, "internal error; the log says more\n");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (!(request.getAttribute(ENDPOINT) instanceof Endpoint endpoint)) {
        throw new IllegalStateException("a call that came past the entrance");
      }
      InputStream body = Content.Source.asInputStream(request);
      Callback closing = new Closing(body, callback);
      try {
        HttpReply reply = endpoint.handle(call(request, body));
        write(reply, response, closing);
      } catch (RuntimeException | StackOverflowError e) {
        LOG.atError()
            .addKeyValue("path", request.getHttpURI().getPath())
            .setCause(e)
            .log("answering 500");
        if (response.isCommitted()) {
          closing.failed(e);
        } else {
          write(INTERNAL_ERROR, response, closing);
        }
      }
      return true;
    }

    /** Lets go of the body when the answer is written, and not a moment after the call is over. */
    private static final class Closing extends Callback.Nested {
      private final InputStream body;

      Closing(InputStream body, Callback callback) {
        super(callback);
        this.body = body;
      }

      @Override
      public void succeeded() {
        close();
        super.succeeded();
      }

      @Override
      public void failed(Throwable failure) {
        close();
        super.failed(failure);
      }

      private void close() {
        try {
          body.close();
        } catch (IOException e) {
          LOG.atDebug().setCause(e).log("the rest of a body is gone");
        }
      }
    }

    private static HttpCall call(Request request, InputStream body) {
      return new HttpCall(
          request.getMethod(),
          Request.getPathInContext(request),
          query(request),
          name -> request.getHeaders().get(name),
          Request.getRemoteAddr(request),
          body,
          Map.of());
    }

    private static Map<String, List<String>> query(Request request) {
      String query = request.getHttpURI().getQuery();
      if (query == null || query.isEmpty()) {
        return Map.of();
      }
      Map<String, List<String>> parameters = new LinkedHashMap<>();
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        parameters.put(field.getName(), field.getValues());
      }
      return parameters;
    }

    private static void write(HttpReply reply, Response response, Callback callback) {
      response.setStatus(reply.status());
      reply
          .headers()
          .forEach((name, value) -> response.getHeaders().add(new HttpField(name, value)));
      switch (reply.body()) {
        case HttpReply.Bytes(byte[] bytes) -> {
          response.getHeaders().put("Content-Length", bytes.length);
          response.write(true, ByteBuffer.wrap(bytes), callback);
        }
        case HttpReply.Stream(HttpReply.Writer writer) -> stream(writer, response, callback);
      }
    }

    private static void stream(HttpReply.Writer writer, Response response, Callback callback) {
      try (OutputStream out = Content.Sink.asOutputStream(response)) {
        writer.write(out);
      } catch (IOException e) {
        callback.failed(e);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        callback.failed(e);
        return;
      }
      callback.succeeded();
    }
  }
}
