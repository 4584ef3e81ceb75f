// Asks the running app what a route answers, as a stranger or as somebody who has signed in.
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

const patience = 10_000; // milliseconds
const largest = 2_000_000; // characters

/** What asks one server. An answer that takes too long has status 0. */
export function questionsTo({ protocol, host, port }) {
  const request = protocol === 'https:' ? overHttps : overHttp;
  return ({ method = 'GET', path, headers = {}, body }) =>
    new Promise((resolve) => {
      const target = { host: host.replace(/[[\]]/g, ''), port, method, path, agent: false, rejectUnauthorized: false };
      // Node says nothing of the body of a DELETE by itself, and the app would take it for the next request.
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const asked = request({ ...target, headers: { accept: 'application/json', ...length, ...headers } });
      const nothing = () => resolve({ status: 0, type: '', headers: {}, text: '' });
      asked.setTimeout(patience, () => asked.destroy());
      asked.on('error', nothing);
      asked.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve({ status: 101, type: '', headers: response.headers, text: '' });
      });
      asked.on('response', (response) => {
        const { statusCode: status, headers: given } = response;
        const type = (given['content-type'] ?? '').split(';')[0].trim();
        let text = '';
        const done = () => resolve({ status, type, headers: given, text });
        response.setEncoding('utf8');
        response.on('data', (data) => {
          text += data;
          // A stream of events has no end.
          if (type === 'text/event-stream' || text.length > largest) response.destroy();
        });
        response.on('close', done);
      });
      asked.end(body);
    });
}

/**
 * A request that a key of the access table means, such as 'GET /orders/:id'; undefined for a pattern that cannot be filled in.
 * One that would write sends a text that no app can read: whatever lets it through has nothing to write.
 */
export function requestFor(key) {
  const [word = '', ...rest] = key.split(' ');
  const path = filledIn(rest.join(' '));
  if (path === undefined) return undefined;
  if (word === 'USE') return { method: 'GET', path: `${path.replace(/\/$/, '')}/${sample}` };
  if (word === 'UPGRADE') return { method: 'GET', path, headers: upgrade };
  if (word === 'GET' || word === 'ALL' || word === 'HEAD') return { method: word === 'ALL' ? 'GET' : word, path };
  return { method: word, path, headers: { 'content-type': 'application/json' }, body: '{' };
}

/** True where nobody was let in: sign in first, not you, or the page on which one signs in. */
export function isRefused({ status, headers }) {
  if (status === 401 || status === 403) return true;
  return status >= 300 && status < 400 && /\/(?:sign|log)-?in\b/i.test(headers.location ?? '');
}

/** True where the guards themselves have refused, and not the app. */
export function isRefusedByGuards({ status, type, headers }) {
  if (status >= 300 && status < 400) return /^\/(?:guardrails\/)?sign-in\b/.test(headers.location ?? '');
  return [401, 403, 503].includes(status) && type === 'application/problem+json';
}

/** Stands for a parameter: nothing has this name. */
const sample = 'guard-tests-no-such-thing';
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'Z3VhcmRzLWFyZS1hc2tlZA==',
};

function filledIn(pattern) {
  const path = pattern
    .replaceAll(/\{\/[^{}]*\}/g, '')
    .replaceAll(/:\w+(?:\([^()]*\)|\{[^{}]*\})/g, '0')
    .replaceAll(/\/:\w+\?/g, '')
    .replaceAll(/[:*]\w+|\*/g, sample);
  return /^\/[\w./~@:-]*$/.test(path) ? path : undefined;
}
