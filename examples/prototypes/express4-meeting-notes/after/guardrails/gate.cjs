// Every request stops here first: it goes on only when the access table lets this caller use what is at that address.
'use strict';

const { decide, isOpen } = require('./access-rules.cjs');
const { authenticate, usesCookie } = require('./authenticate.cjs');
const { problem } = require('./call.cjs');
const { log } = require('./log.cjs');
const { wasStopped } = require('./passage.cjs');
const { isWatchingOnly, refusal, refused } = require('./refusal.cjs');
const { ruleOf, rulingKeys } = require('./ruling.cjs');
const { mayBeForged } = require('./same-site.cjs');
const { lockServers } = require('./server-lock.cjs');
const { outsideKey, table, warnUnlisted } = require('./unlisted.cjs');
const { upgradeKeys } = require('./upgrade-keys.cjs');

const addresses = new WeakMap();
const passed = new WeakSet();
const unasked = new WeakSet();

/** Lets a request pass, or answers 401 (who are you?; pages go to where one signs in) or 403 (not you). */
const gate = {
  name: 'gate',
  async before(call) {
    addresses.set(call.req, addressOf(call.req));
    const isForged = usesCookie(call.req) && mayBeForged(call.req);
    const forged = isForged && refused(problem(403, 'Another web site may not do this in your name'), call);
    const answer = forged || (await judge(call, rulingKeys(call.routes)));
    if (!answer) passed.add(call.req);
    return answer;
  },
};

/** Lets a question of a browser (preflight) go on as far as the locks, without asking who calls. */
function letThrough({ req }) {
  addresses.set(req, addressOf(req));
  passed.add(req);
  unasked.add(req);
}

/** Asks the table once more in front of each route: whatever has led a request there, the route's own rule holds. */
function lock(call, key) {
  if (!passed.has(call.req)) return problem(503, 'This request has not been through the gate');
  if (unasked.has(call.req) && key.startsWith('OPTIONS ')) return undefined;
  return refusal(decisionOn(key, call), call);
}

async function judge(call, keys) {
  const isOpenTo = (key) => isOpen(ruleIn(call, key));
  if (keys.length > 0 && keys.every(isOpenTo)) {
    // Where an open folder has no such file, the request goes on to what is not open.
    if (!call.routes.every(isOpenTo)) call.user = await authenticate(call.req).catch(() => undefined);
    return undefined;
  }
  call.user = await authenticate(call.req).catch(failed);
  // Where nothing is, strangers do not learn it; whoever is signed in gets the app's own answer.
  if (keys.length === 0) return refusal(call.user ? 'pass' : 'sign in', call);
  return refusal(keys.map((key) => decisionOn(key, call)).find((decision) => decision !== 'pass') ?? 'pass', call);
}

/** Where nobody can say who calls, nobody gets in; in report mode it is a line in the log. */
function failed(error) {
  if (!isWatchingOnly) throw error;
  log.error({ err: error }, 'nobody can say who is calling');
}

function decisionOn(key, call) {
  const rule = ruleIn(call, key);
  if (rule === undefined) warnUnlisted(key);
  return decide(rule, call.user);
}

function ruleIn({ req, routes }, key) {
  return ruleOf(table, key, { address: addresses.get(req) ?? '', routes });
}

/** Method and path, such as 'GET /style.css'; HEAD counts as GET. */
function addressOf({ method, url = '' }) {
  return `${method === 'HEAD' ? 'GET' : method} ${url.split('?')[0]}`;
}

lockServers({
  mayAnswer: (req) => isWatchingOnly || addresses.has(req) || wasStopped(req),
  admit: (call) => gate.before(call),
  outsideKey,
  upgradeKeys: (path) => upgradeKeys(Object.keys(table), path),
});

module.exports = { gate, letThrough, lock };
