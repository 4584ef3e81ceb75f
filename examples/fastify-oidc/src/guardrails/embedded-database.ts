// Keeps the data safe: it lies in a file beside the app, so in production one copy of the app runs, on a disk that outlives it.
import { config } from './config.ts';

const needed = `This app keeps its data in a file (DATABASE_FILE, now ${config.DATABASE_FILE}). In production that is safe only with
  - exactly one running copy of the app: two copies would each have data of their own, and
  - a persistent volume for the folder of that file: otherwise the data is gone with the next restart.
When both are so, say it with EMBEDDED_DATABASE=one-replica-on-a-volume. For more copies, move src/data to a database server.`;

const isSafe = config.EMBEDDED_DATABASE === 'one-replica-on-a-volume' && config.DATABASE_FILE !== ':memory:';

if (config.NODE_ENV === 'production' && !isSafe) throw new Error(needed);
