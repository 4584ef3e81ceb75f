// The paid services that pages of this app may use through its server, and what they may ask there. The keys stay on the server.
'use strict';

const { config } = require('./config.cjs');

/** By the name that stands in the address: /guardrails/openai/v1/chat/completions. */
// prettier-ignore
const upstreams = {
  // name: the service
  openai: {
    title: 'OpenAI',
    origin: 'https://api.openai.com',
    paths: ['/v1/chat/completions'],
    header: 'authorization',
    scheme: 'Bearer ',
    key: config.OPENAI_API_KEY,
  },
};

module.exports = { upstreams };
