import { createApp } from './app.ts';

const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '127.0.0.1';

const app = createApp();
console.log(`Listening on ${await app.listen({ port, host })}`);

process.on('SIGTERM', () => void app.close());
