// Passes calls of this app's pages on to the paid services that guardrails/upstreams names, and adds the key that no page may hold.
'use strict';

const { request: overHttp } = require('node:http');
const { request: overHttps } = require('node:https');
const { pipeline } = require('node:stream/promises');
const { problem } = require('./call.cjs');
const { config } = require('./config.cjs');
const { log } = require('./log.cjs');
const { addRoute } = require('./own-routes.cjs');
const { upstreams } = require('./upstreams.cjs');

const largestBody = 20_000_000; // bytes: a few pictures
const longestSilence = 120_000; // milliseconds: a language model may think for a while

/** What goes on, and what comes back. Cookies and the proof of who is calling stay here. */
const asked =
  /^(?:accept|content-(?:encoding|length|type)|transfer-encoding|user-agent|anthropic-(?:beta|version)|openai-beta|x-goog-api-client)$/;
const answered = /^(?:cache-control|content-(?:disposition|encoding|length|type)|request-id|retry-after|x-request-id)$/;

/** Adds an address for each call that the pages make. */
function relayRoutes() {
  for (const [name, upstream] of Object.entries(upstreams))
    for (const path of upstream.paths)
      addRoute(`POST /guardrails/${name}${path}`, (call) => relay(call, `/guardrails/${name}`, upstream));
}

async function relay(call, prefix, upstream) {
  const { req, res } = call;
  const { title, origin, key, header, scheme } = upstream;
  if (!call.user && config.AUTH_MODE === 'enforce') return problem(401, 'Sign in first');
  if (key === '') return problem(503, `This server has no key for ${title}`);
  const target = targetOf(req.url?.slice(prefix.length) ?? '', origin);
  if (!target) return problem(404, 'Not Found');
  if (Number(req.headers['content-length'] ?? 0) > largestBody) return problem(413, 'Content Too Large');
  const send = target.protocol === 'https:' ? overHttps : overHttp;
  const headers = { ...only(asked, req), host: target.host, [header]: `${scheme}${key}` };
  const sent = send(target, { method: 'POST', headers, timeout: longestSilence });
  sent.once('timeout', () => sent.destroy(new Error('it is silent')));
  res.once('close', () => sent.destroy());
  try {
    const [answer] = await Promise.all([answerTo(sent), pipeline(req, limited, sent)]);
    const { statusCode: status = 502 } = answer;
    // What a service says about our key, or where it sends us, is not for the page.
    if (status === 401 || status === 403 || (status >= 300 && status < 400)) throw new Error(`it answered ${status}`);
    res.writeHead(status, only(answered, answer));
    await pipeline(answer, res);
  } catch (error) {
    sent.destroy();
    if (error instanceof TooLarge) return problem(413, 'Content Too Large');
    log.error({ err: error, service: title }, 'a paid service could not be asked');
    if (!res.headersSent) return problem(502, `${title} could not be asked`);
    res.destroy();
  }
  return sentAlready();
}

/** The address at the service. A path that is not written plainly could lead elsewhere than the access table means. */
function targetOf(rest, origin) {
  const [path = '', query = ''] = rest.split('?');
  if (!/^(?:\/[\w\-.:~@]+)+$/.test(path) || /\/\.{1,2}(?:\/|$)/.test(path)) return undefined;
  const target = new URL(path, origin);
  target.search = query;
  target.searchParams.delete('key');
  return target.origin === origin ? target : undefined;
}

function only(wanted, { headers }) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted.test(name)));
}

class TooLarge extends Error {}

async function* limited(body) {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > largestBody) throw new TooLarge();
    yield chunk;
  }
}

function answerTo(sent) {
  return new Promise((resolve, reject) => sent.once('response', resolve).once('error', reject));
}

/** The answer is on its way already: whoever waits for one here gets none. */
function sentAlready() {
  return new Promise(() => {});
}

module.exports = { relayRoutes };
