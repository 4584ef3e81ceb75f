import type { Site, Value } from '../../code/run/values.ts';
import type { WebApp } from './web-app.ts';
import type { Method } from '../server.ts';

/** One thing that an app was told, in the order of telling. */
export type Layer =
  | {
      readonly kind: 'route';
      readonly method: Method;
      /** What the path is, as far as it is known. */
      readonly path: Value;
      readonly handlers: readonly Value[];
      readonly site: Site;
      /** True where it is not sure that the code runs. */
      readonly conditional: boolean;
    }
  /** Code that runs before what comes after it, for every path below its own. */
  | {
      readonly kind: 'use';
      readonly path: Value | undefined;
      readonly handlers: readonly Value[];
      readonly site: Site;
      readonly conditional: boolean;
    }
  /** Code that runs before every route of this app and of those inside it, whatever the order. */
  | { readonly kind: 'hook'; readonly handlers: readonly Value[]; readonly site: Site }
  /** Another app below a path. */
  | {
      readonly kind: 'mount';
      readonly path: Value | undefined;
      readonly app: WebApp;
      readonly site: Site;
      readonly conditional: boolean;
    }
  /** A folder served as files. */
  | {
      readonly kind: 'static';
      readonly path: Value | undefined;
      readonly folder: Value | undefined;
      readonly site: Site;
    }
  | { readonly kind: 'unclear'; readonly why: string; readonly site: Site };
