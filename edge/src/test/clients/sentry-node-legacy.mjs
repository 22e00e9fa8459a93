// One scenario of an old @sentry/node:  node sentry-node-legacy.mjs DSN SCENARIO 6|7
// Version 6 posts events to the store endpoint; 7 was the last major version with the hub.

import { createRequire } from 'node:module';

const [dsn, scenario, major] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const Sentry = require(`sentry-node-${major}`);
// Version 6 had tracing in a package that adds itself to the hub.
if (major === '6') require('@sentry/tracing').addExtensionMethods();

Sentry.init({
  dsn,
  release: 'shop@0.9.0',
  environment: 'staging',
  serverName: 'shop-1',
  tracesSampleRate: scenario === 'transaction' ? 1 : undefined,
  beforeSend: scenario === 'client-report' ? () => null : undefined,
  autoSessionTracking: scenario === 'session',
});

function callBank(order) {
  throw new TypeError(`bank did not answer for order ${order.id}`);
}

function pay(order) {
  try {
    return callBank(order);
  } catch (cause) {
    const failure = new Error(`payment of order ${order.id} failed`);
    failure.cause = cause;
    throw failure;
  }
}

function describeVisitor() {
  Sentry.configureScope((scope) => {
    scope.setUser({ id: '42', email: 'ada@example.com', ip_address: '203.0.113.7' });
    scope.setTag('region', 'eu-central-1');
    scope.setExtra('basket', { lines: 3, totalCents: 12950 });
    scope.setContext('order', { id: 1017 });
  });
  Sentry.addBreadcrumb({ category: 'cart', message: 'Grüße ☕', level: 'warning', data: { items: 3 } });
}

const SCENARIOS = {
  'chained-exception'() {
    describeVisitor();
    try {
      pay({ id: 1017 });
    } catch (error) {
      Sentry.captureException(error);
    }
  },
  message() {
    describeVisitor();
    Sentry.captureMessage('stock of article 4711 is low', 'warning');
  },
  transaction() {
    const transaction = Sentry.startTransaction({ name: 'POST /checkout', op: 'http.server' });
    transaction.startChild({ op: 'db', description: 'SELECT * FROM orders' }).finish();
    transaction.finish();
  },
  session() {
    Sentry.captureException(new Error('within a session'));
  },
  attachment() {
    Sentry.configureScope((scope) => scope.addAttachment({ filename: 'note.txt', data: 'two\nlines\n' }));
    Sentry.captureMessage('see the attachment');
  },
  'check-in'() {
    Sentry.captureCheckIn({ monitorSlug: 'nightly-export', status: 'ok', duration: 3 });
  },
};

if (!SCENARIOS[scenario]) throw new Error(`scenario: ${scenario} (expected: ${Object.keys(SCENARIOS).join(', ')})`);
SCENARIOS[scenario]();
await Sentry.flush(3000);
