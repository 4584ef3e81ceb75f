// Generated from the folder names by `npm run registries`.
import nest from './nest/recognise.ts';
import next from './next/recognise.ts';
import serverless from './serverless/recognise.ts';
import type { Recogniser } from './server.ts';

/** Every framework whose servers are recognised in an existing project, by id. */
export const recognisers: readonly Recogniser[] = [nest, next, serverless];
