import * as Sentry from '@sentry/browser';

const query = new URLSearchParams(location.search);
const scenario = query.get('scenario');

// The page loads the SDK as hundreds of modules; a span for each would bury what the golden file is to show.
const tracing = () => Sentry.browserTracingIntegration({ ignoreResourceSpans: ['resource.script'] });

const OPTIONS = {
  'pageload-spans': { integrations: [tracing()], tracesSampleRate: 1 },
  'pageload-transaction': {
    integrations: [tracing()],
    tracesSampleRate: 1,
    traceLifecycle: 'static',
  },
  logs: { enableLogs: true, integrations: [Sentry.consoleLoggingIntegration()] },
  replay: {
    integrations: [Sentry.replayIntegration({ stickySession: false, minReplayDuration: 0 })],
    replaysSessionSampleRate: 1,
  },
  'client-report': { beforeSend: () => null },
};

Sentry.init({
  dsn: query.get('dsn'),
  release: 'shop-web@2.0.0',
  environment: 'production',
  tunnel: scenario === 'tunnel' ? new URL(query.get('dsn')).origin + '/api/1/envelope/' : undefined,
  ...OPTIONS[scenario],
  integrations(defaults) {
    // A session would add an envelope to every scenario; it has one of its own.
    const kept = defaults.filter((integration) => scenario === 'session' || integration.name !== 'BrowserSession');
    return [...kept, ...(OPTIONS[scenario]?.integrations ?? [])];
  },
});

class PaymentFailed extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'PaymentFailed';
  }
}

function openCart(cart) {
  return cart.lines.length;
}

function callBank(order) {
  try {
    return openCart(undefined);
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

function xhr(url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.onloadend = resolve;
    request.send();
  });
}

async function leaveBreadcrumbs() {
  console.log('cart has', 3, 'items', { total: 12950 });
  console.warn('price is stale');
  await fetch('/api/cart?page=2');
  await fetch('/api/price');
  await xhr('/api/cart');
  document.getElementById('pay').click();
  history.pushState({}, '', location.pathname + '?step=2');
  Sentry.addBreadcrumb({ category: 'cart', message: 'Grüße ☕', level: 'warning', data: { items: 3 } });
}

function describeVisitor() {
  Sentry.setUser({ id: '42', email: 'ada@example.com', username: 'ada' });
  Sentry.setTags({ region: 'eu-central-1', express: true });
  Sentry.setExtra('basket', { lines: 3, totalCents: 12950 });
  Sentry.setContext('order', { id: 1017, currency: 'EUR' });
}

const SCENARIOS = {
  async 'chained-exception'() {
    describeVisitor();
    await leaveBreadcrumbs();
    try {
      pay({ id: 1017 });
    } catch (error) {
      Sentry.captureException(error);
    }
  },
  async uncaught() {
    describeVisitor();
    setTimeout(() => pay({ id: 1018 }), 0);
  },
  async 'unhandled-rejection'() {
    Promise.reject(new PaymentFailed('nobody awaited this'));
  },
  async 'unhandled-rejection-value'() {
    Promise.reject({ code: 'E_STOCK', article: 4711 });
  },
  async message() {
    describeVisitor();
    Sentry.captureMessage('stock of article 4711 is low', 'warning');
  },
  async tunnel() {
    Sentry.captureMessage('sent through a tunnel');
  },
  async 'pageload-spans'() {
    await fetch('/api/cart');
  },
  async 'pageload-transaction'() {
    await fetch('/api/cart');
  },
  async logs() {
    Sentry.setUser({ id: '42', email: 'ada@example.com' });
    Sentry.logger.info(Sentry.logger.fmt`order ${1017} placed`, { express: true, totalCents: 12950 });
    Sentry.logger.error('payment failed', { 'order.id': 1017 });
    console.warn('price of %s is stale', 'article 4711');
  },
  async metrics() {
    Sentry.metrics.count('clicks', 2, { attributes: { button: 'pay' } });
    Sentry.metrics.distribution('paint', 12.5, { unit: 'millisecond' });
  },
  async session() {
    setTimeout(() => pay({ id: 1020 }), 0);
  },
  async feedback() {
    Sentry.captureFeedback({ name: 'Ada', email: 'ada@example.com', message: 'The page was blank.' });
  },
  async attachment() {
    Sentry.getCurrentScope().addAttachment({ filename: 'state.json', data: '{"cart":3}' });
    Sentry.captureException(new PaymentFailed('see the attachment'));
  },
  async replay() {
    document.getElementById('pay').click();
    Sentry.captureException(new PaymentFailed('seen in the replay'));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await Sentry.getReplay().flush();
  },
  async 'client-report'() {
    Sentry.captureMessage('dropped by beforeSend');
    await new Promise((resolve) => setTimeout(resolve, 100));
    // The report leaves when the page goes to the background.
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  },
};

await SCENARIOS[scenario]();
// Long enough for an idle pageload span (1 s) to end by itself.
await new Promise((resolve) => setTimeout(resolve, scenario.startsWith('pageload') ? 2500 : 300));
await Sentry.flush(3000);
document.title = 'done';
