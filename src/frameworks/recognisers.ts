// Generated from the folder names by `npm run registries`.
import express from './express/recognise.ts';
import fastify from './fastify/recognise.ts';
import hono from './hono/recognise.ts';
import koa from './koa/recognise.ts';
import nest from './nest/recognise.ts';
import next from './next/recognise.ts';
import nodeHttp from './node-http/recognise.ts';
import serverless from './serverless/recognise.ts';
import type { Recogniser } from './server.ts';

/** Every framework whose servers are recognised in an existing project, by id. */
export const recognisers: readonly Recogniser[] = [express, fastify, hono, koa, nest, next, nodeHttp, serverless];
