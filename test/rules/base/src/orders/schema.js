import { z } from 'zod';

export const newOrder = z.strictObject({
  article: z.string().min(1).max(100),
  quantity: z.int().min(1).max(1000),
});

export const orderId = z.strictObject({ id: z.uuid() });

export const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});
