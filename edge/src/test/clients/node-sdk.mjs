// Sends a chained exception and a message with @sentry/node to a live server, prints what it sent as one JSON line:
//
//   node node-sdk.mjs DSN [RELEASE] [SUITE]
//   {"flushed":true,"release":"shop@1.4.2","eventIds":{"exception":"…","message":"…"}}
//
// Leaves with 1 if something could not be delivered in time.

import * as Sentry from '@sentry/node';

const [dsn, release = 'shop@1.4.2', suite = 'node-sdk'] = process.argv.slice(2);
if (!dsn) {
  console.error('DSN: missing (expected: node node-sdk.mjs http://KEY@HOST:PORT/PROJECT)');
  process.exit(2);
}

const refused = [];
Sentry.init({ dsn, release, environment: 'test', serverName: 'shop-1' });
Sentry.getClient().on('afterSendEvent', (event, response) => {
  if (!(response.statusCode >= 200 && response.statusCode < 300)) {
    refused.push({ eventId: event.event_id, status: response.statusCode ?? null });
  }
});

function callBank(order) {
  throw new TypeError(`bank did not answer for order ${order.id}`);
}

function pay(order) {
  try {
    return callBank(order);
  } catch (cause) {
    throw new Error(`payment of order ${order.id} failed`, { cause });
  }
}

Sentry.setUser({ id: '42', email: 'ada@example.com' });
Sentry.setTags({ suite, region: 'eu-central-1' });
Sentry.addBreadcrumb({ category: 'auth', message: 'signed in', level: 'info' });
Sentry.addBreadcrumb({ category: 'cart', message: 'item added', level: 'info', data: { items: 3 } });

const eventIds = {};
try {
  pay({ id: 1017 });
} catch (error) {
  eventIds.exception = Sentry.captureException(error);
}
eventIds.message = Sentry.captureMessage('hello from node', 'warning');

const flushed = (await Sentry.flush(10_000)) && refused.length === 0;
console.log(JSON.stringify({ flushed, release, eventIds, refused }));
process.exit(flushed ? 0 : 1);
