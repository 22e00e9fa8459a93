package io.levee.app.demo;

import static io.levee.app.demo.Problem.Rhythm.FRESH;
import static io.levee.app.demo.Problem.Rhythm.NIGHTLY;
import static io.levee.app.demo.Problem.Rhythm.OUTAGE;
import static io.levee.app.demo.Problem.Rhythm.SCAN;
import static io.levee.app.demo.Problem.Rhythm.STEADY;
import static io.levee.app.demo.Problem.Rhythm.WORSENED;

import io.levee.app.demo.Problem.Rhythm;
import java.util.List;
import java.util.Map;

/** What goes wrong in the Node API for orders. */
final class OrdersProblems {
  private static final String EXPRESS =
      """
      /srv/orders-api/node_modules/express/lib/router/layer.js:95:5 Layer.handle [as handle_request]
      /srv/orders-api/node_modules/express/lib/router/route.js:149:13 next
      /srv/orders-api/node_modules/express/lib/router/route.js:119:3 Route.dispatch
      /srv/orders-api/node_modules/express/lib/router/layer.js:95:5 Layer.handle [as handle_request]
      /srv/orders-api/node_modules/express/lib/router/index.js:284:15 ?
      /srv/orders-api/node_modules/express/lib/router/index.js:346:12 Function.process_params
      /srv/orders-api/node_modules/express/lib/router/index.js:280:10 next
      node:internal/process/task_queues:105:5 process.processTicksAndRejections
      """;

  private static final String PG =
      """
      /srv/orders-api/node_modules/pg/lib/client.js:535:17 Client.query
      /srv/orders-api/node_modules/pg-pool/index.js:45:11 ?
      node:internal/process/task_queues:105:5 process.processTicksAndRejections
      """;

  private static final StackText STACKS = new StackText(Map.of("express", EXPRESS, "pg", PG));

  private OrdersProblems() {}

  private static Problem problem(String transaction, Rhythm rhythm, int perWeek, String stack) {
    return new Problem(transaction, rhythm, perWeek, STACKS.read(stack));
  }

  static List<Problem> all() {
    return List.of(
        problem(
            "POST /v2/orders",
            STEADY,
            140,
            """
            TypeError: Cannot read properties of undefined (reading 'postalCode')
              + /srv/orders-api/src/shipping/rates.js:41:38 zoneOf |   const zone = zones.find((z) => z.matches(address.postalCode));
              + /srv/orders-api/src/shipping/rates.js:67:16 shippingRate |   const zone = zoneOf(order.shippingAddress);
              + /srv/orders-api/src/orders/createOrder.js:52:24 createOrder |   order.shipping = await shippingRate(order);
              + /srv/orders-api/src/routes/orders.js:31:20 postOrder |   const order = await createOrder(req.body, req.customer);
              @express
            """),
        problem(
            "POST /v2/orders",
            OUTAGE,
            230,
            """
            PaymentError: paygate did not confirm order {order}
              + /srv/orders-api/src/payments/paygate.js:78:11 confirm |     throw new PaymentError(`paygate did not confirm order ${order.id}`, { cause });
              + /srv/orders-api/src/orders/createOrder.js:71:5 createOrder |     await paygate.confirm(order);
              + /srv/orders-api/src/routes/orders.js:31:20 postOrder |   const order = await createOrder(req.body, req.customer);
              @express
            Caused by: FetchError: request to https://api.paygate.example/v1/charges failed, reason: connect ECONNREFUSED {ip}:443
              /srv/orders-api/node_modules/node-fetch/src/index.js:108:11 ClientRequest.<anonymous>
              node:internal/streams/destroy:170:8 emitErrorNT
              + /srv/orders-api/src/payments/paygate.js:64:23 post |   const response = await fetch(`${BASE}/charges`, options);
              + /srv/orders-api/src/payments/paygate.js:75:13 confirm |     return await post(chargeOf(order));
            """),
        problem(
            "GET /v2/orders/:id",
            STEADY,
            110,
            """
            NotFoundError: order {order} does not exist
              + /srv/orders-api/src/orders/loadOrder.js:19:11 loadOrder |   if (!row) throw new NotFoundError(`order ${id} does not exist`);
              + /srv/orders-api/src/routes/orders.js:44:20 getOrder |   res.json(await loadOrder(req.params.id));
              @express
            """),
        problem(
            "PATCH /v2/orders/:id",
            STEADY,
            60,
            """
            error: deadlock detected
              @pg
              + /srv/orders-api/src/orders/updateOrder.js:38:5 updateLines |     await client.query(UPDATE_LINE, [line.id, line.quantity]);
              + /srv/orders-api/src/orders/updateOrder.js:57:5 updateOrder |     await updateLines(client, changes.lines);
              + /srv/orders-api/src/routes/orders.js:58:20 patchOrder |   const order = await updateOrder(req.params.id, req.body);
              @express
            """),
        problem(
            "nightly-settlement",
            NIGHTLY,
            130,
            """
            Error: Connection terminated unexpectedly
              @pg
              + /srv/orders-api/src/settlement/settle.js:83:22 readOpenItems |   const { rows } = await pool.query(OPEN_ITEMS, [day]);
              + /srv/orders-api/src/settlement/settle.js:29:23 settleDay |   const items = await readOpenItems(day);
              + /srv/orders-api/src/jobs/nightly.js:17:11 runNightly |     await settleDay(yesterday());
              node:internal/process/task_queues:105:5 process.processTicksAndRejections
            """),
        problem(
            "POST /v2/webhooks/carrier",
            STEADY,
            85,
            """
            SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON
              node:internal/deps/undici/undici:5738:19 parseJSONFromBytes
              + /srv/orders-api/src/carriers/tracking.js:46:18 readStatus |   const status = await response.json();
              + /srv/orders-api/src/carriers/tracking.js:22:20 refresh |     const status = await readStatus(parcel);
              + /srv/orders-api/src/routes/webhooks.js:36:5 onCarrierEvent |     await refresh(req.body.parcel);
              @express
            """),
        problem(
            "GET /v2/orders",
            SCAN,
            95,
            """
            UnauthorizedError: invalid signature
              /srv/orders-api/node_modules/jsonwebtoken/verify.js:171:19 ?
              + /srv/orders-api/src/auth/requireCustomer.js:24:20 requireCustomer |   const claims = jwt.verify(bearerOf(req), PUBLIC_KEY);
              @express
            """),
        problem(
            "POST /v2/returns",
            STEADY,
            40,
            """
            ValidationError: return window of order {order} closed {n} days ago
              + /srv/orders-api/src/returns/policy.js:33:9 assertReturnable |   throw new ValidationError(`return window of order ${order.id} closed ${days} days ago`);
              + /srv/orders-api/src/returns/createReturn.js:27:3 createReturn |   assertReturnable(order, today());
              + /srv/orders-api/src/routes/returns.js:19:20 postReturn |   const created = await createReturn(req.body);
              @express
            """),
        problem(
            "GET /v2/customers/:id/loyalty",
            WORSENED,
            75,
            """
            TimeoutError: loyalty lookup for customer {customer} exceeded {ms} ms
              + /srv/orders-api/src/loyalty/client.js:58:13 withTimeout |       reject(new TimeoutError(`${what} exceeded ${limit} ms`));
              + /srv/orders-api/src/loyalty/points.js:14:18 pointsOf |   const points = await withTimeout(lookup(customer), 800);
              + /srv/orders-api/src/routes/customers.js:49:20 getLoyalty |   res.json(await pointsOf(req.params.id));
              @express
            """),
        problem(
            "POST /v2/gift-cards",
            FRESH,
            36,
            """
            RangeError: Invalid time value
              + /srv/orders-api/src/giftcards/validity.js:12:30 validUntil |   return new Date(issued + term).toISOString();
              + /srv/orders-api/src/giftcards/issue.js:31:18 issueGiftCard |     validUntil: validUntil(now, product.term),
              + /srv/orders-api/src/routes/giftcards.js:22:20 postGiftCard |   const card = await issueGiftCard(req.body);
              @express
            """));
  }
}
