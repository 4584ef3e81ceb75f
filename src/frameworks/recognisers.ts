// Generated from the folder names by `npm run registries`.
import express from './express/recognise.ts';
import nest from './nest/recognise.ts';
import next from './next/recognise.ts';
import serverless from './serverless/recognise.ts';
import type { Recogniser } from './server.ts';

/** Every framework whose servers are recognised in an existing project, by id. */
export const recognisers: readonly Recogniser[] = [express, nest, next, serverless];
