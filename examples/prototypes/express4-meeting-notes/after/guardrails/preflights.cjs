// What browsers ask beforehand goes on to the app, which has rules of its own about pages elsewhere; its routes stay locked.
'use strict';

const { access } = require('./access.cjs');
const { letThrough } = require('./gate.cjs');
const { isPreflight } = require('./origins.cjs');

/** The gate, which asks nobody who they are that only asks what is allowed: browsers send no proof along with that. */
function withOwnPreflights(gate) {
  return {
    ...gate,
    before: (call) => (isHarmless(call) ? letThrough(call) : gate.before?.(call)),
  };
}

/** What answers by itself below a path has no lock of its own, so nothing goes there unasked. */
function isHarmless({ req, routes }) {
  return isPreflight(req) && !hasBody(req) && !routes.some(isFolder);
}

function isFolder(key) {
  return key.startsWith('USE /') && key !== 'USE /' && key in access;
}

function hasBody({ headers }) {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

module.exports = { withOwnPreflights };
