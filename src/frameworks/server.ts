import type { Node } from '@babel/types';
import type { Module } from '../code/module.ts';
import type { App } from '../repository/apps.ts';
import type { Place } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'ALL';

/** A piece of code in its file. */
export interface Code {
  readonly module: Module;
  readonly node: Node;
}

/** Whether a stranger is stopped before the work of a route begins. `by` is the place that stops or lets pass. */
export type Guard =
  | { readonly state: 'refused'; readonly by: Place; readonly how: string }
  | {
      readonly state: 'open';
      readonly why: string;
      /** The reason that somebody gave for it, where the project declares its public routes. */
      readonly declared?: string;
    }
  | { readonly state: 'unknown'; readonly why: string };

/** One registered route. */
export interface Route {
  readonly method: Method;
  /** With every mount prefix, as the framework writes parameters: `/orders/:id`. A regular expression stands as it is written. */
  readonly path: string;
  /** Where it is registered. */
  readonly where: Place;
  /** The code that answers; middleware of the route alone comes before the last. Empty where it could not be followed. */
  readonly handlers: readonly Code[];
  readonly guard: Guard;
  /** `certain` where every part was read; `likely` where a piece was guessed. */
  readonly confidence: 'certain' | 'likely';
}

/** A folder that is served as files. */
export interface StaticFolder {
  readonly path: string;
  /** The folder from the top of the repository; undefined where it could not be told. */
  readonly folder: string | undefined;
  readonly where: Place;
}

/** Code that runs before routes: `app.use(helmet())`, a plugin, a hook. */
export interface Middleware {
  /** The path it is mounted at, '/' for all. */
  readonly path: string;
  readonly where: Place;
  readonly code: Code;
  /** The packages that the code comes from, as far as it could be followed: `helmet`, `cors`. */
  readonly packages: readonly string[];
}

/** A door beside the routes: WebSocket, socket.io, GraphQL, server actions. */
export interface Channel {
  readonly kind: 'websocket' | 'socket.io' | 'graphql' | 'trpc' | 'server-action' | 'sse';
  readonly where: Place;
  readonly code: Code | undefined;
}

/** One HTTP server of an app, as far as its source tells. */
export interface Server {
  /** The id of the framework: express, fastify, hono, koa, nest, next, node-http. */
  readonly framework: string;
  readonly app: App;
  /** Where the server is made. */
  readonly where: Place;
  /** Where it begins to listen; undefined where nothing was found (serverless, or an app that another one mounts). */
  readonly listens: Place | undefined;
  /** Where it says that it listens to its own computer only: 127.0.0.1 written out. */
  readonly local?: Place;
  readonly routes: readonly Route[];
  readonly statics: readonly StaticFolder[];
  readonly middleware: readonly Middleware[];
  readonly channels: readonly Channel[];
  /** What could not be followed, with the reason: routes may be missing. */
  readonly unclear: readonly { readonly where: Place; readonly why: string }[];
}

/** Finds the servers of one framework in one app. */
export interface Recogniser {
  readonly id: string;
  readonly title: string;
  serversIn(app: App, repository: Repository): readonly Server[];
}
