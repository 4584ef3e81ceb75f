import express from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { notFound, onError } from './errors.js';
import { requireUser } from './guard.js';
import { healthRoutes } from './health.js';
import { log } from './log.js';
import { orderRoutes } from './orders/routes.js';
import { orderStore } from './orders/store.js';

/** The app, which does not listen yet. */
export function createApp({ config, database, readToken }) {
  const app = express();
  app.set('trust proxy', config.TRUST_PROXY);
  app.disable('x-powered-by');
  app.use(helmet());
  app.use(pinoHttp({ logger: log }));
  app.use(rateLimit({ windowMs: 60_000, limit: 300 }));
  app.use(healthRoutes(database));
  app.use(requireUser(readToken));
  app.use(express.json({ limit: '100kb' }));
  app.use('/orders', orderRoutes(orderStore(database)));
  app.use(notFound);
  app.use(onError);
  return app;
}
