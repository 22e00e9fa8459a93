// Captures the golden files again:
//
//   node capture.mjs [--shop /srv/shop] [--only NAME] [--out ../resources/golden] [--port 9000] [--pages-port 8080]
//
// The clients run from a copy below --shop, which must be a folder that may be created and removed: stack frames carry
// paths, and these should not tell where somebody keeps the repository. Needs npm, mvn, javac and java on the PATH, and
// Chromium (environment variable CHROMIUM, else /usr/bin/chromium). --only takes the start of a golden file's name.

import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { machineReplacements } from './normalize.mjs';
import { startRecorder, writeGolden } from './record.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const PROJECT = 1;
const QUIET_MILLIS = 400;
const SCENARIO_TIMEOUT_MILLIS = 60_000;
const RATE_LIMITED = {
  status: 429,
  headers: { 'Retry-After': '30', 'X-Sentry-Rate-Limits': '30:error;default:project:quota' },
  body: '{"detail":"rate limited"}',
};

const run = promisify(execFile);
const { values: args } = parseArgs({
  options: {
    shop: { type: 'string', default: '/srv/shop' },
    only: { type: 'string', default: '' },
    out: { type: 'string', default: join(HERE, '..', 'resources', 'golden') },
    port: { type: 'string', default: '9000' },
    'pages-port': { type: 'string', default: '8080' },
  },
});

const SENTRY_NODE = [
  'chained-exception', 'aggregate-exception', 'message', 'plain-object', 'uncaught', 'unhandled-rejection', 'request',
  'transaction', 'span-stream', 'logs', 'session', 'client-report', 'rate-limited', 'check-in', 'metrics', 'attachment',
  'feedback', 'large',
];
const SENTRY_NODE_LEGACY = {
  6: ['chained-exception', 'message', 'transaction', 'session'],
  7: ['chained-exception', 'message', 'transaction', 'session', 'attachment', 'check-in'],
};
const SENTRY_JAVA = [
  'chained-exception', 'message', 'threads', 'uncaught', 'transaction', 'logs', 'logback', 'session', 'client-report',
  'rate-limited', 'check-in', 'metrics', 'attachment', 'feedback', 'user-report',
];
const SENTRY_BROWSER = [
  'chained-exception', 'uncaught', 'unhandled-rejection', 'unhandled-rejection-value', 'message', 'tunnel',
  'pageload-spans', 'pageload-transaction', 'logs', 'metrics', 'session', 'feedback', 'attachment', 'replay',
  'client-report',
];
const ELMAH = ['uncaught', 'levels', 'error', 'log', 'message', 'console', 'thrown-string'];

// One client that cannot run does not take the others' files with it; all failures are told at the end.
const failures = [];

const isGolden = (file) => file.endsWith('.body') || file.endsWith('.http.json');
const wanted = (name) => name.startsWith(args.only) || args.only.startsWith(name);

/** Runs one scenario, waits until no request came for a while, writes what came. */
async function capture(recorder, client, version, scenario, provoke) {
  const name = `${client}-${scenario}`;
  if (!name.startsWith(args.only)) return;
  recorder.take();
  if (scenario === 'rate-limited') recorder.answerNext(RATE_LIMITED);
  try {
    await provoke();
  } catch (failure) {
    failures.push(`${name}: ${failure.stderr || failure.message}`);
  }
  while (recorder.quietForMillis() < QUIET_MILLIS) await new Promise((resolve) => setTimeout(resolve, 50));
  const recorded = recorder.take();
  if (recorded.length === 0) {
    failures.push(`${name}: nothing arrived (expected: at least one request)`);
    return;
  }
  const replacements = machineReplacements([[resolve(args.shop), '/srv/shop']]);
  const names = writeGolden(recorded, { directory: args.out, name, client: version, replacements });
  console.log(names.join('\n'));
}

async function program(command, parameters) {
  try {
    await run(command, parameters, { cwd: args.shop, timeout: SCENARIO_TIMEOUT_MILLIS });
  } catch (failure) {
    // Scenarios that end by an uncaught error leave with a code of their own; only a killed one is a failure here.
    if (failure.killed || failure.code === 'ENOENT') throw failure;
    if (!/uncaught|unhandled/.test(parameters.join(' '))) throw failure;
  }
}

async function captureNode(recorder) {
  const dsn = `http://${KEY}@localhost:${recorder.port}/${PROJECT}`;
  for (const scenario of SENTRY_NODE) {
    await capture(recorder, 'sentry-node', '@sentry/node 11.12.0', scenario, () =>
      program('node', ['sentry-node.mjs', dsn, scenario]),
    );
  }
  for (const [major, scenarios] of Object.entries(SENTRY_NODE_LEGACY)) {
    const version = `@sentry/node ${{ 6: '6.19.7', 7: '7.120.4' }[major]}`;
    for (const scenario of scenarios) {
      await capture(recorder, `sentry-node-${major}`, version, scenario, () =>
        program('node', ['sentry-node-legacy.mjs', dsn, scenario, major]),
      );
    }
  }
}

async function captureJava(recorder) {
  if (!wanted('sentry-java')) return;
  const dsn = `http://${KEY}@localhost:${recorder.port}/${PROJECT}`;
  const folder = join(args.shop, 'sentry-java');
  const lib = join(folder, 'lib');
  if (!existsSync(lib)) {
    await run('mvn', ['-q', '-f', join(folder, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`]);
  }
  const source = join(folder, 'com/example/shop/Shop.java');
  await run('javac', ['-nowarn', '-cp', `${lib}/*`, '-d', join(folder, 'classes'), source]);
  for (const scenario of SENTRY_JAVA) {
    // Only the logback scenario may see logback.xml.
    const classPath = [join(folder, 'classes'), `${lib}/*`, ...(scenario === 'logback' ? [folder] : [])].join(':');
    await capture(recorder, 'sentry-java', 'io.sentry:sentry 8.41.0', scenario, () =>
      program('java', ['-cp', classPath, 'com.example.shop.Shop', dsn, scenario]),
    );
  }
}

async function captureBrowser(recorder) {
  if (!['sentry-browser', 'elmah-io-javascript', 'chromium'].some(wanted)) return;
  const { chromium } = await import(join(args.shop, 'node_modules/playwright-core/index.mjs'));
  const { servePages } = await import(join(args.shop, 'browser-sdk/serve.mjs'));
  const pages = await servePages(Number(args['pages-port']));
  const profile = mkdtempSync(join(tmpdir(), 'shop-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP *.example.com 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  try {
    const visit = async (path) => {
      const page = await context.newPage();
      await page.goto(`http://shop.example.com:${pages.port}/${path}`);
      await page.waitForFunction(() => document.title === 'done', null, { timeout: SCENARIO_TIMEOUT_MILLIS });
      await page.close();
    };
    const origin = `levee.example.com:${recorder.port}`;
    const dsn = encodeURIComponent(`http://${KEY}@${origin}/${PROJECT}`);
    for (const scenario of SENTRY_BROWSER) {
      await capture(recorder, 'sentry-browser', '@sentry/browser 11.12.0', scenario, () =>
        visit(`capture.html?scenario=${scenario}&dsn=${dsn}`),
      );
    }
    const report = `http://${origin}/api/${PROJECT}/security/?sentry_key=${KEY}&sentry_release=shop-web@2.0.0`;
    await capture(recorder, 'chromium', 'Chromium', 'csp-report', () =>
      visit(`csp.html?report=${encodeURIComponent(report)}`),
    );
    const target = encodeURIComponent(`http://${origin}`);
    const log = '7b9e3c4a-1d2f-4e5a-8b6c-9d0e1f2a3b4c';
    for (const scenario of ELMAH) {
      await capture(recorder, 'elmah-io-javascript', 'elmah.io.javascript 3.7.1', scenario, () =>
        visit(`elmah.html?step=2&q=shoes#target=${target}&key=${KEY}&log=${log}&scenario=${scenario}`),
      );
    }
  } finally {
    await context.close();
    await pages.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

mkdirSync(args.shop, { recursive: true });
cpSync(HERE, args.shop, { recursive: true, filter: (path) => !path.includes('node_modules') });
if (!existsSync(join(args.shop, 'node_modules'))) {
  await run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: args.shop });
}
cpSync(join(HERE, 'bank-client'), join(args.shop, 'node_modules', 'bank-client'), { recursive: true });
const recorder = await startRecorder({ port: Number(args.port) });
for (const file of existsSync(args.out) ? readdirSync(args.out) : []) {
  if (isGolden(file) && file.startsWith(args.only)) rmSync(join(args.out, file));
}
try {
  await captureNode(recorder);
  await captureJava(recorder);
  await captureBrowser(recorder);
} finally {
  await recorder.close();
}
if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exitCode = 1;
}
