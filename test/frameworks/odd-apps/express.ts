import express, { Router, type Express } from 'express';
import { currentCall } from './guardrails/call.ts';
import type { Guard } from './driver.ts';

/** An app with routes in every shape that Express knows. */
export function makeApp(guard: Guard): Express {
  const inner = Router().get('/:id', (request, response) => void response.send(`inner ${request.params.id}`));
  const outer = Router();
  outer.use((_request, _response, next) => next());
  outer.use('/inner', inner);
  const other = express();
  other.get('/page', (_request, response) => void response.send('other app'));
  const hidden = Router().get('/hidden', (_request, response) => void response.send('hidden'));

  const app = express();
  guard(app);
  app.use(express.json({ limit: 1000 }));
  app.get('/plain', (_request, response) => void response.send('plain'));
  app.get('/both/:name', (_request, response) => void response.send('any'));
  app.get('/both/one', (_request, response) => void response.send('one'));
  app.all('/any', (_request, response) => void response.send('any method'));
  app.use('/outer', outer);
  app.use(['/twice', '/again'], inner);
  app.get(['/first', '/second'], (_request, response) => void response.send('either'));
  app
    .route('/chained')
    .get((_request, response) => void response.send('read'))
    .post((_request, response) => void response.send('written'));
  app.use('/files', express.static('files'));
  app.use('/other', other);
  app.use((request, response, next) => void hidden(request, response, next));
  app.post('/body', (_request, response) => void response.send(currentCall()?.id ?? 'lost'));
  app.get('/throws', () => Promise.reject(new Error('thrown')));
  return app;
}
