package io.levee.app.demo;

import java.util.List;

/**
 * One of the four programs of the demo.
 *
 * @param slug its name in URLs
 * @param name its name for people
 * @param platform java, node, javascript or python
 */
public record DemoProject(String slug, String name, String platform) {
  static final DemoProject SHOP = new DemoProject("shop", "Shop backend", "java");
  static final DemoProject ORDERS = new DemoProject("orders-api", "Orders API", "node");
  static final DemoProject STOREFRONT = new DemoProject("storefront", "Storefront", "javascript");
  static final DemoProject WORKER = new DemoProject("worker", "Fulfilment worker", "python");

  /** All of them, in the order in which they are listed. */
  public static final List<DemoProject> ALL = List.of(SHOP, ORDERS, STOREFRONT, WORKER);
}
