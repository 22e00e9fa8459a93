import * as Sentry from '@sentry/browser';

const query = new URLSearchParams(location.search);
const eventIds = {};

Sentry.init({
  dsn: query.get('dsn'),
  release: query.get('release') ?? 'shop-web@2.0.0',
  environment: query.get('environment') ?? 'test',
  beforeSend(event) {
    if (event.exception?.values?.some((value) => value.value === 'nobody caught this')) eventIds.uncaught = event.event_id;
    return event;
  },
});

function openCart() {
  throw new TypeError('cart is undefined');
}

function checkout() {
  try {
    openCart();
  } catch (cause) {
    throw new Error('checkout failed', { cause });
  }
}

Sentry.setUser({ id: '42', email: 'ada@example.com' });
Sentry.setTag('suite', query.get('suite') ?? 'browser-sdk');
Sentry.addBreadcrumb({ category: 'cart', message: 'item added', level: 'info' });
console.info('written to the console');
await fetch('/api/cart');

try {
  checkout();
} catch (error) {
  eventIds.exception = Sentry.captureException(error);
}
eventIds.message = Sentry.captureMessage('hello from the browser', 'warning');
setTimeout(() => {
  throw new RangeError('nobody caught this');
}, 0);

await new Promise((resolve) => setTimeout(resolve, 200));
const flushed = await Sentry.flush(5000);
document.getElementById('result').textContent = JSON.stringify({ done: true, flushed, eventIds });
document.title = 'done';
