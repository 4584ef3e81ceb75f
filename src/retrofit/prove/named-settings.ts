import { dummyFor } from '../../boot/environment.ts';

const asksFor = [
  /["'`]?\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\b["'`]? (?:is|are|was|must be|has to be|not) (?:a )?(?:required|missing|not set|not defined|not provided|undefined|empty|set|defined|provided|found)/g,
  /\b(?:[Mm]issing|[Rr]equired|[Ss]et|[Pp]rovide|[Dd]efine)\b[^\n]{0,60}?["'`:]\s*["'`]?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\b/g,
];

/** Settings that an app has asked for by name when it did not start, each with a value that opens nothing. */
export function settingsAskedFor(output: string): Record<string, string> {
  const names = asksFor.flatMap((pattern) => [...output.matchAll(pattern)].map(([, name = '']) => name));
  const known = names.filter((name) => name.length > 2 && !/^(?:HTTP|JSON|URL|ERROR|NODE_ENV|PATH)$/.test(name));
  return Object.fromEntries(known.map((name) => [name, dummyFor(name) ?? madeUpFor(name)]));
}

function madeUpFor(name: string): string {
  return /TIMEOUT|LIMIT|MAX|MIN|SIZE|COUNT|TTL|SECONDS|INTERVAL|EXPIR|ROUNDS|AGE$/.test(name) ? '1000' : 'dummy';
}
