// Generated from the folder names by `npm run registries`.
import express from './express/index.ts';
import fastify from './fastify/index.ts';
import hono from './hono/index.ts';
import type { FrameworkAdapter } from './framework.ts';

/** Every framework that a new project can have, by id. */
export const frameworks: readonly FrameworkAdapter[] = [express, fastify, hono];
