type Version = readonly [number, number, number];

/** Whether a version is within a range of package.json; undefined for what is no plain range (tags, addresses, prereleases). */
export function allows(range: string, version: string): boolean | undefined {
  const found = versionFrom(version);
  if (!found || /-/.test(version) || range.trim() === '') return undefined;
  const parts = range.split('||').map((part) => allowsAll(part.trim(), found));
  if (parts.includes(true)) return true;
  return parts.includes(undefined) ? undefined : false;
}

function allowsAll(range: string, version: Version): boolean | undefined {
  const between = /^(\S+)\s+-\s+(\S+)$/.exec(range);
  const words = between ? [`>=${between[1]}`, `<=${between[2]}`] : range.replaceAll(/([<>=^~])\s+/g, '$1').split(/\s+/);
  const results = words.map((word) => allowsOne(word, version));
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function allowsOne(comparator: string, version: Version): boolean | undefined {
  const [, sign = '', rest = ''] = /^(\^|~|>=|<=|>|<|=)?v?(.*)$/.exec(comparator) ?? [];
  if (/^[*xX]?$/.test(rest)) return true;
  const [, major, minor, patch] = /^(\d+)(?:\.(\d+|[*xX]))?(?:\.(\d+|[*xX]))?$/.exec(rest) ?? [];
  if (major === undefined) return undefined;
  const from: Version = [Number(major), numberOr0(minor), numberOr0(patch)];
  const open = [minor, patch].findIndex((part) => part === undefined || /[*xX]/.test(part));
  if (sign === '>=') return compare(version, from) >= 0;
  if (sign === '<') return compare(version, from) < 0;
  if (sign === '>') return compare(version, open === -1 ? from : nextAt(from, open)) > (open === -1 ? 0 : -1);
  if (sign === '<=') return open === -1 ? compare(version, from) <= 0 : compare(version, nextAt(from, open)) < 0;
  if (compare(version, from) < 0) return false;
  if (sign === '^') return compare(version, nextAt(from, firstNonZero(from, open))) < 0;
  if (sign === '~') return compare(version, nextAt(from, open === 0 ? 0 : 1)) < 0;
  return open === -1 ? compare(version, from) === 0 : compare(version, nextAt(from, open)) < 0;
}

function versionFrom(text: string): Version | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function numberOr0(text: string | undefined): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
}

/** Which part `^` keeps: the first that is not 0, or the last that is written. */
function firstNonZero(version: Version, open: number): number {
  const at = version.findIndex((part) => part > 0);
  return at === -1 ? (open === -1 ? 2 : open) : at;
}

function nextAt(version: Version, part: number): Version {
  return [0, 1, 2].map((at) =>
    at < part ? version[at] : at === part ? (version[at] ?? 0) + 1 : 0,
  ) as unknown as Version;
}

function compare(one: Version, other: Version): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
