import { parse, type ParseError } from 'jsonc-parser';

/** The parts of a package.json that rules read. Whatever is not of the right kind is left out. */
export interface PackageJson {
  readonly path: string;
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly main: string | undefined;
  readonly private: boolean;
  readonly packageManager: string | undefined;
  readonly scripts: ReadonlyMap<string, string>;
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devDependencies: ReadonlyMap<string, string>;
  readonly optionalDependencies: ReadonlyMap<string, string>;
  readonly peerDependencies: ReadonlyMap<string, string>;
  readonly engines: ReadonlyMap<string, string>;
  readonly workspaces: readonly string[];
  readonly bin: readonly string[];
}

/** Reads a package.json; undefined when it is not a JSON object. */
export function packageJsonFrom(path: string, text: string): PackageJson | undefined {
  const parsed = jsonFrom(text);
  if (!isRecord(parsed)) return undefined;
  const json = withoutPrototype(parsed);
  const workspaces = isRecord(json['workspaces']) ? json['workspaces']['packages'] : json['workspaces'];
  const bin = json['bin'];
  return {
    path,
    name: textOr(json['name']),
    type: textOr(json['type']),
    main: textOr(json['main']),
    private: json['private'] === true,
    packageManager: textOr(json['packageManager']),
    scripts: texts(json['scripts']),
    dependencies: texts(json['dependencies']),
    devDependencies: texts(json['devDependencies']),
    optionalDependencies: texts(json['optionalDependencies']),
    peerDependencies: texts(json['peerDependencies']),
    engines: texts(json['engines']),
    workspaces: Array.isArray(workspaces) ? workspaces.filter((glob) => typeof glob === 'string') : [],
    bin: typeof bin === 'string' ? [bin] : [...texts(bin).values()],
  };
}

/** JSON, else JSON with comments and commas too many. Only JSON.parse keeps a key `__proto__` as a key, and stands any depth. */
function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return lenientJsonFrom(text);
  }
}

function lenientJsonFrom(text: string): unknown {
  try {
    const errors: ParseError[] = [];
    const json: unknown = parse(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Only what stands in the file itself, whatever a key `__proto__` has brought along. */
function withoutPrototype(record: Record<string, unknown>): Record<string, unknown> {
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(record).filter(([key]) => key !== '__proto__')),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A Map, because a key such as `__proto__` must stay a key. */
function texts(value: unknown): Map<string, string> {
  if (!isRecord(value)) return new Map();
  return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
