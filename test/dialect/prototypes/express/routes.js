import express from 'express';

const all = [{ id: 1, text: 'first' }];

export const notes = express.Router();
notes.get('/', (_req, res) => res.json(all));
notes.post('/', (req, res) => res.status(201).json({ id: 2, ...req.body }));
notes.get('/:id', (req, res) => res.json({ id: req.params.id }));
notes
  .route('/:id/tags')
  .get((_req, res) => res.json([]))
  .delete((_req, res) => res.status(204).end());

const people = express.Router();
people.get('/people', (_req, res) => res.json(['anna']));

export const admin = express.Router();
admin.use('/inner', people);
