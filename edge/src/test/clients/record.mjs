// A recording HTTP server: answers like an error tracker, keeps every request byte for byte.
//
// As a program:  node record.mjs --out DIR [--client NAME] [--port 9000]
// As a module:   const recorder = await startRecorder({ port }); ... recorder.take() ... recorder.close()
//
// It understands just enough of the protocols to keep the clients content: 200 with an id for Sentry, 201 with a
// Location for elmah.io, 204 for a CORS preflight.

import { createServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { decode, firstLineOf, itemTypes, normalize } from './normalize.mjs';

const BODY_BYTES_MAX = 64 * 1024 * 1024;

/** Starts on loopback. `port` 0 takes a free one. */
export async function startRecorder({ port = 9000 } = {}) {
  let taken = [];
  let arrivedAtMillis = Date.now();
  const overrides = [];

  const server = createServer((request, response) => {
    const chunks = [];
    let bytes = 0;
    request.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const recorded = recordOf(request, Buffer.concat(chunks));
      arrivedAtMillis = Date.now();
      // Only a POST uses up a prepared answer: a preflight that failed would hide the request behind it.
      const reply = (request.method === 'POST' && overrides.shift()) || replyTo(recorded);
      recorded.reply = { status: reply.status, headers: reply.headers, body: reply.body };
      taken.push(recorded);
      response.writeHead(reply.status, { ...corsHeaders(request), ...reply.headers });
      response.end(reply.body);
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    port: server.address().port,
    /** The answer to the next POST, instead of the usual one; several calls queue up. */
    answerNext(reply) {
      overrides.push(reply);
    },
    /** What arrived since the last call, in order of arrival. */
    take() {
      const result = taken;
      taken = [];
      overrides.length = 0;
      return result;
    },
    quietForMillis: () => Date.now() - arrivedAtMillis,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

function recordOf(request, body) {
  const headers = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    headers.push([request.rawHeaders[i], request.rawHeaders[i + 1]]);
  }
  return { method: request.method, path: request.url, httpVersion: request.httpVersion, headers, body };
}

export function header(recorded, name) {
  return recorded.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

function corsHeaders(request) {
  if (!request.headers.origin) return {};
  return {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
    'Access-Control-Expose-Headers': 'X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After, Location',
  };
}

function replyTo(recorded) {
  if (recorded.method === 'OPTIONS') return { status: 204, headers: {}, body: '' };
  const json = { 'Content-Type': 'application/json' };
  if (recorded.path.startsWith('/v3/messages/')) {
    const location = 'http://api.elmah.io' + recorded.path.split('?')[0] + '/0123456789ABCDEF';
    return { status: 201, headers: { ...json, Location: location }, body: JSON.stringify({ location }) };
  }
  return { status: 200, headers: json, body: JSON.stringify(idOf(recorded)) };
}

function idOf(recorded) {
  try {
    const id = JSON.parse(firstLineOf(decode(recorded.body, header(recorded, 'content-encoding')))).event_id;
    return id ? { id } : {};
  } catch {
    return {}; // A body without a JSON first line has no id to give back; the recording keeps it all the same.
  }
}

/**
 * Writes `NAME.http.json` and, unless the body is empty, `NAME.body`, for each request. One request takes the plain
 * name; of several, each gets its number and the item types it carries.
 */
export function writeGolden(recorded, { directory, name, client, replacements }) {
  mkdirSync(directory, { recursive: true });
  const names = [];
  recorded.forEach((request, index) => {
    const types = itemTypes(request) ?? [];
    const suffix = recorded.length === 1 ? '' : ['', index + 1, ...new Set(types)].join('-');
    const fileName = name + suffix + (request.method === 'OPTIONS' ? '-preflight' : '');
    const normal = normalize(request, replacements);
    const head = {
      client,
      method: normal.method,
      path: normal.path,
      httpVersion: normal.httpVersion,
      headers: normal.headers,
      chunked: header(normal, 'transfer-encoding') === 'chunked',
      contentLengthBytes: header(normal, 'content-length') === null ? null : Number(header(normal, 'content-length')),
      contentType: header(normal, 'content-type'),
      contentEncoding: header(normal, 'content-encoding'),
      body: normal.body.length === 0 ? null : `${fileName}.body`,
      bodyBytes: normal.body.length,
      itemTypes: types,
      reply: request.reply,
    };
    writeFileSync(join(directory, `${fileName}.http.json`), JSON.stringify(head, null, 2) + '\n');
    if (head.body) writeFileSync(join(directory, head.body), normal.body);
    names.push(fileName);
  });
  return names;
}

async function main() {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, client: { type: 'string', default: 'client' }, port: { type: 'string' } },
  });
  if (!values.out) throw new Error('--out: missing (expected: a directory to write to)');
  const recorder = await startRecorder({ port: Number(values.port ?? 9000) });
  console.error(`recording on http://127.0.0.1:${recorder.port}, Ctrl-C writes to ${values.out}`);
  process.once('SIGINT', async () => {
    const names = writeGolden(recorder.take(), { directory: values.out, name: values.client, client: values.client });
    console.error(names.join('\n'));
    await recorder.close();
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
