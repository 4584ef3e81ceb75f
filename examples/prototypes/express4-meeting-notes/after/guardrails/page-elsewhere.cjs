// How a web page from elsewhere is let in: the words that browsers ask for before they let it read an answer.
'use strict';

/** The answer to what a browser asks beforehand (preflight): the page may do what it asks for. */
function preflightAnswer({ headers }) {
  const asked = headers['access-control-request-headers'] ?? 'authorization, content-type';
  const methods = 'GET, POST, PUT, PATCH, DELETE';
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Headers': asked,
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Max-Age': '600',
    },
  };
}

const spoken = /^access-control-allow-(?:origin|credentials)$/i;

/** Says last, when the answer goes out, whether the page may read it: whatever the app has said about it, this holds. */
function sayLast(origin, isAllowed, res) {
  const { writeHead } = res;
  const written = (...args) => {
    res.appendHeader('Vary', 'Origin');
    if (isAllowed) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Allow-Credentials', 'true');
    } else {
      res.removeHeader('Access-Control-Allow-Origin');
      res.removeHeader('Access-Control-Allow-Credentials');
    }
    return Reflect.apply(writeHead, res, args.map(withoutOrigins));
  };
  Object.defineProperty(res, 'writeHead', { value: written, configurable: true, writable: true });
}

/** Some frameworks hand over their headers only now. */
function withoutOrigins(word) {
  if (typeof word !== 'object' || word === null || Array.isArray(word)) return word;
  return Object.fromEntries(Object.entries(word).filter(([name]) => !spoken.test(name)));
}

module.exports = { preflightAnswer, sayLast };
