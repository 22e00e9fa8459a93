// Takes the marks of one machine out of a recorded request: host name, folders, kernel, processor. All else stays as
// the client sent it. Where an envelope item grows or shrinks, its `length` is put right; where a body was compressed,
// it is compressed again with the same coding.

import { arch, cpus, homedir, hostname, release, tmpdir, version } from 'node:os';
import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';

const CODINGS = {
  gzip: [gunzipSync, gzipSync],
  deflate: [inflateSync, deflateSync],
  br: [brotliDecompressSync, brotliCompressSync],
};

export function decode(body, coding) {
  return coding ? CODINGS[coding][0](body) : body;
}

export function firstLineOf(buffer) {
  const end = buffer.indexOf(10);
  return buffer.subarray(0, end < 0 ? buffer.length : end).toString('utf8');
}

/** What must not stay, and what stands there instead. Longest first, so that no part of a longer one remains. */
export function machineReplacements(extra = []) {
  const found = [
    ...extra,
    [hostname(), 'shop-1'],
    [version(), '#1 SMP PREEMPT_DYNAMIC'],
    [release(), '6.12.48-amd64'],
    [cpus()[0]?.model?.trim() ?? '', `Processor (${arch()})`],
    [homedir(), '/home/shop'],
    [tmpdir(), '/var/tmp'],
  ];
  return found.filter(([from]) => from.length > 1).sort(([a], [b]) => b.length - a.length);
}

/** The item types of an envelope in order, `null` if the body is no envelope. */
export function itemTypes(recorded) {
  const coding = recorded.headers.find(([key]) => key.toLowerCase() === 'content-encoding')?.[1];
  try {
    return splitEnvelope(decode(recorded.body, coding)).items.map((item) => item.header.type);
  } catch {
    return null; // The store endpoint and elmah.io send one JSON document: no items, and no error either.
  }
}

export function normalize(recorded, replacements = machineReplacements()) {
  const coding = recorded.headers.find(([key]) => key.toLowerCase() === 'content-encoding')?.[1];
  const plain = decode(recorded.body, coding);
  const clean = recorded.path.includes('/envelope/') ? cleanEnvelope(plain, replacements) : replaceAll(plain, replacements);
  const body = clean.equals(plain) ? recorded.body : coding ? CODINGS[coding][1](clean) : clean;
  const headers = recorded.headers.map(([key, value]) =>
    key.toLowerCase() === 'content-length' ? [key, String(body.length)] : [key, replaceText(value, replacements)],
  );
  return { ...recorded, path: replaceText(recorded.path, replacements), headers, body };
}

function replaceText(text, replacements) {
  return replacements.reduce((result, [from, to]) => result.replaceAll(from, to), text);
}

/** Binary parts go through latin1, which keeps every byte. */
function replaceAll(buffer, replacements) {
  const text = buffer.toString('latin1');
  const clean = replaceText(text, replacements);
  return clean === text ? buffer : Buffer.from(clean, 'latin1');
}

function cleanEnvelope(plain, replacements) {
  const { head, items, tail } = splitEnvelope(plain);
  const parts = [replaceAll(head, replacements)];
  for (const item of items) {
    const payload = replaceAll(item.payload, replacements);
    const line = payload.length === item.payload.length ? item.line : withLength(item, payload.length);
    parts.push(Buffer.from('\n'), replaceAll(line, replacements), Buffer.from('\n'), payload);
  }
  return Buffer.concat([...parts, tail]);
}

function withLength(item, bytes) {
  if (item.header.length === undefined) return item.line;
  return Buffer.from(item.line.toString('utf8').replace(/"length":\s*\d+/, `"length":${bytes}`));
}

/** Splits by the envelope grammar: header line, then item header line and payload, `length` optional. */
export function splitEnvelope(plain) {
  const lineEnd = (from) => {
    const at = plain.indexOf(10, from);
    return at < 0 ? plain.length : at;
  };
  let at = lineEnd(0);
  const head = plain.subarray(0, at);
  JSON.parse(head.toString('utf8'));
  const items = [];
  while (at + 1 < plain.length) {
    const line = plain.subarray(at + 1, lineEnd(at + 1));
    if (line.length === 0) break;
    const header = JSON.parse(line.toString('utf8'));
    if (typeof header.type !== 'string') throw new Error(`item header without type: ${line}`);
    const start = at + 1 + line.length + 1;
    const end = header.length === undefined ? lineEnd(start) : start + header.length;
    items.push({ header, line, payload: plain.subarray(start, end) });
    at = end;
  }
  return { head, items, tail: plain.subarray(at) };
}
