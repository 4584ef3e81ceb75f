// Generated from the folder names by `npm run registries`.
import express from './express/wire.ts';
import fastify from './fastify/wire.ts';
import hono from './hono/wire.ts';
import koa from './koa/wire.ts';
import nest from './nest/wire.ts';
import nodeHttp from './node-http/wire.ts';
import type { Wirer } from './wiring/wire-app.ts';

/** Every framework whose apps can be wired in an existing project, by id. */
export const wirers: readonly Wirer[] = [express, fastify, hono, koa, nest, nodeHttp];
