'use strict';

const scenario = hash.get('scenario');
const logger = new Elmahio({
  apiKey: hash.get('key'),
  logId: hash.get('log'),
  application: 'shop-web',
  breadcrumbs: true,
  captureConsoleMinimumLevel: scenario === 'console' ? 'debug' : 'none',
});

function openCart(cart) {
  return cart.lines.length;
}

function pay() {
  openCart(undefined);
}

function caught() {
  try {
    pay();
    return null;
  } catch (error) {
    return error;
  }
}

const SCENARIOS = {
  uncaught() {
    document.getElementById('pay').click();
    logger.addBreadcrumb('Grüße an die Kasse ☕', 'Warning', 'Click');
    const request = new XMLHttpRequest();
    request.open('GET', '/api/price');
    request.onloadend = () => setTimeout(pay, 0);
    request.send();
  },
  levels() {
    logger.verbose('entering checkout');
    logger.debug('cache miss');
    logger.information('order 1017 placed');
    logger.warning('stock is low');
    logger.fatal('database gone');
  },
  error() {
    logger.error('payment failed', caught());
  },
  log() {
    logger.log({
      title: 'Order 1017 placed by ada',
      titleTemplate: 'Order {id} placed by {user}',
      type: 'OrderPlaced',
      severity: 'Information',
      statusCode: 202,
      user: 'ada',
      hostname: 'shop-1',
      source: 'checkout',
      method: 'POST',
      url: '/checkout',
      version: '2.0.0',
      correlationId: 'c-77',
      category: 'Shop.Checkout',
      code: 'line 1\nline 2',
      dateTime: '2026-11-21T22:00:00.000Z',
      cookies: [{ key: 'theme', value: 'dark' }],
      form: [{ key: 'qty', value: '3' }],
      queryString: [{ key: 'step', value: '2' }],
      serverVariables: [{ key: 'User-Agent', value: 'Mozilla/5.0' }],
      data: [{ key: 'X-ELMAHIO-SEARCH-tenant', value: 'acme' }],
      breadcrumbs: [{ dateTime: '2026-11-21T21:59:58Z', severity: 'Information', action: 'click', message: 'pay' }],
    });
  },
  message() {
    const message = logger.message(caught());
    message.severity = 'Fatal';
    message.user = 'ada';
    logger.log(message);
  },
  console() {
    console.error('payment of order %d failed for %s', 1017, 'ada');
    console.warn('stock is low', { article: 4711 });
    console.info('ready');
  },
  'thrown-string'() {
    setTimeout(() => {
      throw 'out of paper';
    }, 0);
  },
};

SCENARIOS[scenario]();
setTimeout(() => (document.title = 'done'), 2500);
