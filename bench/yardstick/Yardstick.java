import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.Version;
import org.opensearch.common.network.NetworkModule;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * An OpenSearch node of one process, for {@code ./levee bench query}: no cluster, HTTP on a free
 * port of this machine. Run as a single source file; its class path is what {@code make yardstick}
 * copied.
 *
 * <p>Arguments: the data folder, and the file that gets the HTTP port when the node is ready.
 */
final class Yardstick extends Node {
  private Yardstick(Environment environment, PluginInfo netty) {
    super(environment, List.of(netty), true);
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Path port = Path.of(arguments[1]);
    Settings settings =
        Settings.builder()
            .put("path.home", data.toString())
            .put("path.data", data.resolve("data").toString())
            .put("cluster.name", "yardstick")
            .put("node.name", "yardstick")
            .put("discovery.type", "single-node")
            .put("http.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.host", "127.0.0.1")
            .put("transport.port", "0")
            .put(NetworkModule.TRANSPORT_TYPE_KEY, Netty4ModulePlugin.NETTY_TRANSPORT_NAME)
            .put(NetworkModule.HTTP_TYPE_KEY, Netty4ModulePlugin.NETTY_HTTP_TRANSPORT_NAME)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), data.resolve("config"), () -> "yardstick");
    Yardstick node = new Yardstick(environment, netty());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    int number =
        node.injector()
            .getInstance(HttpServerTransport.class)
            .boundAddress()
            .publishAddress()
            .getPort();
    Path written = Files.writeString(port.resolveSibling(port.getFileName() + ".new"), "" + number);
    Files.move(written, port, StandardCopyOption.ATOMIC_MOVE);
    new CountDownLatch(1).await();
  }

  /** HTTP; in a distribution it is a module of its own folder, here it lies on the class path. */
  private static PluginInfo netty() {
    return new PluginInfo(
        "transport-netty4",
        "HTTP and transport",
        Version.CURRENT.toString(),
        Version.CURRENT,
        "21",
        Netty4ModulePlugin.class.getName(),
        null,
        List.of(),
        false);
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
