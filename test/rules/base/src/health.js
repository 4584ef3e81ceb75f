import { Router } from 'express';

/** For whoever runs the app: alive, and ready for requests. Open to everybody, and says nothing else. */
export function healthRoutes(database) {
  const router = Router();
  router.get('/livez', (request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (request, response) => {
    const ready = await database.query('select 1').then(
      () => true,
      () => false,
    );
    response.status(ready ? 200 : 503).json({ status: ready ? 'ok' : 'not ready' });
  });
  return router;
}
