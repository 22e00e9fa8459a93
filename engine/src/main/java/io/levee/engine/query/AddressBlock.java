package io.levee.engine.query;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A block of IP addresses. Immutable; never asks the network. */
public final class AddressBlock {
  private static final Pattern LITERAL =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private final byte[] network;
  private final int bits;

  private AddressBlock(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** What is written as {@code address/bits}; null when it is none. */
  public static @Nullable AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return null;
    }
    byte[] network = bytes(text.substring(0, slash));
    int bits = Integer.parseInt(text.substring(slash + 1));
    return network.length == 0 || bits > network.length * 8
        ? null
        : new AddressBlock(network, bits);
  }

  /** Whether an address lies in it; false for what is no address. */
  public boolean holds(String address) {
    byte[] host = bytes(address);
    if (host.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((network[bit / 8] & mask) != (host[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The order of two addresses, shorter ones first; what is no address comes before all. */
  public static int compare(String a, String b) {
    byte[] left = bytes(a);
    byte[] right = bytes(b);
    return left.length != right.length
        ? Integer.compare(left.length, right.length)
        : Arrays.compareUnsigned(left, right);
  }

  private static byte[] bytes(String address) {
    try {
      return LITERAL.matcher(address).matches()
          ? InetAddress.getByName(address).getAddress()
          : new byte[0];
    } catch (UnknownHostException e) {
      return new byte[0]; // No address.
    }
  }
}
