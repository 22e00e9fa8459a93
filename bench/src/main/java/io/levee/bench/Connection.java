package io.levee.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection of the generator, with at most one request under way. Reconnects when
 * the server has closed it. Used by the generator's thread.
 */
final class Connection {
  private final InetSocketAddress address;
  private final Selector selector;
  private @Nullable SocketChannel channel;
  private ReplyReader reader = new ReplyReader();
  private long slot = -1;

  Connection(InetSocketAddress address, Selector selector) {
    this.address = address;
    this.selector = selector;
  }

  /** The slot whose request is under way; -1 when none is. */
  long slot() {
    return slot;
  }

  /**
   * Connects if need be. Waits for it, which on the same machine takes microseconds.
   *
   * @throws IOException when the server doesn't take the connection
   */
  SocketChannel connect() throws IOException {
    SocketChannel open = channel;
    if (open != null) {
      return open;
    }
    SocketChannel opened = SocketChannel.open();
    try {
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      opened.connect(address);
      opened.configureBlocking(false);
      opened.register(selector, SelectionKey.OP_READ, this);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    reader = new ReplyReader();
    channel = opened;
    return opened;
  }

  /**
   * Writes a whole request.
   *
   * @throws IOException when the connection breaks, or won't take all of it at once though nothing
   *     else is under way
   */
  void send(long nextSlot, ByteBuffer request) throws IOException {
    SocketChannel open = connect();
    open.write(request);
    if (request.hasRemaining()) {
      throw new IOException("the socket's buffer takes less than one request");
    }
    slot = nextSlot;
  }

  /**
   * Reads what has come.
   *
   * @return the status of the response when it is whole, {@link ReplyReader#MORE} when it isn't yet
   * @throws IOException when the connection breaks, also while nothing is under way
   */
  int receive(ByteBuffer buffer) throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      return ReplyReader.MORE;
    }
    buffer.clear();
    if (open.read(buffer) < 0) {
      throw new IOException("closed by the server");
    }
    buffer.flip();
    int status = reader.read(buffer);
    if (buffer.hasRemaining() || (status != ReplyReader.MORE && slot < 0)) {
      throw new IOException("an answer to nothing");
    }
    if (status != ReplyReader.MORE) {
      slot = -1;
      if (reader.closes()) {
        close();
      }
    }
    return status;
  }

  /** Closes the socket and forgets what was under way; the next send connects anew. */
  void close() throws IOException {
    slot = -1;
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
