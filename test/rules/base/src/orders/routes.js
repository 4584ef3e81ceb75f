import { Router } from 'express';
import { newOrder, orderId, page } from './schema.js';

export function orderRoutes(store) {
  const router = Router();
  router.get('/', async (request, response) => {
    response.json(await store.list(request.user.id, page.parse(request.query)));
  });
  router.get('/:id', async (request, response) => {
    const { id } = orderId.parse(request.params);
    const order = await store.get(request.user.id, id);
    if (order === undefined) return response.status(404).json({ error: 'not found' });
    response.json(order);
  });
  router.post('/', async (request, response) => {
    const order = newOrder.parse(request.body);
    response.status(201).json(await store.add(request.user.id, order));
  });
  return router;
}
