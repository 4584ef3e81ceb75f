import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What the model says, by what it is asked for. */
const summary = `- Team plan is too dear below 10 seats; a competitor is at 9 per seat
- A starter plan is tried until the end of April
- Mara drafts the page, Jonas checks margins by Friday`;

/** A stand-in on loopback for the service that the prototype pays for: answers those who show the key. */
export async function startProvider(key: string): Promise<{ readonly address: string; readonly stop: () => void }> {
  const server = createServer(async (request, response) => {
    const said = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${key}`) return said(401, { error: 'no such key' });
    const { messages } = (await json(request)) as { messages: { content: string }[] };
    const isTitle = messages.some(({ content }) => content.includes('title'));
    return said(200, { choices: [{ message: { content: isTitle ? 'Pilot starts on Monday' : summary } }] });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => void server.close() };
}
