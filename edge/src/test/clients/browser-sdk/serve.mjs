// Serves the pages of this folder and the packages below node_modules, so that a browser loads the SDK exactly as npm
// ships it: @sentry/browser 11 has no bundle any more, only ES modules, which the import map below finds.
//
//   node browser-sdk/serve.mjs [PORT]        prints the address it listens on
//
// Also answers what the pages fetch: GET /api/cart 200, GET /api/price 500.

import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGES = join(HERE, '..', 'node_modules');

const IMPORTS = {
  '@sentry/browser': '@sentry/browser/build/npm/esm/prod/index.js',
  '@sentry/browser-utils': '@sentry/browser-utils/build/esm/index.js',
  '@sentry/core': '@sentry/core/build/esm/index.js',
  '@sentry/core/browser': '@sentry/core/build/esm/browser.js',
  '@sentry/feedback': '@sentry/feedback/build/npm/esm/index.js',
  '@sentry/replay': '@sentry/replay/build/npm/esm/index.js',
  '@sentry/replay-canvas': '@sentry/replay-canvas/build/npm/esm/index.js',
  '@sentry/conventions/attributes': '@sentry/conventions/dist/attributes.mjs',
  '@sentry/conventions/metrics': '@sentry/conventions/dist/metrics.mjs',
  '@sentry/conventions/op': '@sentry/conventions/dist/op.mjs',
  'web-vitals': 'web-vitals/dist/web-vitals.js',
};

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
};

function importMap() {
  const imports = Object.fromEntries(Object.entries(IMPORTS).map(([name, file]) => [name, `/node_modules/${file}`]));
  return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
}

function fileOf(path) {
  const clean = normalize(decodeURIComponent(path));
  if (clean.includes('..')) return null;
  const file = clean.startsWith('/node_modules/')
    ? join(PACKAGES, clean.slice('/node_modules/'.length))
    : join(HERE, clean === '/' ? 'index.html' : clean);
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/api/')) {
    response.writeHead(pathname === '/api/price' ? 500 : 200, { 'Content-Type': 'application/json' });
    return response.end('{"items":3}');
  }
  const file = fileOf(pathname);
  if (!file) {
    response.writeHead(404);
    return response.end();
  }
  const report = pathname === '/csp.html' && searchParams.get('report');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    ...(report && { 'Content-Security-Policy': `default-src 'self'; img-src 'self' data:; report-uri ${report}` }),
  });
  if (extname(file) !== '.html') return createReadStream(file).pipe(response);
  return response.end(readFileSync(file, 'utf8').replace('<!--importmap-->', importMap()));
}

/** Starts on loopback; `port` 0 takes a free one. */
export async function servePages(port = 0) {
  const server = createServer(answer);
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: server.address().port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { port } = await servePages(Number(process.argv[2] ?? 0));
  console.log(`http://127.0.0.1:${port}/`);
}
