import type { Part } from './parts.ts';

/** What a project has of its own, so that the guards leave it out. */
export interface Has {
  /** Keys of health routes that the guards would add, where no router can tell them that the app has its own. */
  readonly health?: readonly string[];
  /** Headers for browsers, such as those of helmet. */
  readonly headers?: boolean;
  readonly rateLimit?: boolean;
  /** Rules about pages elsewhere, such as those of `cors`. */
  readonly cors?: boolean;
}

/** What one guard is in `index.ts`. */
export interface Piece {
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
const all: readonly Piece[] = [
  { part: 'operability', from: './health.ts', names: ['healthRoutes'], before: 'healthRoutes();' },
  { part: 'auth', from: './user-routes.ts', names: ['userRoutes'], before: 'userRoutes();' },
  { part: 'logs', from: './request-log.ts', names: ['requestLog'], layer: 'requestLog' },
  { part: 'private', from: './private-files.ts', names: ['privateFiles'], layer: 'privateFiles' },
  { part: 'security', from: './browser-headers.ts', names: ['browserHeaders'], layer: 'browserHeaders' },
  { part: 'security', from: './cross-origin.ts', names: ['crossOrigin'], layer: 'crossOrigin', refuses: true },
  { part: 'security', from: './body-limit.ts', names: ['bodyLimit'], layer: 'bodyLimit', refuses: true },
  { part: 'security', from: './rate-limit.ts', names: ['rateLimit'], layer: 'rateLimit', refuses: true },
  {
    part: 'auth',
    from: './gate.ts',
    names: ['gate', 'lock'],
    layer: 'gate',
  },
  { part: 'auth', from: './unlisted.ts', names: ['requireAccess'], after: 'requireAccess(app);' },
  { part: 'spending', from: './budget.ts', names: ['budget'], layer: 'budget', refuses: true },
  { part: 'relay', from: './relay.ts', names: ['relayRoutes'], before: 'relayRoutes();' },
];

const invitations: Piece = {
  part: 'auth',
  from: './invitation-routes.ts',
  names: ['invitationRoutes'],
  before: 'invitationRoutes();',
};

const preflights: Piece = { part: 'auth', from: './preflights.ts', names: ['withOwnPreflights'] };

/** How the guards are put together. */
export interface Composition {
  readonly parts: ReadonlySet<Part>;
  /** Whether somebody becomes a user by an invitation. */
  readonly invites?: boolean;
  readonly has?: Has;
  /** Whether the app is one of NestJS, with the framework inside. */
  readonly nest?: boolean;
}

/** The pieces that are wanted, in their order. */
export function piecesOf({ parts, invites = false, has = {} }: Composition): readonly Piece[] {
  const left = new Set([...(has.headers ? ['browserHeaders'] : []), ...(has.rateLimit ? ['rateLimit'] : [])]);
  const chosen = all.filter(({ part, layer = '' }) => parts.has(part) && !left.has(layer));
  const through = chosen
    .map((piece) => (has.cors && piece.layer === 'gate' ? behindPreflights(piece) : piece))
    .map((piece) => (has.health?.length && piece.part === 'operability' ? besideHealth(piece, has.health) : piece));
  return [
    ...through,
    ...(has.cors && parts.has('auth') ? [preflights] : []),
    ...(invites && parts.has('auth') ? [invitations] : []),
  ];
}

function besideHealth(piece: Piece, theirs: readonly string[]): Piece {
  return { ...piece, before: `healthRoutes([${theirs.map((key) => `'${key}'`).join(', ')}]);` };
}

function behindPreflights(gate: Piece): Piece {
  return { ...gate, layer: 'withOwnPreflights(gate)' };
}
