// Keeps routes that cost money within bounds: so many calls a day for each user, and so many for all users together.
'use strict';

const { problem } = require('./call.cjs');
const { clientAddress, subscriberOf } = require('./client-address.cjs');
const { config } = require('./config.cjs');
const { log, securityEvent } = require('./log.cjs');
const { spending } = require('./spending.cjs');

const mostCallers = 50_000; // remembered at once: a flood of strangers must not fill the memory

// The counts lie in the memory of this process: a restart begins anew, and each of several instances has a budget of its own.
let today = '';
let total = 0;
const callers = new Map();

/** Refuses with 429 whoever has made BUDGET_PER_USER calls today, and everybody once there were BUDGET_TOTAL; until midnight UTC. */
const budget = {
  name: 'budget',
  before(call) {
    const key = call.routes.find((each) => each in spending);
    if (key === undefined) return undefined;
    beginDay();
    const who = call.user?.id ?? `stranger from ${subscriberOf(clientAddress(call.req))}`;
    const fields = { route: key, user_id: who };
    if (total >= config.BUDGET_TOTAL)
      return refuse(call, 'The budget of this app is spent for today', fields, total++ === config.BUDGET_TOTAL);
    const own = count(who);
    if (own > config.BUDGET_PER_USER)
      return refuse(call, 'Your budget is spent for today', fields, own === config.BUDGET_PER_USER + 1);
    total += 1;
    if (total === Math.ceil(config.BUDGET_TOTAL * 0.8))
      log.warn({ calls: total }, 'most of the budget of this day is spent');
    return undefined;
  },
};

/** The call of somebody, by its number today. */
function count(who) {
  const calls = (callers.get(who) ?? 0) + 1;
  const [oldest] = callers.keys();
  if (calls === 1 && oldest !== undefined && callers.size >= mostCallers) callers.delete(oldest);
  callers.set(who, calls);
  return calls;
}

/** Every caller meets a new budget when the day of UTC begins. */
function beginDay() {
  const day = new Date().toISOString().slice(0, 10);
  if (day === today) return;
  today = day;
  total = 0;
  callers.clear();
}

/** Says once when a budget ends, and to each caller until when it has. */
function refuse({ res }, title, fields, isFirst) {
  if (isFirst) securityEvent('excess_rate_limit_exceeded', { ...fields, reason: title });
  const midnight = new Date().setUTCHours(24, 0, 0, 0);
  res.setHeader('Retry-After', String(Math.max(1, Math.ceil((midnight - Date.now()) / 1_000))));
  return problem(429, title);
}

module.exports = { budget };
