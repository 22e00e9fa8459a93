package io.levee.app.demo;

import static io.levee.app.demo.DemoProject.ORDERS;
import static io.levee.app.demo.DemoProject.SHOP;
import static io.levee.app.demo.DemoProject.STOREFRONT;
import static io.levee.app.demo.DemoProject.WORKER;

import io.levee.app.demo.Happening.LogLine;
import io.levee.app.demo.Happening.Timing;
import java.util.List;

/** What the programs report when all is well, or nearly. */
final class Routine {
  static final List<LogLine> LOGS =
      List.of(
          new LogLine(SHOP, "info", "Order {order} placed by customer {customer} for {amount} EUR"),
          new LogLine(SHOP, "info", "Cart of customer {customer} merged after login"),
          new LogLine(SHOP, "info", "Price list reloaded in {ms} ms, {n} rules"),
          new LogLine(SHOP, "warn", "Paygate answered after {ms} ms, over the budget of 800 ms"),
          new LogLine(SHOP, "warn", "Stock of {sku} is down to {n}"),
          new LogLine(SHOP, "debug", "Cache miss for product {sku}"),
          new LogLine(
              SHOP, "error", "Could not refresh exchange rates, keeping those of yesterday"),
          new LogLine(ORDERS, "info", "POST /v2/orders 201 {ms} ms order={order}"),
          new LogLine(ORDERS, "info", "GET /v2/orders/{order} 200 {ms} ms"),
          new LogLine(ORDERS, "info", "Webhook of carrier accepted for parcel {parcel}"),
          new LogLine(ORDERS, "warn", "Slow query: {ms} ms for orders of customer {customer}"),
          new LogLine(ORDERS, "warn", "Retrying webhook to {host}, attempt {n}"),
          new LogLine(
              ORDERS, "error", "Loyalty service unreachable, order {order} gets its points later"),
          new LogLine(STOREFRONT, "info", "Cart opened with {n} lines"),
          new LogLine(STOREFRONT, "warn", "Largest contentful paint took {ms} ms"),
          new LogLine(STOREFRONT, "warn", "Consent missing, analytics stay off"),
          new LogLine(WORKER, "info", "Printed label for parcel {parcel} in {ms} ms"),
          new LogLine(WORKER, "info", "Invoice {order} rendered, {n} pages"),
          new LogLine(WORKER, "info", "Synced stock of warehouse HAM-2: {n} items changed"),
          new LogLine(WORKER, "warn", "Queue mail is {n} tasks behind"),
          new LogLine(WORKER, "warn", "Parcelhub asks to slow down, waiting {n} s"),
          new LogLine(WORKER, "debug", "Thumbnail cache hit for {sku}"));

  static final List<Timing> TIMINGS =
      List.of(
          new Timing(SHOP, "GET /products/{sku}", "http.server", 48),
          new Timing(SHOP, "GET /cart", "http.server", 35),
          new Timing(SHOP, "POST /checkout", "http.server", 420),
          new Timing(SHOP, "GET /search", "http.server", 130),
          new Timing(ORDERS, "POST /v2/orders", "http.server", 180),
          new Timing(ORDERS, "GET /v2/orders/:id", "http.server", 22),
          new Timing(ORDERS, "GET /v2/customers/:id/loyalty", "http.server", 210),
          new Timing(STOREFRONT, "/", "pageload", 1450),
          new Timing(STOREFRONT, "/products/:sku", "pageload", 1720),
          new Timing(STOREFRONT, "/checkout", "navigation", 640),
          new Timing(WORKER, "fulfilment.tasks.print_labels", "queue.task", 900),
          new Timing(WORKER, "invoices.tasks.render_invoice", "queue.task", 1300));

  private Routine() {}
}
