import { Hono } from 'hono';

const all = [{ id: 1, text: 'first' }];

export const notes = new Hono();
notes.get('/', (c) => c.json(all));
notes.post('/', async (c) => c.json({ id: 2, ...(await c.req.json()) }, 201));
notes.get('/:id', (c) => c.json({ id: c.req.param('id') }));
notes.get('/:id/tags', (c) => c.json([]));
notes.delete('/:id/tags', (c) => c.body(null, 204));

const people = new Hono();
people.get('/people', (c) => c.json(['anna']));

export const admin = new Hono();
admin.route('/inner', people);
