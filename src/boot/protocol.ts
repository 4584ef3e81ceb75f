/** What the parent tells the process it boots, as JSON in this environment variable. */
export const settingsVariable = 'SHIPSHAPE_BOOT';

/** The header with which a route is walked up to its handler, and not into it; its value is the token of the run. */
export const stopHeader = 'x-shipshape-stop';

/** The status that says: this request came as far as the handler. */
export const reachedStatus = 299;

export interface BootSettings {
  /** Proves that a request comes from us. */
  readonly token: string;
  /** A file that every process of the run appends lines of JSON to. */
  readonly journal: string;
  /** The throw-away copy. */
  readonly folder: string;
  /** Folders from which frameworks are looked up. */
  readonly roots: readonly string[];
  /** Loopback ports that may be called beside those of the run itself, such as our collector of spans. */
  readonly allowedPorts: readonly number[];
}

/** One line of the journal. */
export type BootEvent =
  | {
      readonly event: 'listening';
      readonly pid: number;
      readonly wanted: number | undefined;
      readonly port: number;
      readonly kind: ServerKind;
    }
  /** Asks for routes are taken here. */
  | { readonly event: 'control'; readonly pid: number; readonly port: number }
  /** It ended by itself; a process that a signal ends cannot tell. */
  | { readonly event: 'ended'; readonly pid: number; readonly code: number }
  | { readonly event: 'refused'; readonly host: string; readonly port: number | undefined }
  | { readonly event: 'failed'; readonly what: string };

export type ServerKind = 'http' | 'https' | 'other';

/** A route as the running framework has it. */
export interface LiveRoute {
  readonly framework: string;
  readonly method: string;
  readonly path: string;
  /** True when it can be walked up to its handler only. */
  readonly stoppable: boolean;
}
