// Reads what somebody sends to sign in: a small form or small JSON with an e-mail address and a password, and nothing else.
'use strict';

const { ownPath } = require('./own-path.cjs');
const { bodyReaderOf } = require('./own-routes.cjs');

const largestBody = 4096; // bytes

/** What was sent; undefined when it is too large or has another shape. */
async function readSignIn(req) {
  const { email, password, next } = await readFields(req);
  if (typeof email !== 'string' || typeof password !== 'string' || password === '') return undefined;
  return { email: email.trim().slice(0, 254), password: password.slice(0, 128), next: ownPath(next) };
}

/** Whether a page of a browser has sent it, which wants a page back. */
function isForm({ headers }) {
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
}

/** The fields of a form or of JSON; none when it is too large or something else. */
async function readFields(req) {
  const text = await readText(req);
  if (text === undefined) return {};
  return isForm(req) ? Object.fromEntries(new URLSearchParams(text)) : parse(text);
}

async function readText(req) {
  const read = bodyReaderOf(req);
  if (read) return Number(req.headers['content-length'] ?? Infinity) > largestBody ? undefined : read();
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

module.exports = { readSignIn, isForm, readFields };
