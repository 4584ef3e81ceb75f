import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { currentCall } from './guardrails/call.ts';
import { refuseLarge, type Guard } from './driver.ts';

/** An app with routes in every shape that Hono knows. */
export function makeApp(guard: Guard): Hono {
  const inner = new Hono().get('/:id', (context) => context.text(`inner ${context.req.param('id')}`));
  const withErrorHandler = new Hono();
  withErrorHandler.onError((_error, context) => context.text('its own words', 418));
  withErrorHandler.get('/fails', () => Promise.reject(new Error('fails')));
  const outer = new Hono();
  outer.use('*', (_context, next) => next());
  outer.route('/inner', inner);

  const app = new Hono();
  guard(app);
  app.get('/plain', (context) => context.text('plain'));
  app.get('/both/:name', (context) => context.text('any'));
  app.get('/both/one', (context) => context.text('one'));
  app.all('/any', (context) => context.text('any method'));
  app.route('/outer', outer);
  app.route('/own', withErrorHandler);
  app.basePath('/base').get('/here', (context) => context.text('here'));
  app.get(
    '/several',
    (_context, next) => next(),
    (context) => context.text('several'),
  );
  app.use('/files/*', async (context, next) => (context.req.path.endsWith('.txt') ? context.text('a file') : next()));
  app.post('/body', bodyLimit({ maxSize: 1000, onError: refuseLarge }), async (context) => {
    await context.req.json();
    return context.text(currentCall()?.id ?? 'lost');
  });
  app.get('/throws', () => Promise.reject(new Error('thrown')));
  return app;
}
