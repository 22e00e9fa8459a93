// One scenario of @sentry/node, current major version:  node sentry-node.mjs DSN SCENARIO
// A process for each scenario, so that what one scenario sends cannot mix with another.

import * as Sentry from '@sentry/node';
import { createServer, request as httpRequest } from 'node:http';
import { openSocket } from 'bank-client';

const [dsn, scenario] = process.argv.slice(2);

const OPTIONS = {
  transaction: { tracesSampleRate: 1, traceLifecycle: 'static' },
  'span-stream': { tracesSampleRate: 1 },
  logs: { enableLogs: true },
  request: { tracesSampleRate: 0 },
  'client-report': { beforeSend: () => null },
};

Sentry.init({
  dsn,
  release: 'shop@1.4.2',
  environment: 'production',
  serverName: 'shop-1',
  dist: '142',
  // The process session would add an envelope to every scenario; it has one of its own.
  integrations: (defaults) =>
    defaults.filter((integration) => scenario === 'session' || integration.name !== 'ProcessSession'),
  ...OPTIONS[scenario],
});

class PaymentFailed extends Error {
  name = 'PaymentFailed';
}

function callBank(order) {
  try {
    return openSocket('10.0.3.17:8443');
  } catch (cause) {
    throw new RangeError(`bank did not answer for order ${order.id}`, { cause });
  }
}

function pay(order) {
  try {
    return callBank(order);
  } catch (cause) {
    throw new PaymentFailed(`payment of order ${order.id} failed`, { cause });
  }
}

function describeVisitor() {
  Sentry.setUser({ id: '42', email: 'ada@example.com', username: 'ada', ip_address: '203.0.113.7', segment: 'vip' });
  Sentry.setTag('region', 'eu-central-1');
  Sentry.setTags({ 'shop.tenant': 'acme', paid: false, attempts: 3 });
  Sentry.setExtra('basket', { lines: 3, totalCents: 12950, nested: { a: { b: { c: { d: 'deep' } } } } });
  Sentry.setContext('order', { id: 1017, currency: 'EUR', express: true });
  Sentry.addBreadcrumb({ category: 'auth', message: 'signed in', level: 'info' });
  Sentry.addBreadcrumb({ type: 'http', category: 'fetch', data: { method: 'GET', url: '/api/cart', status_code: 200 } });
  Sentry.addBreadcrumb({ category: 'cart', message: 'Grüße an die Kasse ☕', level: 'warning', data: { items: 3 } });
}

const SCENARIOS = {
  'chained-exception'() {
    describeVisitor();
    try {
      pay({ id: 1017 });
    } catch (error) {
      Sentry.captureException(error, { fingerprint: ['{{ default }}', 'payment'] });
    }
  },
  'aggregate-exception'() {
    const errors = [new TypeError('first of two'), new RangeError('second of two')];
    Sentry.captureException(new AggregateError(errors, 'both replicas failed'));
  },
  message() {
    describeVisitor();
    Sentry.captureMessage('stock of article 4711 is low', 'warning');
  },
  'plain-object'() {
    Sentry.captureException({ code: 'E_STOCK', article: 4711 });
  },
  uncaught() {
    // Stays out of a try: the SDK's own handler takes it and ends the process.
    setTimeout(() => pay({ id: 1018 }), 10);
  },
  'unhandled-rejection'() {
    Promise.reject(new PaymentFailed('nobody awaited this'));
  },
  request: runRequest,
  transaction: runTrace,
  'span-stream': runTrace,
  logs() {
    Sentry.setUser({ id: '42', email: 'ada@example.com' });
    Sentry.logger.trace('entering checkout');
    Sentry.logger.debug('cache miss', { key: 'cart:42' });
    Sentry.logger.info(Sentry.logger.fmt`order ${1017} placed by ${'ada'}`, { totalCents: 12950, rate: 0.19, express: true });
    Sentry.logger.warn('stock is low', { article: 4711 });
    Sentry.logger.error('payment failed', { 'order.id': 1017, tags: ['a', 'b'] });
    Sentry.logger.fatal('database gone');
  },
  session() {
    Sentry.captureException(new PaymentFailed('handled within a session'));
    Sentry.endSession();
  },
  'client-report'() {
    // Each is dropped by beforeSend and shows up in the report that is sent when the process ends.
    Sentry.captureException(new Error('dropped'));
    Sentry.captureException(new Error('dropped as well'));
  },
  'rate-limited'() {
    Sentry.captureMessage('answered with 429');
    setTimeout(() => Sentry.captureMessage('held back by the client'), 300);
  },
  async 'check-in'() {
    const monitor = {
      schedule: { type: 'crontab', value: '*/5 * * * *' },
      checkinMargin: 2,
      maxRuntime: 10,
      timezone: 'Europe/Berlin',
      failureIssueThreshold: 2,
      recoveryThreshold: 3,
    };
    const checkInId = Sentry.captureCheckIn({ monitorSlug: 'nightly-export', status: 'in_progress' }, monitor);
    Sentry.captureCheckIn({ checkInId, monitorSlug: 'nightly-export', status: 'ok', duration: 12.75 });
    Sentry.captureCheckIn({ monitorSlug: 'heartbeat', status: 'error' }, { schedule: { type: 'interval', value: 1, unit: 'hour' } });
  },
  metrics() {
    Sentry.metrics.count('orders.placed', 1, { attributes: { region: 'eu', express: true } });
    Sentry.metrics.gauge('queue.depth', 17.5);
    Sentry.metrics.distribution('checkout.duration', 187.25, { unit: 'millisecond', attributes: { step: 2 } });
  },
  attachment() {
    Sentry.getCurrentScope().addAttachment({ filename: 'order.json', data: '{"id":1017}\n', contentType: 'application/json' });
    Sentry.getCurrentScope().addAttachment({ filename: 'pixel.bin', data: Uint8Array.from([0, 10, 13, 255, 10, 10, 0]) });
    Sentry.captureException(new PaymentFailed('see the attachments'));
  },
  feedback() {
    const associatedEventId = Sentry.captureMessage('the page was blank');
    Sentry.captureFeedback({
      name: 'Ada',
      email: 'ada@example.com',
      message: 'The page was blank\nafter I pressed "pay".',
      url: 'https://shop.example.com/checkout',
      associatedEventId,
    });
  },
  large() {
    // Over 32 KiB the transport compresses.
    Sentry.setExtra('lines', Array.from({ length: 500 }, (_, i) => `line ${i}: ${'lorem ipsum dolor sit amet '.repeat(4)}`));
    Sentry.captureMessage('a big event', 'info');
  },
};

// Made outside of the SDK's wrappers: the stack, and with it the golden file, must not quote code that is not ours.
function failureOf(order) {
  try {
    return pay(order);
  } catch (error) {
    return error;
  }
}

async function runRequest() {
  const failure = failureOf({ id: 1019 });
  const server = createServer(async (request, response) => {
    // Captured after an await rather than in the listener, which runs outside of the request's asynchronous context.
    // The listener itself is what the SDK reads the body by.
    await new Promise((resolve) => request.on('data', () => {}).on('end', resolve));
    Sentry.captureException(failure);
    response.statusCode = 500;
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const body = JSON.stringify({ order: 1019, password: 'open sesame' });
  await new Promise((resolve, reject) => {
    const request = httpRequest({
      port: server.address().port,
      path: '/checkout?step=2&token=abc',
      method: 'POST',
      setHost: false,
      headers: {
        Host: 'shop.example.com',
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        Cookie: 'session=s3cr3t; theme=dark',
        Authorization: 'Bearer abcdef',
        'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
        'X-Forwarded-For': '203.0.113.7',
      },
    });
    request.on('response', (response) => response.resume().on('end', resolve));
    request.on('error', reject);
    request.end(body);
  });
  server.close();
}

function runTrace() {
  const failure = failureOf({ id: 1021 });
  Sentry.setUser({ id: '42' });
  Sentry.startSpan({ name: 'POST /checkout', op: 'http.server', attributes: { 'http.route': '/checkout' } }, () => {
    Sentry.startSpan({ name: 'SELECT * FROM orders', op: 'db', attributes: { 'db.system': 'postgresql', rows: 3 } }, () => {});
    Sentry.startSpan({ name: 'charge', op: 'function' }, (span) => {
      span.setStatus({ code: 2, message: 'internal_error' });
      Sentry.captureException(failure);
    });
  });
}

if (!SCENARIOS[scenario]) throw new Error(`scenario: ${scenario} (expected: ${Object.keys(SCENARIOS).join(', ')})`);
await SCENARIOS[scenario]();
if (scenario !== 'client-report') await new Promise((resolve) => setTimeout(resolve, 600));
await Sentry.flush(3000);
