import type { Part } from './parts.ts';

interface Piece {
  readonly part: Part;
  readonly from: string;
  readonly names: readonly string[];
  /** Runs before the layers are installed, or after it. */
  readonly before?: string;
  readonly after?: string;
  readonly layer?: string;
  /** Whether it can refuse somebody, which is only told where the gate watches without refusing. */
  readonly refuses?: boolean;
}

/** In the order in which a request meets them. */
const pieces: readonly Piece[] = [
  { part: 'operability', from: './health.ts', names: ['healthRoutes'], before: 'healthRoutes();' },
  { part: 'auth', from: './user-routes.ts', names: ['userRoutes'], before: 'userRoutes();' },
  { part: 'logs', from: './request-log.ts', names: ['requestLog'], layer: 'requestLog' },
  { part: 'security', from: './browser-headers.ts', names: ['browserHeaders'], layer: 'browserHeaders' },
  { part: 'security', from: './cross-origin.ts', names: ['crossOrigin'], layer: 'crossOrigin', refuses: true },
  { part: 'security', from: './body-limit.ts', names: ['bodyLimit'], layer: 'bodyLimit', refuses: true },
  { part: 'security', from: './rate-limit.ts', names: ['rateLimit'], layer: 'rateLimit', refuses: true },
  {
    part: 'auth',
    from: './gate.ts',
    names: ['gate', 'lock', 'requireAccess'],
    layer: 'gate',
    after: 'requireAccess(app);',
  },
  { part: 'spending', from: './budget.ts', names: ['budget'], layer: 'budget', refuses: true },
  { part: 'relay', from: './relay.ts', names: ['relayRoutes'], before: 'relayRoutes();' },
];

const invitations: Piece = {
  part: 'auth',
  from: './invitation-routes.ts',
  names: ['invitationRoutes'],
  before: 'invitationRoutes();',
};

/** Switches on the guards of these parts, and names no others. */
export function indexFile(parts: ReadonlySet<Part>, invites = false): string {
  const chosen = [...pieces, ...(invites ? [invitations] : [])].filter(({ part }) => parts.has(part));
  const hasAuth = parts.has('auth');
  const watched = hasAuth && chosen.some(({ refuses }) => refuses);
  const answers = chosen.some(({ before }) => before !== undefined);
  const imports = [
    `import type { Layer } from './call.ts';`,
    `import { install, type App } from './framework.ts';`,
    ...(answers ? [`import { ownRoutes } from './own-routes.ts';`] : []),
    ...(watched ? [`import { reportOnly } from './report-only.ts';`] : []),
    ...chosen.map(({ from, names }) => `import { ${names.join(', ')} } from '${from}';`),
  ];
  const layers = chosen.flatMap(({ layer = [], refuses }) => (refuses && watched ? `reportOnly(${layer})` : layer));
  const steps = [
    ...chosen.flatMap(({ before = [] }) => before),
    `install(app, layers, ${hasAuth ? 'lock' : '() => undefined'});`,
    ...chosen.flatMap(({ after = [] }) => after),
    'return app;',
  ];
  return `// Switches on the guards of this app. One call, where the app is made, does it all.
${imports.toSorted(byAddress).join('\n')}
${hasAuth ? "\n// For the app's own code: whoever is signed in.\nexport { currentUser } from './call.ts';\nexport { userOf } from './user-of.ts';\n" : ''}
/** Every request passes these, one after the other. */
// prettier-ignore
const layers: readonly Layer[] = [
${[...layers, ...(answers ? ['ownRoutes'] : [])].map((layer) => `  ${layer},`).join('\n')}
];

/** Call it once, right after the app is made and before its first route. */
export function guard<Guarded extends App>(app: Guarded): Guarded {
${steps.map((step) => `  ${step}`).join('\n')}
}
`;
}

function byAddress(one: string, other: string): number {
  const [first = '', second = ''] = [one, other].map((line) => line.replace(/.* from /, ''));
  return first < second ? -1 : Number(first > second);
}
