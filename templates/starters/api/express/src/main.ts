import { createApp } from './app.ts';

const port = Number(process.env.PORT ?? 3000);
const hostname = process.env.HOST ?? '127.0.0.1';

const server = createApp().listen(port, hostname, (error) => {
  if (error) throw error;
  const address = server.address();
  console.log(`Listening on http://${hostname}:${typeof address === 'object' ? address?.port : port}`);
});

process.on('SIGTERM', () => server.close());
