package io.levee.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.time.Duration;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a server's JVM has used, read from inside it: finer than the system's clock ticks. Used by
 * one thread.
 */
final class Gauge implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private Gauge(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  /** Looks into a process of this user. */
  @SuppressWarnings("BanJNDI") // The address is that of a process that we started ourselves.
  static Gauge of(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return new Gauge(
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("process " + pid + " can't be looked into", e);
    }
  }

  /** CPU time of all its threads, user and system. */
  Duration cpu() throws IOException {
    return Duration.ofNanos(number("java.lang:type=OperatingSystem", "ProcessCpuTime"));
  }

  /** Bytes that all its threads have ever allocated: never less than what the heap has grown by. */
  long allocatedBytes() throws IOException {
    return number("java.lang:type=Threading", "TotalThreadAllocatedBytes");
  }

  private long number(String bean, String attribute) throws IOException {
    try {
      return ((Number) beans.getAttribute(new ObjectName(bean), attribute)).longValue();
    } catch (JMException e) {
      throw new IOException(bean + " " + attribute, e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
