import {
  constant,
  externalPath,
  record,
  textOfValue,
  undefinedValue,
  unknown,
  type External,
  type Value,
} from '../../code/run/values.ts';

/** What `new URL(req.url, base)`, `url.parse(req.url)` and `parse(req.url)` of parseurl give; undefined for anything else. */
export function urlFrom(callee: External, [url]: readonly Value[]): Value | undefined {
  if (
    !/^(?:globalThis\.URL|url\.URL|url\.parse|parseurl|parseurl\.default|globalThis\.URL\.parse)$/.test(
      externalPath(callee),
    )
  )
    return undefined;
  const text = textOfValue(url);
  if (text !== undefined) return parsed(text);
  return url?.kind === 'unknown' && url.name === 'url' ? parsedUnknown(unknown(url.why, url.source, 'url')) : undefined;
}

function parsed(text: string): Value {
  const path = text.replace(/^\w+:\/\/[^/]*/, '').replace(/[?#].*$/, '') || '/';
  return urlRecord(constant(path));
}

function parsedUnknown(path: Value): Value {
  return urlRecord(path);
}

function urlRecord(path: Value): Value {
  const query = unknown('the query', 'request', 'query');
  return record([
    ['pathname', path],
    ['path', path],
    ['href', path],
    ['query', query],
    ['search', query],
    ['searchParams', query],
    ['hash', undefinedValue],
  ]);
}
