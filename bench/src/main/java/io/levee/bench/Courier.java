package io.levee.bench;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;

/**
 * One blocking keep-alive connection that sends a request and waits for its answer. Used by one
 * thread.
 */
final class Courier implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;

  private final Socket socket;
  private final ReplyReader reader = new ReplyReader();
  private final byte[] received = new byte[8 << 10];

  private Courier(Socket socket) {
    this.socket = socket;
  }

  static Courier to(Target target) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(target.address(), TIMEOUT_MILLIS);
      return new Courier(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends and waits.
   *
   * @param request backed by an array
   * @return the response's status
   * @throws IOException when the connection breaks or the answer takes too long: whether the server
   *     took the request is unknown then, and the courier is of no more use
   */
  int deliver(ByteBuffer request) throws IOException {
    socket
        .getOutputStream()
        .write(request.array(), request.arrayOffset() + request.position(), request.remaining());
    int status = ReplyReader.MORE;
    while (status == ReplyReader.MORE) {
      int read = socket.getInputStream().read(received);
      if (read < 0) {
        throw new IOException("closed by the server");
      }
      status = reader.read(ByteBuffer.wrap(received, 0, read));
    }
    return status;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
