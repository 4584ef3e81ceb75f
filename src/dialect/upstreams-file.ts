import { quoted } from './quoted.ts';
import type { GuardSetting } from './settings-file.ts';

/** A paid service that pages of an app use through its server. */
export interface Upstream {
  /** Such as `openai`: a part of the address. */
  readonly name: string;
  /** Such as `OpenAI`. */
  readonly title: string;
  /** Scheme and host, with no path. */
  readonly origin: string;
  /** What may be asked, such as `/v1/chat/completions`; with a star at the end, all below. */
  readonly paths: readonly string[];
  /** The setting that holds the key. */
  readonly setting: string;
  /** The header in which the service wants it, and the word before it, such as `Bearer `. */
  readonly header: string;
  readonly scheme: string;
}

/** The services, and what may be asked of them; without their keys. */
export function upstreamsFile(upstreams: readonly Upstream[]): string {
  const blocks = upstreams
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(
      ({ name, title, origin, paths, setting, header, scheme }) => `  ${/^[a-z]+$/.test(name) ? name : quoted(name)}: {
    title: ${quoted(title)},
    origin: ${quoted(origin)},
    paths: [${paths.map(quoted).join(', ')}],
    header: ${quoted(header)},
    scheme: ${quoted(scheme)},
    key: config.${setting},
  },
`,
    );
  return `// The paid services that pages of this app may use through its server, and what they may ask there. The keys stay on the server.
${upstreams.length > 0 ? "import { config } from './config.ts';\n" : ''}
/** One service: \`key\` goes out in \`header\`, after \`scheme\`. A path that ends in a star stands for all below it. */
export interface Upstream {
  readonly title: string;
  readonly origin: string;
  readonly paths: readonly string[];
  readonly header: string;
  readonly scheme: string;
  readonly key: string;
}

/** By the name that stands in the address: /guardrails/openai/v1/chat/completions. */
// prettier-ignore
export const upstreams: Readonly<Record<string, Upstream>> = {
  // name: the service
${blocks.join('')}};
`;
}

/** Who may have something passed on: whoever is signed in. */
export function relayAccess(upstreams: readonly Upstream[]): Readonly<Record<string, string>> {
  return Object.fromEntries(relayKeys(upstreams).map(([key]) => [key, "'user'"]));
}

/** The addresses of the relay, and who is paid when they are called. */
export function relayKeys(upstreams: readonly Upstream[]): readonly (readonly [key: string, paid: string])[] {
  return upstreams.flatMap(({ name, title, paths }) =>
    paths.map((path) => [`POST /guardrails/${name}${path}`, title] as const),
  );
}

/** The keys, as settings. */
export function upstreamSettings(upstreams: readonly Upstream[]): readonly GuardSetting[] {
  return upstreams.map(({ setting, title }) => ({
    name: setting,
    code: 'secret(optional(1))',
    about: `the key for ${title}, which pages of this app use through its server`,
  }));
}
